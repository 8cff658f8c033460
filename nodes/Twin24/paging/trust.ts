import { timeOf } from './instant';
import type { Page, Row } from './types';

/**
 * The trust rule. Pages of a window overlap by one row, and are trusted if
 * - they agree on the count, and cover as many places of the window's order as it says; and
 * - every page after the first repeats exactly one row that was there before.
 *
 * Then every place holds a different row. Each part catches what the other cannot: a row that leaves
 * while another comes keeps the count, but moves the pages apart (no row repeated) or together (two);
 * an API that shuffles equal keys repeats too few or too many.
 *
 * What it cannot see: an API that shuffles equal keys anew for every request, while one row stops
 * matching and (where there is a total) another starts to, all between two pages of the same window.
 *
 * @param repeats for each page, how many of its rows were on the pages before it
 * @param wanted how many rows there should be; undefined when the API gives no total
 */
export const trusted = (pages: Page[], repeats: number[], wanted: number | undefined): boolean => {
	if (repeats.some((repeated, index) => repeated !== Math.min(index, 1))) return false;
	return wanted === undefined || (agreed(pages) && placesCovered(pages) === wanted);
};

/** Whether all pages name the same count. */
export const agreed = (pages: Page[]): boolean =>
	pages.every(({ count }) => count === pages[0].count);

/** How many places of the window's order the pages cover, each page repeating the last one before it. */
export const placesCovered = (pages: Page[]): number =>
	pages.reduce((sum, page) => sum + page.items.length, 1 - pages.length);

/**
 * Adds rows by id; of two versions of a row the fresher stays, and its place is the first one's.
 * `updatedAt` tells which is fresher; where it does not, the later reading wins.
 * @returns how many of the rows were known already
 */
export const mergeRows = (into: Map<string, Row>, rows: Row[]): number => {
	const before = into.size;
	for (const row of rows) {
		const known = into.get(row.id);
		if (known === undefined || !isFresher(known, row)) into.set(row.id, row);
	}
	return rows.length - (into.size - before);
};

const isFresher = (a: Row, b: Row): boolean => timeOf(a, 'updatedAt') > timeOf(b, 'updatedAt');
