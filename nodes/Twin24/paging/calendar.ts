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

const HOUR = 3600_000;

const nextStart = (moment: number, unit: CalendarUnit, zone: string): number => {
	const local = DateTime.fromMillis(moment, { zone });
	if (unit === 'hour') return nextHour(local);
	return local
		.startOf(unit)
		.plus({ [unit]: 1 })
		.startOf(unit)
		.toMillis();
};

/**
 * When the clock shows the next full hour, or is put forward or back if that is sooner: where it goes
 * by half an hour, an hour begins anew before it is over.
 */
const nextHour = (local: DateTime): number => {
	const moment = local.toMillis();
	const past = (local.minute * 60 + local.second) * 1000 + local.millisecond;
	const next = moment + HOUR - past;
	const offsetAt = (instant: number) => DateTime.fromMillis(instant, { zone: local.zone }).offset;
	if (offsetAt(next) === local.offset) return next;
	let before = moment;
	let after = next;
	while (after - before > 1) {
		const middle = Math.floor((before + after) / 2);
		if (offsetAt(middle) === local.offset) before = middle;
		else after = middle;
	}
	return after;
};
