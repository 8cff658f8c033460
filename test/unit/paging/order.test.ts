import { hasManyKeys, inOrder, reversed, sortRows } from '../../../nodes/Twin24/paging/order';
import type { Row, Sort } from '../../../nodes/Twin24/paging/page';

const ASCENDING: Sort = { field: 'duration', direction: 'asc' };
const DESCENDING: Sort = { field: 'duration', direction: 'desc' };

/** Rows named a, b, c, … with these keys. */
const rowsOf = (...keys: Array<number | null>): Row[] =>
	keys.map((duration, index) => ({ id: String.fromCharCode(97 + index), duration }));

const ids = (rows: Row[]) => rows.map(({ id }) => id).join('');

describe('inOrder', () => {
	test.each([
		['none', [], true, true],
		['one', [5], true, true],
		['rising', [1, 2, 3], true, false],
		['falling', [3, 2, 1], false, true],
		['equal', [2, 2], true, true],
		['rising, but for one', [1, 3, 2], false, false],
		['one without a key', [1, null], false, false],
		['the only one without a key', [null], false, false],
	])('%s', (_name, keys, ascending, descending) => {
		expect(inOrder(rowsOf(...keys), ASCENDING)).toBe(ascending);
		expect(inOrder(rowsOf(...keys), DESCENDING)).toBe(descending);
	});
});

describe('hasManyKeys', () => {
	const different = (count: number) => rowsOf(...Array.from({ length: count }, (_, key) => key));

	test('ten different ones are many, nine are not', () => {
		expect(hasManyKeys(different(10), 'duration')).toBe(true);
		expect(hasManyKeys(different(9), 'duration')).toBe(false);
	});

	test('equal ones count as one', () => {
		expect(hasManyKeys([...different(9), ...different(9)], 'duration')).toBe(false);
	});
});

test('reversed turns the direction and keeps the field', () => {
	expect(reversed(ASCENDING)).toEqual(DESCENDING);
	expect(reversed(DESCENDING)).toEqual(ASCENDING);
});

describe('sortRows', () => {
	test('sorts by the key, in either direction', () => {
		expect(ids(sortRows(rowsOf(2, 3, 1), ASCENDING))).toBe('cab');
		expect(ids(sortRows(rowsOf(2, 3, 1), DESCENDING))).toBe('bac');
	});

	test('puts rows without a key last in either direction, by their ids', () => {
		expect(ids(sortRows(rowsOf(2, null, 1, null), ASCENDING))).toBe('cabd');
		expect(ids(sortRows(rowsOf(1, null, 2, null), DESCENDING))).toBe('cabd');
		expect(ids(sortRows(rowsOf(null, null, 1).reverse(), ASCENDING))).toBe('cab');
	});

	test.each([ASCENDING, DESCENDING])('orders equal keys by id: $direction', (sort) => {
		expect(ids(sortRows(rowsOf(1, 1, 1).reverse(), sort))).toBe('abc');
		const [a, b, c] = rowsOf(1, 1, 1);
		expect(ids(sortRows([a, c, b], sort))).toBe('abc');
	});

	test('keeps two rows of one id and key', () => {
		const [a] = rowsOf(1);
		expect(sortRows([a, { ...a, note: 'again' }], ASCENDING)).toEqual([a, { ...a, note: 'again' }]);
	});

	test.each([ASCENDING, DESCENDING])('copies nothing that is in order: $direction', (sort) => {
		const keys = sort.direction === 'asc' ? [1, 1, 2] : [2, 1, 1];
		const rows = rowsOf(...keys);
		expect(sortRows(rows, sort)).toBe(rows);
	});

	test('nor where only the ids are in none, or two rows are the same', () => {
		const [a, b] = rowsOf(2, 1);
		const byKey = [b, a];
		expect(sortRows(byKey, ASCENDING)).toBe(byKey);
		const twice = [a, { ...a }];
		expect(sortRows(twice, ASCENDING)).toBe(twice);
	});

	test('leaves what it was given as it is', () => {
		const rows = rowsOf(2, 1);
		sortRows(rows, ASCENDING);
		expect(ids(rows)).toBe('ab');
	});
});
