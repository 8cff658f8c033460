import { Counter } from '../../../nodes/Twin24/paging/count';
import { LIKELY, Table } from './table';
import type { Readings, TableRow } from './table';

const LIMITS = { pageSize: 1000, cap: 50_000 };
const DAY = 86_400_000;
const START = Date.UTC(2026, 5, 1);

const row = (id: number, createdAt: number): TableRow => ({
	id: `call-${id}`,
	createdAt,
	updatedAt: createdAt,
	duration: 1,
	matches: true,
});

/** Calls every so many milliseconds, all day and all night. */
const traffic = (days: number, every: number, grain = 1) =>
	Array.from({ length: Math.floor((days * DAY) / every) }, (_, index) =>
		row(index, START + Math.floor((index * every) / grain) * grain),
	);

const daysOf = (days: number) =>
	Array.from({ length: days }, (_, day) => ({
		from: START + day * DAY,
		to: START + (day + 1) * DAY,
	}));

const setUp = (rows: TableRow[], readings: Partial<Readings> = {}) => {
	const table = new Table(rows, { ...LIKELY, ...readings }, LIMITS);
	const request = { periodField: 'createdAt', fixedField: 'createdAt', parallel: 4, ...LIMITS };
	return { table, counter: new Counter(table.fetchPage, request), request };
};

describe('requests for a count', () => {
	test('one for a slice that fits on a page', async () => {
		const { table, counter } = setUp(traffic(30, 120_000));
		expect(await counter.count(daysOf(30))).toEqual(Array<number>(30).fill(720));
		expect(table.queries).toHaveLength(30);
	});

	test('one for each of 12 quiet-at-midnight days, and a few to learn how the API counts', async () => {
		const rows = traffic(12, 20_000).filter(
			({ createdAt }) => createdAt % DAY > 8 * 3600_000 && createdAt % DAY < 20 * 3600_000,
		);
		rows.push(row(rows.length, START + DAY / 2));
		const { table, counter } = setUp(rows);
		const counts = await counter.count(daysOf(12));
		expect(counts.reduce((sum, count) => sum + count)).toBe(rows.length);
		expect(table.queries.length).toBeLessThanOrEqual(12 + 2);
	});

	test.each([true, false])(
		'as few when calls go on over midnight, to the second: %s',
		async (whole) => {
			const rows = traffic(12, 7_300, whole ? 1000 : 1);
			const { table, counter } = setUp(rows);
			const counts = await counter.count(daysOf(12));
			expect(counts.reduce((sum, count) => sum + count)).toBe(rows.length);
			expect(table.queries.length).toBeLessThanOrEqual(12 + 3);
		},
	);

	test.each([
		['whole seconds, inclusive', true, 0],
		['whole seconds, exclusive', false, 0],
		['fractions', false, 400],
	])('calls in the last second of every day: %s', async (_name, fromInclusive, fraction) => {
		const rows = traffic(12, 20_000).filter(({ createdAt }) => createdAt % DAY < DAY / 2);
		for (let day = 1; day <= 12; day++) {
			for (let more = 0; more < 3; more++)
				rows.push(row(rows.length, START + day * DAY - 1000 + fraction));
		}
		const { table, counter } = setUp(rows, { fromInclusive });
		expect(await counter.count(daysOf(12))).toEqual(Array<number>(12).fill(2160 + 3));
		expect(table.queries.length).toBeLessThanOrEqual(12 + 3);
	});

	test('few to find out that counts have a cap', async () => {
		const { table, counter } = setUp(traffic(6, 20_000), { count: 'cappedLow' });
		table.limits.cap = 9000;
		expect(await counter.count(daysOf(6))).toEqual(Array<number>(6).fill(4320));
		// Each day: its page and those of its three parts; for all: the whole, a probe, an end.
		expect(table.queries.length).toBeLessThanOrEqual(6 * (1 + 3 + 1) + 4);
	});

	test('two for a period of more calls than can be had', async () => {
		const { table, counter } = setUp(traffic(10, 10_000));
		expect(await counter.count([{ from: START, to: START + 10 * DAY }])).toEqual([86_400]);
		expect(table.queries).toHaveLength(2);
	});

	test('no more than reading takes where there are no totals', async () => {
		const { table, counter } = setUp(traffic(5, 20_000), { count: 'page' });
		expect(await counter.count(daysOf(5))).toEqual(Array<number>(5).fill(4320));
		expect(table.queries.length).toBeLessThanOrEqual(5 * 7 + 1);
	});
});

test('rows that the API should have filtered out are not counted', async () => {
	const rows = traffic(3, 20_000);
	rows.forEach((one, index) => (one.duration = index % 3));
	const { table, request } = setUp(rows);
	const counter = new Counter(table.fetchPage, {
		...request,
		keep: ({ duration }) => duration === 0,
	});
	expect(await counter.count(daysOf(3))).toEqual([1440, 1440, 1440]);
});

test('rows that come in another order are read rather than guessed at', async () => {
	const { table, request } = setUp(traffic(3, 20_000));
	const ignoringSort = new Counter(
		async (query) =>
			await table.fetchPage({ ...query, sort: { field: 'duration', direction: 'asc' } }),
		request,
	);
	table.rows.push(row(-1, START + 3 * DAY), row(-2, START + DAY - 1000));
	expect(await ignoringSort.count(daysOf(3))).toEqual([4321, 4320, 4320]);
});

test('a failing request ends the count with its error', async () => {
	const failing = new Table(traffic(3, 20_000), LIKELY, LIMITS, (request) => {
		if (request === 2) throw new Error('page lost');
	});
	const { request } = setUp([]);
	await expect(new Counter(failing.fetchPage, request).count(daysOf(3))).rejects.toThrow(
		'page lost',
	);
});
