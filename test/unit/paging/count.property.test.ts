import fc from 'fast-check';

import { collect } from '../../../nodes/Twin24/paging/collect';
import { Counter } from '../../../nodes/Twin24/paging/count';
import { BudgetError, IncompleteError } from '../../../nodes/Twin24/paging/errors';
import { runs } from '../../support/runs';
import { Table } from './table';
import type { Readings, TableRow } from './table';

/** Small limits, so that a few hundred rows walk through every rule. */
const LIMITS = { pageSize: 8, cap: 48 };
const START = Date.UTC(2026, 0, 1);
const SPAN = 3600_000;

const readings: fc.Arbitrary<Readings> = fc.record({
	fromInclusive: fc.boolean(),
	toInclusive: fc.boolean(),
	compareToTheSecond: fc.boolean(),
	count: fc.constantFrom('total', 'capped', 'cappedLow', 'page', 'absent'),
	ties: fc.constantFrom('stable' as const, 'shuffled' as const),
	pastCap: fc.constantFrom('error', 'empty'),
	clockShift: fc.constant(0),
});

/** Where slices meet, or begin and end with a fraction of a second. */
const bounds = fc
	.record({
		inner: fc.uniqueArray(fc.integer({ min: 1, max: SPAN / 1000 - 1 }), { maxLength: 12 }),
		hair: fc.constantFrom(0, 0, 0, 250, 999),
		tail: fc.constantFrom(0, 0, 0, 1, 500),
	})
	.map(({ inner, hair, tail }) =>
		[hair, ...inner.sort((a, b) => a - b).map((second) => second * 1000), SPAN + tail].map(
			(offset) => START + offset,
		),
	);

const scenario = bounds.chain((ends) =>
	fc.record({
		ends: fc.constant(ends),
		times: fc
			.record({
				spread: fc.array(fc.integer({ min: -5_000, max: SPAN + 5_000 }), { maxLength: 150 }),
				bursts: fc.array(
					fc.record({
						// On the bounds and the seconds around them, to the millisecond or not.
						at: fc
							.tuple(
								fc.constantFrom(...ends),
								fc.constantFrom(-2000, -1000, -999, -500, -1, 0, 0, 1, 400, 1000),
							)
							.map(([end, shift]) => end + shift - START),
						size: fc.integer({ min: 1, max: 25 }),
					}),
					{ maxLength: 8 },
				),
				whole: fc.boolean(),
			})
			.map(({ spread, bursts, whole }) =>
				[...spread, ...bursts.flatMap(({ at, size }) => Array<number>(size).fill(at))].map(
					(offset) => START + (whole ? Math.floor(offset / 1000) * 1000 : offset),
				),
			),
		readings,
		parallel: fc.integer({ min: 1, max: 6 }),
		seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
	}),
);

const generator = (seed: number) => () => {
	seed = (Math.imul(seed, 48271) >>> 0) % 0x7fffffff || 1;
	return seed / 0x7fffffff;
};

const build = ({
	times,
	readings: drawn,
	parallel,
	seed,
}: {
	times: number[];
	readings: Readings;
	parallel: number;
	seed: number;
}) => {
	const rows: TableRow[] = times.map((time, index) => ({
		id: `call-${index}`,
		createdAt: time,
		updatedAt: time,
		duration: 1,
		matches: true,
	}));
	const table = new Table(rows, drawn, LIMITS, () => {}, generator(seed));
	const request = { periodField: 'createdAt', fixedField: 'createdAt', parallel, ...LIMITS };
	return { table, rows, request };
};

describe('Counter, over tables drawn at random', () => {
	test('each slice counts its rows, under every reading', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async (drawn) => {
				const { table, rows, request } = build(drawn);
				const slices = drawn.ends.slice(1).map((to, index) => ({ from: drawn.ends[index], to }));
				const expected = slices.map(
					({ from, to }) =>
						rows.filter(({ createdAt }) => createdAt >= from && createdAt < to).length,
				);
				let counts: number[];
				try {
					counts = await new Counter(table.fetchPage, request).count(slices);
				} catch (error) {
					// As with `collect`: only for a second that cannot be read whole, or not before all is spent.
					if (error instanceof BudgetError) {
						const isCrowded = ({ createdAt }: TableRow) =>
							rows.filter((row) => Math.abs(row.createdAt - createdAt) <= 1000).length >=
							LIMITS.pageSize;
						expect(rows.some(isCrowded)).toBe(true);
						return;
					}
					expect(error).toBeInstanceOf(IncompleteError);
					const second = Math.floor((error as IncompleteError).window.from! / 1000) * 1000;
					const near = rows.filter(
						({ createdAt }) => createdAt >= second - 1000 && createdAt <= second + 2000,
					).length;
					expect(near).toBeGreaterThanOrEqual(LIMITS.pageSize);
					return;
				}
				expect(counts).toEqual(expected);
				expect(table.maxInFlight).toBeLessThanOrEqual(request.parallel);
			}),
			runs(1000),
		);
	});

	test('each slice, fed to collect, gives as many rows as it counts', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async (drawn) => {
				const { table, request } = build(drawn);
				const slices = drawn.ends.slice(1).map((to, index) => ({ from: drawn.ends[index], to }));
				const sort = { field: 'createdAt', direction: 'desc' } as const;
				const collectAll = async () => {
					const numbers: number[] = [];
					for (const period of slices) {
						let rows = 0;
						for await (const batch of collect(table.fetchPage, { ...request, period, sort }))
							rows += batch.length;
						numbers.push(rows);
					}
					return numbers;
				};
				const ignoreIncomplete = (error: Error) =>
					expect(['IncompleteError', 'BudgetError']).toContain(error.name);
				const counts = await new Counter(table.fetchPage, request)
					.count(slices)
					.catch(ignoreIncomplete);
				const rows = await collectAll().catch(ignoreIncomplete);
				if (counts && rows) expect(counts).toEqual(rows);
			}),
			runs(200),
		);
	});
});
