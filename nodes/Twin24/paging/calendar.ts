import { DateTime } from 'luxon';

import type { ClosedPeriod } from './windows';

export const CALENDAR_UNITS = ['hour', 'day', 'week', 'month'] as const;
export type CalendarUnit = (typeof CALENDAR_UNITS)[number];

/** When the hour, day, week (from Monday) or month began that this moment is in. */
export const startOfUnit = (moment: number, unit: CalendarUnit, zone: string): number =>
	DateTime.fromMillis(moment, { zone }).startOf(unit).toMillis();

/** How many slices `calendarSlices` makes, give or take one for a change of the clocks. */
export const calendarSliceCount = (
	{ from, to }: ClosedPeriod,
	unit: CalendarUnit,
	zone: string,
): number => {
	const start = DateTime.fromMillis(from, { zone }).startOf(unit);
	return Math.ceil(DateTime.fromMillis(to, { zone }).diff(start, unit).as(unit));
};

/**
 * Cuts a period where hours, days, weeks or months begin in a time zone. The first and the last slice
 * are as long as the period has part in them; days on which the clocks change are as long as they are.
 *
 * @param zone IANA name
 * @returns in order of time; they touch and cover the period
 */
export const calendarSlices = (
	period: ClosedPeriod,
	unit: CalendarUnit,
	zone: string,
): ClosedPeriod[] => {
	const slices: ClosedPeriod[] = [];
	for (let from = period.from; from < period.to;) {
		const to = Math.min(nextStart(from, unit, zone), period.to);
		slices.push({ from, to });
		from = to;
	}
	return slices;
};

const nextStart = (moment: number, unit: CalendarUnit, zone: string): number => {
	const later = DateTime.fromMillis(moment, { zone })
		.startOf(unit)
		.plus({ [unit]: 1 });
	const start = later.startOf(unit).toMillis();
	// Where the clocks go by half an hour, an hour may begin anew before it is over.
	return start > moment ? start : later.toMillis() > moment ? later.toMillis() : moment + 3600_000;
};
