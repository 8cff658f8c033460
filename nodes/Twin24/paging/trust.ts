import { sortKey, timeOf } from './instant';
import type { Page, Row, Sort } from './page';

/**
 * The trust rule. Pages of a window overlap by one row, and are consistent if
 * - they agree on the count, and cover as many places of the window's order as it says; and
 * - every page begins with the row with which the one before it ended, its sort key unchanged, and
 *   repeats no other.
 *
 * Sorted by a field that never changes this is proof: a row that matches all the while stands on the
 * same side of each boundary when the page before it is read and when the one after it is, so it is
 * on the page between its two boundaries. Whatever comes, leaves or is shuffled moves a boundary.
 * Sorted by a field that changes it is none: a row may cross the boundary. So such pages are only
 * trusted one at a time (see `Reader`).
 *
 * What it cannot see: a source that shuffles equal keys anew for every request, while one row stops
 * matching and (where there is a total) another starts to, all between two pages of the same window.
 *
 * @param repeats for each page, how many of its rows were on the pages before it
 * @param wanted how many rows there should be; undefined when the source gives no total
 */
export const consistent = (
	pages: Page[],
	repeats: number[],
	sort: Sort,
	wanted: number | undefined,
): boolean => {
	if (repeats.some((repeated, index) => repeated !== Math.min(index, 1))) return false;
	if (!pages.every((page, index) => index === 0 || repeatsBoundary(pages[index - 1], page, sort)))
		return false;
	return wanted === undefined || (agreed(pages) && placesCovered(pages) === wanted);
};

/** Whether a page begins with the last row of the one before it, as that was. */
const repeatsBoundary = (before: Page, page: Page, { field }: Sort): boolean => {
	const last = before.items.at(-1);
	const first = page.items.at(0);
	if (last === undefined || first?.id !== last.id) return false;
	return Object.is(sortKey(last, field), sortKey(first, field));
};

/** Whether all pages name the same count. */
export const agreed = (pages: Page[]): boolean =>
	pages.every(({ count }) => count === pages[0].count);

/** How many places of the window's order the pages cover, each page repeating the last one before it. */
export const placesCovered = (pages: Page[]): number =>
	pages.reduce((sum, page) => sum + page.items.length, 1 - pages.length);

/**
 * Adds rows by id; of two versions of a row the fresher stays, and its place is the first one's.
 * `updatedAt` tells which is fresher; where it does not, the later one wins.
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
