import {
	ceilSecond,
	floorSecond,
	sortKey,
	standing,
	timeOf,
	widen,
} from '../../../nodes/Twin24/paging/instant';

const at = (time: number) => ({ id: 'a', createdAt: new Date(time).toISOString() });

test('seconds are rounded down and up, and whole ones stay', () => {
	expect([10_000, 10_001, 10_999].map(floorSecond)).toEqual([10_000, 10_000, 10_000]);
	expect([10_000, 10_001, 10_999].map(ceilSecond)).toEqual([10_000, 11_000, 11_000]);
});

describe('what a row is sorted by', () => {
	test('a date is its instant', () => {
		expect(timeOf(at(10_500), 'createdAt')).toBe(10_500);
		expect(sortKey(at(10_500), 'createdAt')).toBe(10_500);
	});

	test('a number is a key, and no time', () => {
		expect(sortKey({ id: 'a', duration: 7 }, 'duration')).toBe(7);
		expect(timeOf({ id: 'a', duration: 7 }, 'duration')).toBeNaN();
	});

	test.each([null, undefined, '', 'later', true, {}])('%p is neither', (value) => {
		expect(sortKey({ id: 'a', value }, 'value')).toBeNaN();
		expect(timeOf({ id: 'a', value }, 'value')).toBeNaN();
	});
});

describe('widen', () => {
	test('asks from the second before to the end of the last one', () => {
		expect(widen({ from: 10_000, to: 20_000 })).toEqual({ from: 9000, to: 20_000 });
		expect(widen({ from: 10_400, to: 20_100 })).toEqual({ from: 9000, to: 21_000 });
	});

	test('leaves an open period open', () => {
		expect(widen({ to: 20_000 })).toEqual({ to: 20_000 });
		expect(widen({ to: 20_000 })).not.toHaveProperty('from');
	});
});

describe('standing', () => {
	const period = { from: 10_000, to: 20_000 };
	const stands = (time: number, of: { from?: number; to: number } = period) =>
		standing(at(time), 'createdAt', of);

	test.each([
		[8999, 'elsewhere'],
		[9000, 'margin'],
		[9999, 'margin'],
		[10_000, 'inside'],
		[19_999, 'inside'],
		[20_000, 'margin'],
		[20_999, 'margin'],
		[21_000, 'elsewhere'],
	])('of a row at %d to 10,000 up to 20,000: %s', (time, expected) => {
		expect(stands(time)).toBe(expected);
	});

	test('an open period has no start', () => {
		expect(stands(0, { to: 20_000 })).toBe('inside');
		expect(stands(20_000, { to: 20_000 })).toBe('margin');
		expect(stands(21_000, { to: 20_000 })).toBe('elsewhere');
	});

	test('a row without a time is inside: the source says that it matches', () => {
		expect(standing({ id: 'a', createdAt: null }, 'createdAt', period)).toBe('inside');
	});
});
