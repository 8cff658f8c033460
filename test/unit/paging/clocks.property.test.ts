import fc from 'fast-check';

import { collect } from '../../../nodes/Twin24/paging/collect';
import { Counter } from '../../../nodes/Twin24/paging/count';
import { ClockError } from '../../../nodes/Twin24/paging/errors';
import { runs } from '../../support/runs';
import { Table } from './table';
import type { Readings, TableRow } from './table';

const LIMITS = { pageSize: 20, cap: 100 };
const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How far the times shown are off: whole hours and odd ones, longer than any slice, so that it shows. */
const shifts = fc.oneof(
	fc.constantFrom(-3 * HOUR, -HOUR, HOUR, 3 * HOUR),
	fc.integer({ min: 11 * MINUTE, max: 3 * HOUR }),
	fc.integer({ min: -3 * HOUR, max: -11 * MINUTE }),
);

const scenario = fc.record({
	shift: shifts,
	mixedClocks: fc.boolean(),
	fromInclusive: fc.boolean(),
	toInclusive: fc.boolean(),
	compareToTheSecond: fc.boolean(),
	count: fc.constantFrom<Readings['count']>('total', 'capped', 'page', 'absent'),
	/** Slices of at most ten minutes, their ends to the second or not. */
	lengths: fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 6 }),
	fraction: fc.constantFrom(0, 0, 250),
	/** Calls at the ends of slices, a little before and after; and anywhere. */
	atEnds: fc.array(
		fc.record({
			end: fc.nat(6),
			off: fc.constantFrom(-1000, -700, -1, 0, 0, 1, 300, 999, 1000),
			size: fc.integer({ min: 1, max: 9 }),
		}),
		{ maxLength: 10 },
	),
	anywhere: fc.array(fc.integer({ min: 0, max: HOUR }), { maxLength: 60 }),
	seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

const build = (drawn: Scenario) => {
	const ends = [START + drawn.fraction];
	for (const length of drawn.lengths) ends.push(ends[ends.length - 1] + length * 1000);
	const slices = ends.slice(1).map((to, index) => ({ from: ends[index], to }));
	const times = [
		...drawn.atEnds.flatMap(({ end, off, size }) =>
			Array<number>(size).fill(ends[end % ends.length] + off),
		),
		...drawn.anywhere.map((time) => START + time),
	];
	const rows = times.map((time, index): TableRow => ({
		id: `call-${index}`,
		createdAt: START + index * 1000,
		updatedAt: time,
		duration: 1,
		matches: true,
	}));
	const table = new Table(
		rows,
		{ ...drawn, ties: 'stable', pastCap: 'error', clockShift: drawn.shift },
		LIMITS,
	);
	table.periodField = 'updatedAt';
	const request = { periodField: 'updatedAt', fixedField: 'createdAt', parallel: 3, ...LIMITS };
	return { table, request, slices, rows };
};

const sort = { field: 'updatedAt', direction: 'desc' } as const;

describe('a source that filters by other times than it shows', () => {
	test('gives each call to one of the periods that touch, whichever way they are searched', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async (drawn) => {
				const { table, request, slices, rows } = build(drawn);
				const whole = { from: slices[0].from, to: slices[slices.length - 1].to };
				const found: string[] = [];
				for (const period of slices) {
					for await (const batch of collect(table.fetchPage, { ...request, period, sort }))
						for (const { id } of batch) found.push(id);
				}
				expect(new Set(found).size).toBe(found.length);
				// Whatever is certain to be between the first end and the last is there.
				const inner = rows.filter(
					({ updatedAt }) => updatedAt >= whole.from + 2000 && updatedAt < whole.to - 2000,
				);
				expect(found).toEqual(expect.arrayContaining(inner.map(({ id }) => id)));
			}),
			runs(1000),
		);
	});

	test('counts as many by slices as searches of them return', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async (drawn) => {
				const { table, request, slices } = build(drawn);
				const counts = await new Counter(table.fetchPage, request).count(slices);
				for (const [index, period] of slices.entries()) {
					let rows = 0;
					for await (const batch of collect(table.fetchPage, { ...request, period, sort }))
						rows += batch.length;
					expect(counts[index]).toBe(rows);
				}
			}),
			runs(500),
		);
	});
});

describe('rows streamed before the times turned out to be off', () => {
	const rowAt = (time: number, index: number): TableRow => ({
		id: `call-${index}`,
		createdAt: time,
		updatedAt: time,
		duration: 1,
		matches: true,
	});
	/** A day of calls that is quiet for two hours after midnight, just before which there was another. */
	const day = [
		rowAt(START - 500, 0),
		...Array.from({ length: 400 }, (_, index) =>
			rowAt(START + 2 * HOUR + Math.floor((index * 22 * HOUR) / 400), index + 1),
		),
	];
	const streamed = async (rows: TableRow[], clockShift: number) => {
		const readings: Readings = {
			fromInclusive: true,
			toInclusive: true,
			count: 'total',
			ties: 'stable',
			pastCap: 'error',
			clockShift,
		};
		const ids: string[] = [];
		for await (const batch of collect(new Table(rows, readings, LIMITS).fetchPage, {
			period: { from: START, to: START + 24 * HOUR },
			periodField: 'createdAt',
			fixedField: 'createdAt',
			sort: { field: 'createdAt', direction: 'asc' },
			stream: true,
			parallel: 2,
			...LIMITS,
		}))
			for (const { id } of batch) ids.push(id);
		return ids;
	};

	test('are an error when one of them belongs to the day before', async () => {
		await expect(streamed(day, 11 * MINUTE)).rejects.toBeInstanceOf(ClockError);
	});

	test('are whole when all of them are of the period', async () => {
		const [, ...rows] = day;
		expect(await streamed(rows, 11 * MINUTE)).toEqual(rows.map(({ id }) => id));
	});
});
