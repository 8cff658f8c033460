import fc from 'fast-check';

import { EndFinder } from '../../../nodes/Twin24/paging/exactEnds';
import {
	busySeconds,
	CrowdedSecondError,
	packStretches,
} from '../../../nodes/Twin24/paging/packing';
import { runs } from '../../support/runs';
import { Table } from './table';
import type { Readings, TableRow } from './table';

const MOST = 8;
const LIMITS = { pageSize: MOST, cap: 48 };
const START = Date.UTC(2026, 0, 1);

const readings: fc.Arbitrary<Readings> = fc.record({
	fromInclusive: fc.boolean(),
	toInclusive: fc.boolean(),
	compareToTheSecond: fc.boolean(),
	count: fc.constantFrom('total', 'capped', 'page', 'absent'),
	ties: fc.constantFrom('stable' as const, 'shuffled' as const),
	pastCap: fc.constant('error' as const),
	clockShift: fc.constant(0),
});

/** Seconds from sparse to crowded, of calls to the second or (half of the time) to the millisecond. */
const times = fc
	.record({
		bursts: fc.array(
			fc.record({ second: fc.integer({ min: 0, max: 40 }), size: fc.integer({ min: 1, max: 5 }) }),
			{ maxLength: 25 },
		),
		fractions: fc.boolean(),
		seed: fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 10, maxLength: 10 }),
	})
	.map(({ bursts, fractions, seed }) =>
		bursts
			.flatMap(({ second, size }) =>
				Array.from(
					{ length: size },
					(_, index) => START + second * 1000 + (fractions ? seed[index] : 0),
				),
			)
			.sort((a, b) => a - b),
	);

describe('stretches for files that the API makes', () => {
	test('hold every row once, at most as many as allowed, and can be asked for under every reading', async () => {
		await fc.assert(
			fc.asyncProperty(times, readings, async (all, drawn) => {
				const rows: TableRow[] = all.map((time, index) => ({
					id: `call-${index}`,
					createdAt: time,
					updatedAt: time,
					duration: 1,
					matches: true,
				}));
				const table = new Table(rows, drawn, LIMITS);
				let stretches;
				try {
					stretches = packStretches(busySeconds(all), MOST);
				} catch (error) {
					expect(error).toBeInstanceOf(CrowdedSecondError);
					expect((error as CrowdedSecondError).rows).toBeGreaterThanOrEqual(MOST);
					return;
				}
				const finder = new EndFinder(table.fetchPage, 'createdAt', MOST);
				const given: string[] = [];
				for (const stretch of stretches) {
					expect(stretch.rows).toBeLessThanOrEqual(MOST);
					const ends = await finder.find(stretch);
					expect(ends).toBeDefined();
					const { items } = await table.fetchPage({
						...ends!,
						sort: { field: 'createdAt', direction: 'asc' },
						offset: 0,
						limit: MOST,
					});
					expect(items).toHaveLength(stretch.rows);
					given.push(...items.map(({ id }) => id));
				}
				expect(given.sort()).toEqual(rows.map(({ id }) => id).sort());
			}),
			runs(1000),
		);
	});

	test('beside empty seconds nothing has to be tried out', async () => {
		const seconds = [0, 5, 10].map((second) => ({ second: START + second * 1000, rows: 5 }));
		const stretches = packStretches(seconds, MOST);
		expect(stretches).toHaveLength(3);
		const table = new Table(
			[],
			{
				fromInclusive: true,
				toInclusive: true,
				count: 'total',
				ties: 'stable',
				pastCap: 'error',
				clockShift: 0,
			},
			LIMITS,
		);
		const finder = new EndFinder(table.fetchPage, 'createdAt', MOST);
		for (const stretch of stretches)
			expect(await finder.find(stretch)).toEqual({
				from: stretch.first - 1000,
				to: stretch.last + 1000,
			});
		expect(table.queries).toHaveLength(0);
	});

	test('a crowded second among others is refused, a lone one that fits is not', () => {
		const at = (second: number, rows: number) => ({ second: START + second * 1000, rows });
		expect(() => packStretches([at(0, 1), at(1, MOST)], MOST)).toThrow(CrowdedSecondError);
		expect(packStretches([at(0, 1), at(2, MOST)], MOST)).toHaveLength(2);
	});
});
