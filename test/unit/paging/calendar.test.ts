import { DateTime } from 'luxon';

import {
	calendarSliceCount,
	calendarSlices,
	CALENDAR_UNITS,
} from '../../../nodes/Twin24/paging/calendar';
import type { CalendarUnit } from '../../../nodes/Twin24/paging/calendar';

const cutUp = (from: string, to: string, unit: CalendarUnit, zone: string) => {
	const moment = (text: string) => DateTime.fromISO(text, { zone }).toMillis();
	const slices = calendarSlices({ from: moment(from), to: moment(to) }, unit, zone);
	return slices.map(({ from: start }) =>
		DateTime.fromMillis(start, { zone }).toISO({ suppressMilliseconds: true }),
	);
};

describe('calendarSlices', () => {
	test('days of a zone, the first and the last as long as the period has part in them', () => {
		expect(cutUp('2026-06-01T12:00', '2026-06-03T06:00', 'day', 'Europe/Moscow')).toEqual([
			'2026-06-01T12:00:00+03:00',
			'2026-06-02T00:00:00+03:00',
			'2026-06-03T00:00:00+03:00',
		]);
	});

	test('weeks begin on Monday', () => {
		expect(cutUp('2026-06-03', '2026-06-16', 'week', 'Europe/Moscow')).toEqual([
			'2026-06-03T00:00:00+03:00',
			'2026-06-08T00:00:00+03:00',
			'2026-06-15T00:00:00+03:00',
		]);
	});

	test('months of different lengths', () => {
		expect(cutUp('2026-01-31', '2026-03-01T00:00:01', 'month', 'Asia/Yekaterinburg')).toEqual([
			'2026-01-31T00:00:00+05:00',
			'2026-02-01T00:00:00+05:00',
			'2026-03-01T00:00:00+05:00',
		]);
	});

	test('a day on which the clocks change has 23 or 25 hours', () => {
		expect(cutUp('2026-03-29', '2026-03-30', 'hour', 'Europe/Berlin')).toHaveLength(23);
		expect(cutUp('2026-10-25', '2026-10-26', 'hour', 'Europe/Berlin')).toHaveLength(25);
		expect(cutUp('2026-03-28', '2026-03-31', 'day', 'Europe/Berlin')).toEqual([
			'2026-03-28T00:00:00+01:00',
			'2026-03-29T00:00:00+01:00',
			'2026-03-30T00:00:00+02:00',
		]);
	});

	test('where the clocks go by half an hour, an hour begins anew, and the next when they show it', () => {
		expect(cutUp('2026-04-05T00:30', '2026-04-05T03:00', 'hour', 'Australia/Lord_Howe')).toEqual([
			'2026-04-05T00:30:00+11:00',
			'2026-04-05T01:00:00+11:00',
			'2026-04-05T01:30:00+10:30',
			'2026-04-05T02:00:00+10:30',
		]);
		expect(cutUp('2026-10-04T01:00', '2026-10-04T04:00', 'hour', 'Australia/Lord_Howe')).toEqual([
			'2026-10-04T01:00:00+10:30',
			'2026-10-04T02:30:00+11:00',
			'2026-10-04T03:00:00+11:00',
		]);
	});

	test("days that begin at one o'clock, because midnight was skipped", () => {
		expect(cutUp('2018-11-03', '2018-11-05', 'day', 'America/Sao_Paulo')).toEqual([
			'2018-11-03T00:00:00-03:00',
			'2018-11-04T01:00:00-02:00',
		]);
	});

	/** Years with and without changes of the clocks; hour by hour only around such changes. */
	const YEARS = [2010, 2018, 2026].map((year) => ({
		from: Date.UTC(year, 0, 1) + 1,
		to: Date.UTC(year + 1, 0, 1) - 1,
	}));
	const WEEKS = [Date.UTC(2010, 2, 25), Date.UTC(2018, 10, 1), Date.UTC(2026, 3, 1)].map(
		(from) => ({ from: from + 1, to: from + 5 * 86_400_000 }),
	);
	const ZONES = [
		'Europe/Moscow',
		'Europe/Berlin',
		'Australia/Lord_Howe',
		'Asia/Kathmandu',
		'America/Sao_Paulo',
	];

	test.each(ZONES)('%s: slices touch, cover and never end before they begin', (zone) => {
		for (const unit of CALENDAR_UNITS) {
			for (const period of unit === 'hour' ? WEEKS : YEARS) {
				const slices = calendarSlices(period, unit, zone);
				expect(slices[0].from).toBe(period.from);
				expect(slices.at(-1)!.to).toBe(period.to);
				expect(slices.every(({ from, to }) => to > from)).toBe(true);
				expect(slices.slice(1).every(({ from }, index) => from === slices[index].to)).toBe(true);
				expect(
					Math.abs(calendarSliceCount(period, unit, zone) - slices.length),
				).toBeLessThanOrEqual(1);
			}
		}
	});
});
