import { sortKey } from './instant';
import type { Row, Sort } from './types';

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

/** Sorts as asked for; rows without a key come last. Linear, and no copy, when they are in order already. */
export const sortRows = (rows: Row[], sort: Sort): Row[] => {
	if (inOrder(rows, sort)) return rows;
	const sign = sort.direction === 'asc' ? 1 : -1;
	const keyed = rows.map((row) => {
		const key = sortKey(row, sort.field) * sign;
		return { row, key: Number.isNaN(key) ? Infinity : key };
	});
	keyed.sort((a, b) => (a.key === b.key ? 0 : a.key - b.key));
	return keyed.map(({ row }) => row);
};
