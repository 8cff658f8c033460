import { sortKey } from './instant';
import type { Row, Sort } from './page';

/** Whether every row has a key and the keys run in the direction asked for. */
export const inOrder = (rows: Row[], { field, direction }: Sort): boolean => {
	const sign = direction === 'asc' ? 1 : -1;
	let previous = -Infinity;
	for (const row of rows) {
		const key = sortKey(row, field) * sign;
		if (!(key >= previous)) return false;
		previous = key;
	}
	return true;
};

/** How many different keys in order are no accident. */
const ENOUGH_KEYS = 10;

/** Whether rows have so many different keys that they cannot be in order by accident. */
export const hasManyKeys = (rows: Row[], field: string): boolean => {
	const keys = new Set<number>();
	for (const row of rows) {
		keys.add(sortKey(row, field));
		if (keys.size >= ENOUGH_KEYS) return true;
	}
	return false;
};

/** The other way round. */
export const reversed = ({ field, direction }: Sort): Sort => ({
	field,
	direction: direction === 'asc' ? 'desc' : 'asc',
});

/**
 * The one order of results, whatever order they came in: by the key, rows without it last in either
 * direction, ties by id. Linear, and no copy, when they are in that order already.
 */
export const sortRows = (rows: Row[], sort: Sort): Row[] => {
	if (isSorted(rows, sort)) return rows;
	const keyOf = keyBy(sort);
	const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
	keyed.sort((a, b) => (a.key === b.key ? compareIds(a.row, b.row) : a.key < b.key ? -1 : 1));
	return keyed.map(({ row }) => row);
};

/** A key that is smaller the earlier a row stands; that of rows without one is infinite. */
const keyBy = ({ field, direction }: Sort) => {
	const sign = direction === 'asc' ? 1 : -1;
	return (row: Row): number => {
		const key = sortKey(row, field) * sign;
		return Number.isNaN(key) ? Infinity : key;
	};
};

/** Whether rows that all have a key are in order, ties too. */
const isSorted = (rows: Row[], { field, direction }: Sort): boolean => {
	const sign = direction === 'asc' ? 1 : -1;
	let previous = -Infinity;
	for (let index = 0; index < rows.length; index++) {
		const key = sortKey(rows[index], field) * sign;
		if (!(key >= previous)) return false;
		if (key === previous && index > 0 && compareIds(rows[index - 1], rows[index]) > 0) return false;
		previous = key;
	}
	return true;
};

const compareIds = (a: Row, b: Row): number => {
	if (a.id === b.id) return 0;
	return a.id < b.id ? -1 : 1;
};
