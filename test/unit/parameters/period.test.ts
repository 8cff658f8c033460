import { DateTime } from 'luxon';

import { readPeriod, writtenMoment } from '../../../nodes/Twin24/parameters/period';
import { timezone } from '../../../nodes/Twin24/parameters/timezone';
import { refusal } from './refusal';

const MOSCOW = 'Europe/Moscow';
const BERLIN = 'Europe/Berlin';
/** A Saturday evening in Moscow, when it is Sunday already in Vladivostok. */
const NOW = '2026-03-14T18:30:15.250Z';

const millis = (iso: string) => Date.parse(iso);
const iso = (instant: number | undefined) =>
	instant === undefined ? undefined : new Date(instant).toISOString();

const resolvePeriod = (
	period: unknown,
	ends: { from?: unknown; to?: unknown },
	zone: string,
	now: number,
) => readPeriod((name, fallback) => ({ period, ...ends })[name] ?? fallback, zone, now);

const preset = (name: unknown, zone: string, now = NOW) => {
	const { from, to } = resolvePeriod(name, {}, zone, millis(now));
	return [iso(from), iso(to)];
};

const custom = (from: unknown, to?: unknown, zone = MOSCOW, now = NOW) => {
	const period = resolvePeriod('custom', { from, to }, zone, millis(now));
	return [iso(period.from), iso(period.to)];
};

describe('period presets', () => {
	test.each([
		['today', '2026-03-13T21:00:00.000Z', NOW],
		['yesterday', '2026-03-12T21:00:00.000Z', '2026-03-13T21:00:00.000Z'],
		['last24Hours', '2026-03-13T18:30:15.250Z', NOW],
		['last7Days', '2026-03-07T18:30:15.250Z', NOW],
		['last30Days', '2026-02-12T18:30:15.250Z', NOW],
		['thisMonth', '2026-02-28T21:00:00.000Z', NOW],
		['lastMonth', '2026-01-31T21:00:00.000Z', '2026-02-28T21:00:00.000Z'],
		['allTime', undefined, NOW],
	])('%s, reckoned in Moscow', (name, from, to) => {
		expect(preset(name, MOSCOW)).toEqual([from, to]);
	});

	test('days are those of the zone: it is tomorrow already in Vladivostok', () => {
		expect(preset('today', 'Asia/Vladivostok')).toEqual(['2026-03-14T14:00:00.000Z', NOW]);
		expect(preset('yesterday', 'America/New_York')).toEqual([
			'2026-03-13T04:00:00.000Z',
			'2026-03-14T04:00:00.000Z',
		]);
	});

	test('months are those of the zone: in Kamchatka the new year has begun', () => {
		const now = '2025-12-31T13:00:00.000Z';
		expect(preset('thisMonth', 'Asia/Kamchatka', now)).toEqual(['2025-12-31T12:00:00.000Z', now]);
		expect(preset('lastMonth', 'Asia/Kamchatka', now)).toEqual([
			'2025-11-30T12:00:00.000Z',
			'2025-12-31T12:00:00.000Z',
		]);
		expect(preset('lastMonth', MOSCOW, now)).toEqual([
			'2025-10-31T21:00:00.000Z',
			'2025-11-30T21:00:00.000Z',
		]);
	});

	test.each([
		[
			'on the 31st, when the month before has fewer days',
			'2026-03-31T10:00:00.000Z',
			'2026-02-01T00:00:00.000Z',
			'2026-03-01T00:00:00.000Z',
		],
		[
			'in a leap year',
			'2028-03-30T10:00:00.000Z',
			'2028-02-01T00:00:00.000Z',
			'2028-03-01T00:00:00.000Z',
		],
		[
			'in January',
			'2026-01-15T10:00:00.000Z',
			'2025-12-01T00:00:00.000Z',
			'2026-01-01T00:00:00.000Z',
		],
	])('the last month %s', (_when, now, from, to) => {
		expect(preset('lastMonth', 'UTC', now)).toEqual([from, to]);
	});

	test('a day on which the clocks go forward has 23 hours', () => {
		expect(preset('yesterday', BERLIN, '2026-03-30T08:00:00.000Z')).toEqual([
			'2026-03-28T23:00:00.000Z',
			'2026-03-29T22:00:00.000Z',
		]);
	});

	test('yesterday is the day before, even half an hour after the midnight that follows such a day', () => {
		expect(preset('yesterday', BERLIN, '2026-03-29T22:30:00.000Z')).toEqual([
			'2026-03-28T23:00:00.000Z',
			'2026-03-29T22:00:00.000Z',
		]);
	});

	test('a day on which the clocks go back has 25 hours', () => {
		expect(preset('yesterday', BERLIN, '2026-10-26T08:00:00.000Z')).toEqual([
			'2026-10-24T22:00:00.000Z',
			'2026-10-25T23:00:00.000Z',
		]);
	});

	test('seven days ago means the same time of the clock, 24 hours ago means 24 hours', () => {
		const now = '2026-03-29T10:00:00.000Z';
		expect(preset('last7Days', BERLIN, now)[0]).toBe('2026-03-22T11:00:00.000Z');
		expect(preset('last24Hours', BERLIN, now)[0]).toBe('2026-03-28T10:00:00.000Z');
	});

	test("a day that begins at one o'clock, because the clocks skip midnight", () => {
		// Chile moves its clocks from 24:00 to 01:00.
		expect(preset('today', 'America/Santiago', '2026-09-06T12:00:00.000Z')[0]).toBe(
			'2026-09-06T04:00:00.000Z',
		);
	});

	test('at midnight sharp, today is empty and yesterday whole', () => {
		const midnight = '2026-03-13T21:00:00.000Z';
		expect(preset('today', MOSCOW, midnight)).toEqual([midnight, midnight]);
		expect(preset('yesterday', MOSCOW, midnight)).toEqual(['2026-03-12T21:00:00.000Z', midnight]);
	});

	test.each([['Today'], ['lastYear'], [''], [7], [{}]])('no other than these: %p', (name) => {
		expect(refusal(() => resolvePeriod(name, {}, MOSCOW, millis(NOW)))).toBe(
			`"Period" is ${JSON.stringify(name)} | Choose one of: today, yesterday, last24Hours, last7Days, last30Days, thisMonth, lastMonth, allTime, custom.`,
		);
	});
});

