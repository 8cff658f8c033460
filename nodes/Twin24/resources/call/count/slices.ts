import { splitByRows } from '../../../paging/splitByRows';
import type { CountedSlice } from '../../../paging/splitByRows';
import { calendarSliceCount, calendarSlices, startOfUnit } from '../../../paging/calendar';
import type { CalendarUnit } from '../../../paging/calendar';
import type { Period } from '../../../paging/page';
import type { ClosedPeriod } from '../../../paging/windows';
import { ParameterError } from '../../../parameters/parameterError';
import type { CallCount } from '../../../report/count';
import { maxCallsPerSlice, splitBy } from './parameters';

/** The most slices that one count returns: each of them takes a request. */
const MAX_SLICES = 10_000;

/** How a period is split, and where its days begin. */
export interface Split {
	by: 'none' | CalendarUnit | 'maxCalls';
	/** The most calls in a slice, for `maxCalls`. */
	most: number;
	/** IANA name. */
	zone: string;
}

/**
 * The slices of a period with the calls in each.
 *
 * @param period as the user gave it; undefined for calls that are of any time
 * @returns in order of time; they touch and cover the period
 * @throws ParameterError when there would be too many; whatever counting throws
 */
export const countSlices = async (
	period: Period | undefined,
	split: Split,
	calls: CallCount,
): Promise<CountedSlice[]> => {
	const closed = await close(period, split, calls);
	const unit = unitOf(split);
	const slices = unit ? calendarSlices(closed, unit, split.zone) : [closed];
	const counts = await calls.count(slices);
	const counted = slices.map((slice, index) => ({ ...slice, count: counts[index] }));
	if (split.by !== 'maxCalls') return counted;
	const needed = Math.ceil(counts[0] / split.most);
	if (needed > MAX_SLICES) refuse(maxCallsPerSlice.property.displayName, needed);
	return await splitByRows(counted[0], split.most, calls.count, calls.reading);
};

/** @throws ParameterError when the period has too many hours, days, … */
export const admitCalendar = (period: Period, { by, zone }: Split): void => {
	const unit = unitOf({ by });
	if (!unit || period.from === undefined) return;
	const slices = calendarSliceCount({ from: period.from, to: period.to }, unit, zone);
	if (slices > MAX_SLICES) refuse(splitBy.property.displayName, slices);
};

const refuse = (parameter: string, slices: number): never => {
	throw new ParameterError(
		parameter,
		`would make ${slices.toLocaleString('en-US')} slices; a count makes at most ${MAX_SLICES.toLocaleString('en-US')}`,
		'Choose longer slices, or a shorter period.',
	);
};

/** The unit that a calendar splits by. */
const unitOf = ({ by }: Pick<Split, 'by'>): CalendarUnit | undefined =>
	by === 'none' || by === 'maxCalls' ? undefined : by;

/** All time begins with the hour, day, … of the first call; without any call, with that of now. */
const close = async (
	period: Period | undefined,
	split: Split,
	calls: CallCount,
): Promise<ClosedPeriod> => {
	if (period?.from !== undefined) return { from: period.from, to: period.to };
	const ends = await calls.ends();
	const to = period?.to ?? (ends?.last === undefined ? Date.now() : ends.last + 1);
	const from = startOfUnit(Math.min(ends?.first ?? to, to - 1), unitOf(split) ?? 'day', split.zone);
	admitCalendar({ from, to }, split);
	return { from, to };
};
