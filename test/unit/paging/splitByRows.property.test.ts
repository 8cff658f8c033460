import fc from 'fast-check';

import { splitByRows } from '../../../nodes/Twin24/paging/splitByRows';
import { busySeconds } from '../../../nodes/Twin24/paging/packing';
import type { ClosedPeriod } from '../../../nodes/Twin24/paging/windows';
import { runs } from '../../support/runs';

const START = Date.UTC(2026, 0, 1);
const SPAN = 3600_000;

const times = fc
	.record({
		spread: fc.array(fc.integer({ min: 0, max: SPAN - 1 }), { maxLength: 200 }),
		bursts: fc.array(
			fc.record({
				at: fc.integer({ min: 0, max: SPAN - 1 }),
				size: fc.integer({ min: 1, max: 60 }),
			}),
			{ maxLength: 5 },
		),
	})
	.map(({ spread, bursts }) =>
		[...spread, ...bursts.flatMap(({ at, size }) => Array<number>(size).fill(at))].map(
			(offset) => START + offset,
		),
	);

const within = (all: number[], { from, to }: ClosedPeriod) =>
	all.filter((time) => time >= from && time < to).length;

describe('splitByRows', () => {
	test('slices touch, cover the period, and hold no more than allowed unless they are one second', async () => {
		await fc.assert(
			fc.asyncProperty(times, fc.integer({ min: 1, max: 80 }), async (all, most) => {
				const period = { from: START, to: START + SPAN };
				const count = async (slices: ClosedPeriod[]) => slices.map((slice) => within(all, slice));
				const slices = await splitByRows({ ...period, count: all.length }, most, count);
				expect(slices[0].from).toBe(period.from);
				expect(slices.at(-1)!.to).toBe(period.to);
				slices.forEach((slice, index) => {
					if (index > 0) expect(slice.from).toBe(slices[index - 1].to);
					expect(slice.count).toBe(within(all, slice));
					if (slice.count > most) expect(slice.to - slice.from).toBe(1000);
				});
				// No two neighbours would fit into one.
				slices
					.slice(1)
					.forEach((slice, index) =>
						expect(slice.count + slices[index].count).toBeGreaterThan(most),
					);
			}),
			runs(500),
		);
	});

	test('looks into a slice instead of counting its pieces where that takes fewer requests', async () => {
		const period = { from: START, to: START + SPAN };
		const all = Array.from(
			{ length: 20_000 },
			(_, index) => START + Math.floor(index * 0.1) * 1000,
		);
		const counted: ClosedPeriod[] = [];
		const read: ClosedPeriod[] = [];
		const slices = await splitByRows(
			{ ...period, count: all.length },
			100,
			async (pieces) => {
				counted.push(...pieces);
				return pieces.map((piece) => within(all, piece));
			},
			{
				pageSize: 1000,
				readSeconds: async (slice) => {
					read.push(slice);
					return busySeconds(all.filter((time) => time >= slice.from && time < slice.to));
				},
			},
		);
		expect(counted).toEqual([]);
		expect(read).toHaveLength(1);
		expect(slices.every((slice) => slice.count === within(all, slice) && slice.count <= 100)).toBe(
			true,
		);
		expect(slices[0].from).toBe(period.from);
		expect(slices.at(-1)!.to).toBe(period.to);
	});
});
