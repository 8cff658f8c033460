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
export const sortRows = (rows: Row[], { field, direction }: Sort): Row[] => {
	const sign = direction === 'asc' ? 1 : -1;
	let isSorted = true;
	let previous: Keyed | undefined;
	const keyed = rows.map((row) => {
		const key = sortKey(row, field) * sign;
		const next = { row, key: Number.isNaN(key) ? Infinity : key };
		isSorted &&= previous === undefined || compare(previous, next) <= 0;
		previous = next;
		return next;
	});
	return isSorted ? rows : keyed.sort(compare).map(({ row }) => row);
};

interface Keyed {
	row: Row;
	key: number;
}

const compare = (a: Keyed, b: Keyed): number => {
	if (a.key !== b.key) return a.key < b.key ? -1 : 1;
	if (a.row.id === b.row.id) return 0;
	return a.row.id < b.row.id ? -1 : 1;
};
