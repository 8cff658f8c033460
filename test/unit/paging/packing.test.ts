import {
	busySeconds,
	CrowdedSecondError,
	packStretches,
} from '../../../nodes/Twin24/paging/packing';

/** Rows in seconds of these numbers. */
const busy = (...seconds: Array<[second: number, rows: number]>) =>
	seconds.map(([second, rows]) => ({ second: second * 1000, rows }));

/** As `first–last: rows`, with a bar at each tight end. */
const packed = (seconds: ReturnType<typeof busy>, most: number) =>
	packStretches(seconds, most).map(
		({ first, last, rows, tightStart, tightEnd }) =>
			`${tightStart ? '|' : ''}${first / 1000}-${last / 1000}: ${rows}${tightEnd ? '|' : ''}`,
	);

test('times are counted by their seconds', () => {
	expect(busySeconds([10_000, 10_999, 11_000, 13_500])).toEqual(busy([10, 2], [11, 1], [13, 1]));
	expect(busySeconds([])).toEqual([]);
});

describe('packing', () => {
	test('fills stretches up to the most, cutting where seconds are empty', () => {
		expect(packed(busy([1, 2], [3, 2], [5, 1]), 5)).toEqual(['1-5: 5']);
		expect(packed(busy([1, 2], [3, 2], [5, 2]), 5)).toEqual(['1-3: 4', '5-5: 2']);
	});

	test('cuts no run of seconds that fits', () => {
		expect(packed(busy([1, 3], [3, 1], [4, 2]), 5)).toEqual(['1-1: 3', '3-4: 3']);
	});

	test('takes a run that is just as long as may be', () => {
		expect(packed(busy([1, 2], [2, 3]), 5)).toEqual(['1-2: 5']);
	});

	test('cuts a longer run between seconds, one row short of full', () => {
		expect(packed(busy([1, 2], [2, 2], [3, 1], [4, 4]), 5)).toEqual([
			'1-2: 4|',
			'|3-3: 1|',
			'|4-4: 4',
		]);
	});

	test('joins nothing to a tight end, and what fits to an open one', () => {
		expect(packed(busy([1, 4], [2, 4], [9, 1]), 5)).toEqual(['1-1: 4|', '|2-9: 5']);
		expect(packed(busy([1, 1], [5, 1], [6, 4], [7, 1]), 5)).toEqual([
			'1-5: 2|',
			'|6-6: 4|',
			'|7-7: 1',
		]);
	});

	test('a second that is too full to be cut off is an error that names it', () => {
		const crowded = () => packStretches(busy([1, 1], [2, 5]), 5);
		expect(crowded).toThrow(CrowdedSecondError);
		expect(crowded).toThrow(new CrowdedSecondError(2000, 5));
		expect(new CrowdedSecondError(2000, 5)).toMatchObject({
			name: 'CrowdedSecondError',
			second: 2000,
			rows: 5,
			message: 'A single second has 5 rows',
		});
	});
});
