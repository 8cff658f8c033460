import { calendarSliceCount, CALENDAR_UNITS } from '../../../paging/calendar';
import type { CalendarUnit } from '../../../paging/calendar';
import type { ClosedPeriod } from '../../../paging/windows';
import { MAX_ROWS_PER_PERIOD } from '../../../report/catalogue';
import { ParameterError } from './parameterError';
import { oneOf, wholeNumberOf } from './selection';

/** The most slices that one count returns: each of them takes a request. */
export const MAX_SLICES = 10_000;

export type Split = { by: 'none' } | { by: CalendarUnit } | { by: 'maxCalls'; most: number };

/** @throws ParameterError when it is no way to split, or slices of so many calls cannot be had */
export const splitOf = (by: unknown, maxCallsPerSlice: unknown): Split => {
	const known = oneOf('Split By', by, ['none', ...CALENDAR_UNITS, 'maxCalls'] as const);
	if (known !== 'maxCalls') return { by: known };
	return {
		by: known,
		most: wholeNumberOf('Max Calls per Slice', maxCallsPerSlice, 1, MAX_ROWS_PER_PERIOD),
	};
};

const refuse = (by: string, slices: number): never => {
	throw new ParameterError(
		by,
		`would make ${slices.toLocaleString('en-US')} slices; a count makes at most ${MAX_SLICES.toLocaleString('en-US')}`,
		'Choose longer slices, or a shorter period.',
	);
};

/** @throws ParameterError when the period has too many hours, days, … */
export const admitCalendar = (period: ClosedPeriod, unit: CalendarUnit, zone: string): void => {
	const slices = calendarSliceCount(period, unit, zone);
	if (slices > MAX_SLICES) refuse('Split By', slices);
};

/** @throws ParameterError when so many calls make too many slices */
export const admitByCalls = (calls: number, most: number): void => {
	const slices = Math.ceil(calls / most);
	if (slices > MAX_SLICES) refuse('Max Calls per Slice', slices);
};
