import { sortKey } from './instant';
import { inOrder } from './order';
import type { Page, Row, Sort } from './types';

/** A page with the row at which it starts. Pages after the first begin with the last row of the one before. */
export interface PlacedPage extends Page {
	offset: number;
}

/**
 * Whether two neighbouring pages still meet: the last row of the one is the first of the other.
 * A shift between their requests breaks the seam, even one that leaves the count as it was (a row
 * that left and another that came). Among equal keys the order may change by itself, and rows in no
 * order say nothing: then the seam is no evidence and the count has to do.
 */
const seamHolds = (before: Page, after: Page, sort: Sort): boolean => {
	const last = before.items.at(-1);
	const first = after.items[0];
	if (!last || !first || last.id === first.id) return true;
	if (sortKey(last, sort.field) === sortKey(first, sort.field)) return true;
	return !inOrder(before.items, sort) || !inOrder(after.items, sort);
};

/** How many places of the window's order the pages cover, each page repeating the last one before it. */
export const placesCovered = (pages: Page[]): number =>
	pages.reduce((sum, page) => sum + page.items.length, 1 - pages.length);

const eachRepeatsOne = (pages: Page[]): boolean => {
	const seen = new Set<string>();
	return pages.every(({ items }, index) => {
		const known = items.filter(({ id }) => seen.has(id)).length;
		for (const { id } of items) seen.add(id);
		return known === Math.min(index, 1);
	});
};

/** Whether all pages name the same count. */
export const agreed = (pages: Page[]): boolean => pages.every(({ count }) => count === pages[0].count);

/**
 * The trust rule for pages in order, each overlapping the one before by one row: they cover as many
 * places as there are rows wanted, a different row in each; they agree on the count; and they meet.
 *
 * @param rows the distinct rows of all pages
 * @param wanted how many rows there should be; undefined when the API gives no total
 * @param ended whether the pages reach the window's end. Where they do not, equal keys that go on
 *   beyond the last page could stand in for lost ones: then every single page must repeat just one row.
 *
 * What it cannot see: an API that shuffles equal keys anew for every request, while one row stops
 * matching and (where there is a total) another starts to, all between two pages of the same window.
 */
export const trusted = (
	pages: Page[],
	rows: ReadonlyMap<string, Row>,
	sort: Sort,
	wanted: number | undefined,
	ended: boolean,
): boolean => {
	if (rows.size !== (wanted ?? placesCovered(pages)) || rows.size !== placesCovered(pages)) return false;
	if (wanted !== undefined && !agreed(pages)) return false;
	if (!ended && !eachRepeatsOne(pages)) return false;
	return pages.every((page, index) => index === 0 || seamHolds(pages[index - 1], page, sort));
};

/**
 * Adds rows by id; of two versions of a row the fresher stays, and its place is the first one's.
 * `updatedAt` tells which is fresher; where it does not, the later reading wins.
 */
export const mergeRows = (into: Map<string, Row>, rows: Row[]): void => {
	for (const row of rows) {
		const known = into.get(row.id);
		if (known === undefined || !isFresher(known, row)) into.set(row.id, row);
	}
};

const isFresher = (a: Row, b: Row): boolean =>
	typeof a.updatedAt === 'string' &&
	typeof b.updatedAt === 'string' &&
	Date.parse(a.updatedAt) > Date.parse(b.updatedAt);