describe('a custom period', () => {
	test('without an offset is read in the zone, with one to the letter', () => {
		expect(custom('2026-03-01T09:00:00', '2026-03-02T10:30:00')).toEqual([
			'2026-03-01T06:00:00.000Z',
			'2026-03-02T07:30:00.000Z',
		]);
		expect(custom('2026-03-01T09:00:00+07:00', '2026-03-02T10:30:00Z')).toEqual([
			'2026-03-01T02:00:00.000Z',
			'2026-03-02T10:30:00.000Z',
		]);
		expect(custom('2026-03-01T09:00:00-0330', '2026-03-02T10:30:00.123Z')).toEqual([
			'2026-03-01T12:30:00.000Z',
			'2026-03-02T10:30:00.123Z',
		]);
	});

	test("is read in the zone's own time of the year", () => {
		expect(
			custom('2026-03-28T12:00:00', '2026-03-29T12:00:00', BERLIN, '2026-04-01T00:00:00Z'),
		).toEqual(['2026-03-28T11:00:00.000Z', '2026-03-29T10:00:00.000Z']);
	});

	test.each([
		['SQL format', '2026-03-01 09:00:00'],
		['SQL format with an offset', '2026-03-01 06:00:00 +00:00'],
		['basic ISO format', '20260301T090000'],
		['no seconds', '2026-03-01T09:00'],
		['spaces around it', '  2026-03-01T09:00:00 '],
		["the API's own format", '2026-03-01T06:00:00.000000Z'],
	])('takes %s', (_what, from) => {
		expect(custom(from)[0]).toBe('2026-03-01T06:00:00.000Z');
	});

	test('takes a Date and a luxon DateTime of any zone and of any copy of luxon', () => {
		const vladivostok = DateTime.fromISO('2026-03-01T16:00:00', { zone: 'Asia/Vladivostok' });
		const foreign = { toISO: () => vladivostok.toISO() };
		for (const value of [new Date('2026-03-01T06:00:00Z'), vladivostok, foreign]) {
			expect(custom(value)[0]).toBe('2026-03-01T06:00:00.000Z');
			expect(custom('2026-02-01', value)[1]).toBe('2026-03-01T06:00:00.000Z');
		}
	});

	describe('its end', () => {
		test.each([[''], [undefined], [null]])('is now when it is empty (%p)', (to) => {
			expect(custom('2026-03-01', to)[1]).toBe(NOW);
		});

		test('is now when it lies in the future', () => {
			expect(custom('2026-03-01', '2030-01-01T00:00:00Z')[1]).toBe(NOW);
			expect(custom('2026-03-01', '2026-03-14')[1]).toBe(NOW);
		});

		test.each([
			['2026-03-10', 'a date alone'],
			['2026-03-10T23:59:59', 'the last second'],
			['2026-03-10 23:59:59', 'the last second in SQL format'],
			['2026-03-10T23:59:59.999', 'the last millisecond'],
			['2026-03-10 23:59:59.999999', 'the last microsecond'],
			['20260310', 'a date alone in basic format'],
			['2026-03-10T23:59', 'the last minute'],
			['2026-03-10 23:59', 'the last minute in SQL format'],
			['2026-03-10T23:59:00', 'the last minute as n8n writes it'],
			['2026-03-10T23:59:59+03:00', 'the last second, with the offset of the zone'],
		])('%s (%s) means all of that day', (to) => {
			expect(custom('2026-03-01', to)[1]).toBe('2026-03-10T21:00:00.000Z');
		});

		test('means all of the day on days of 23 and of 25 hours, too', () => {
			const ends = (day: string) => custom('2026-03-01', day, BERLIN, '2026-12-01T00:00:00Z')[1];
			expect(ends('2026-03-29')).toBe('2026-03-29T22:00:00.000Z');
			expect(ends('2026-10-25')).toBe('2026-10-25T23:00:00.000Z');
		});

		test.each([
			['2026-03-10T23:59:58', '2026-03-10T20:59:58.000Z'],
			['2026-03-10T23:59:59.000', '2026-03-10T20:59:59.000Z'],
			['2026-03-10T23:59:30+03:00', '2026-03-10T20:59:30.000Z'],
			['2026-03-10T20:59:59Z', '2026-03-10T20:59:59.000Z'],
			['2026-03-10T00:00:00', '2026-03-09T21:00:00.000Z'],
		])('%s is taken to the letter', (to, end) => {
			expect(custom('2026-03-01', to)[1]).toBe(end);
		});

		test.each([
			['2026-03-10T23:59:59Z', '2026-03-11T00:00:00.000Z'],
			['2026-03-10T23:59+07:00', '2026-03-10T17:00:00.000Z'],
			[
				DateTime.fromISO('2026-03-10T12:00:00', { zone: 'Asia/Vladivostok' }).endOf('day'),
				'2026-03-10T14:00:00.000Z',
			],
		])('of a day by its own clock means all of that day: %s', (to, end) => {
			expect(custom('2026-03-01', to)[1]).toBe(end);
		});

		test('written by this node is read to the letter, so that slices touch', () => {
			for (const moment of ['2026-03-10T23:59:59', '2026-03-10T23:59:00', '2026-03-10T12:00:00']) {
				const end = millis(`${moment}+03:00`);
				expect(custom('2026-03-01', writtenMoment(end, MOSCOW))[1]).toBe(iso(end));
			}
		});

		test('periods whose ends are dates with times touch each other', () => {
			expect(custom('2026-03-01T00:00:00', '2026-03-02T00:00:00')[1]).toBe(
				custom('2026-03-02T00:00:00')[0],
			);
		});
	});

	test.each([[''], [undefined], [null]])('must begin somewhere (%p)', (from) => {
		expect(refusal(() => custom(from))).toMatch(/^"From" is empty \| Pick/);
	});

	test.each([
		['yesterday'],
		['01.03.2026'],
		['03/01/2026'],
		['2026-02-30'],
		['2026-13-01T00:00:00'],
		['2026-03-01T25:00:00'],
		['2026'],
		['2026-03'],
		['12:30'],
		['1772355600'],
		['Invalid DateTime'],
		[1772355600000],
		[true],
		[{}],
		[['2026-03-01']],
		[new Date(NaN)],
		[DateTime.invalid('test')],
	])('refuses what is no date: %p', (value) => {
		expect(refusal(() => custom(value))).toMatch(
			/^"From" is not a date: .* \| Pick one, or give it as e\.g\. 2026-03-01T09:00:00/,
		);
		expect(refusal(() => custom('2026-03-01', value))).toMatch(/^"To" is not a date: /);
	});

	test.each([['1026-03-01'], ['1999-12-31'], ['2226-03-01']])(
		'refuses a slip in the year: %s',
		(value) => {
			expect(refusal(() => custom(value))).toMatch(
				/^"From" is in the year \d{4} \| Pick a year between 2000 and 2100/,
			);
			expect(refusal(() => custom('2026-03-01', value))).toMatch(/^"To" is in the year \d{4}/);
		},
	);

	test('must not begin in the future', () => {
		expect(refusal(() => custom('2026-03-15'))).toMatch(
			/^"From" is in the future \(2026-03-15T00:00:00\+03:00\) \| Pick a date that has passed/,
		);
		expect(refusal(() => custom(NOW))).toMatch(/^"From" is in the future/);
	});

	test.each([
		['2026-03-02', '2026-03-01'],
		['2026-03-02T00:00:00', '2026-03-02T00:00:00'],
		['2026-03-02T09:00:00+03:00', '2026-03-02T05:00:00Z'],
	])('must end after it began: %s to %s', (from, to) => {
		expect(refusal(() => custom(from, to))).toMatch(
			/^"From" \(.+\) is not before "To" \(.+\) \| Swap the two dates/,
		);
	});

	test('may be one day: the same date twice', () => {
		expect(custom('2026-03-02', '2026-03-02')).toEqual([
			'2026-03-01T21:00:00.000Z',
			'2026-03-02T21:00:00.000Z',
		]);
	});
});

describe('the time zone', () => {
	test.each([[''], [undefined], [null]])("is the workflow's when none is given (%p)", (zone) => {
		expect(timezone.check(zone)).toBeUndefined();
	});

	test.each([['Asia/Yekaterinburg'], ['UTC'], [' Europe/Moscow ']])('may be %p', (zone) => {
		expect(timezone.check(zone)).toBe(zone.trim());
	});

	test.each([['Moscow'], ['Europe/Moskau'], ['МСК'], [3], [true], [{}], [['UTC']]])(
		'is not %p',
		(zone) => {
			expect(refusal(() => timezone.check(zone))).toMatch(
				/^"Timezone" is not a time zone: .+ \| Give its name, e\.g\. Europe\/Moscow/,
			);
		},
	);
});
