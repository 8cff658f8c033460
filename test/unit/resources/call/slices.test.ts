import type { CallCount } from '../../../../nodes/Twin24/report/count';
import { maxCallsPerSlice } from '../../../../nodes/Twin24/resources/call/count/parameters';
import { admitCalendar, countSlices } from '../../../../nodes/Twin24/resources/call/count/slices';

/** Calls of which every period holds so many. */
const callsIn = (count: number): CallCount => ({
	ends: async () => undefined,
	count: async (slices) => slices.map(() => count),
});

test.each([0, 50_001, 1.5, 'many', null])('%j is no number of calls per slice', (most) => {
	expect(() => maxCallsPerSlice.check(most)).toThrow('"Max Calls per Slice" is');
});

test('no more than 10,000 slices of a limited number of calls', async () => {
	const split = { by: 'maxCalls', most: 2, zone: 'UTC' } as const;
	const second = { from: 0, to: 1000 };
	await expect(countSlices(second, split, callsIn(20_000))).resolves.toHaveLength(1);
	await expect(countSlices(second, split, callsIn(20_001))).rejects.toThrow(
		'"Max Calls per Slice" would make 10,001 slices; a count makes at most 10,000',
	);
});

test('no more than 10,000 hours', () => {
	const split = { by: 'hour', most: Infinity, zone: 'UTC' } as const;
	const hours = (count: number) => ({ from: 0, to: count * 3600_000 });
	expect(() => admitCalendar(hours(10_000), split)).not.toThrow();
	expect(() => admitCalendar(hours(10_001), split)).toThrow('"Split By" would make 10,001 slices');
});
