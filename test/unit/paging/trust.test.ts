import type { Page, Row } from '../../../nodes/Twin24/paging/page';
import { consistent, mergeRows } from '../../../nodes/Twin24/paging/trust';

const SORT = { field: 'duration', direction: 'asc' } as const;

/** A page written as the ids of its rows; the keys are the letters' own places unless said. */
const page = (count: number | undefined, ids: string, keys: Record<string, number> = {}): Page => ({
	count,
	items: [...ids].map((id) => ({ id, duration: keys[id] ?? id.charCodeAt(0) })),
});

const verdict = (wanted: number | undefined, ...pages: Page[]) => {
	const rows = new Map<string, Row>();
	return consistent(
		pages,
		pages.map(({ items }) => mergeRows(rows, items)),
		SORT,
		wanted,
	);
};

describe('pages are consistent', () => {
	test('when they overlap by one row and fill the count', () => {
		expect(verdict(7, page(7, 'abcd'), page(7, 'defg'))).toBe(true);
	});

	test('without a count, when they overlap by one row', () => {
		expect(verdict(undefined, page(undefined, 'abcd'), page(undefined, 'defg'))).toBe(true);
	});

	test('when one page holds all', () => {
		expect(verdict(3, page(3, 'abc'))).toBe(true);
	});

	test('when the row at the boundary has no key, then as now', () => {
		const none = { d: NaN };
		expect(verdict(7, page(7, 'abcd', none), page(7, 'defg', none))).toBe(true);
	});
});

describe('pages are not consistent', () => {
	test('when rows are missing from the count', () => {
		expect(verdict(8, page(8, 'abcd'), page(8, 'defg'))).toBe(false);
	});

	test('when the only page holds fewer rows than it counts', () => {
		expect(verdict(4, page(4, 'abc'))).toBe(false);
	});

	test('when a row left and the next page begins one further on', () => {
		expect(verdict(undefined, page(undefined, 'abcd'), page(undefined, 'efgh'))).toBe(false);
	});

	test('when a row came and the next page begins one earlier', () => {
		expect(verdict(undefined, page(undefined, 'abcd'), page(undefined, 'cdef'))).toBe(false);
	});

	test('when a page repeats a row beside the one at the boundary', () => {
		// The sums are right, and f is missing.
		expect(verdict(7, page(7, 'abcd'), page(7, 'debg'))).toBe(false);
	});

	test('when a row of the same key has taken the place of the one at the boundary', () => {
		const ties = { d: 1, x: 1 };
		expect(verdict(7, page(7, 'abcd', ties), page(7, 'xdef', ties))).toBe(false);
	});

	test('when a row other than the one at the boundary is the one that repeats', () => {
		// d left, x came, and b moved to the end: the sums are right, and e is missing.
		expect(verdict(7, page(7, 'abcd'), page(7, 'fgb', { b: 200 }))).toBe(false);
		expect(verdict(7, page(7, 'abcd'), page(7, 'fgbx'))).toBe(false);
	});

	test('when the row at the boundary repeats with another key', () => {
		expect(verdict(7, page(7, 'abcd'), page(7, 'defg', { d: 100.5 }))).toBe(false);
	});

	test('when the row at the boundary is not where the next page begins', () => {
		expect(verdict(7, page(7, 'abcd'), page(7, 'edfg'))).toBe(false);
	});

	test('when two shifts make up for each other in the count: two rows left, one came before the third page', () => {
		// f is lost between the first and the second page; the total of distinct rows is right all the same.
		expect(verdict(10, page(10, 'abcd'), page(10, 'ghij'), page(10, 'ijkl'))).toBe(false);
	});

	test('when they name different counts, though shuffled ties make the sums come out', () => {
		expect(verdict(7, page(7, 'abcd'), page(6, 'defg'))).toBe(false);
	});
});

describe('of two versions of a row', () => {
	const version = (updatedAt: string | null, note: string): Row => ({ id: 'a', updatedAt, note });
	const merged = (...rows: Row[]) => {
		const into = new Map<string, Row>();
		for (const row of rows) mergeRows(into, [row]);
		return into.get('a')!.note;
	};

	test('the fresher stays, whichever was read first', () => {
		const old = version('2026-01-01T00:00:00.000000Z', 'old');
		const fresh = version('2026-01-01T00:00:01.000000Z', 'fresh');
		expect(merged(old, fresh)).toBe('fresh');
		expect(merged(fresh, old)).toBe('fresh');
	});

	test('the later reading wins where their times do not tell', () => {
		expect(merged(version(null, 'first'), version(null, 'second'))).toBe('second');
		const time = '2026-01-01T00:00:00.000000Z';
		expect(merged(version(time, 'first'), version(time, 'second'))).toBe('second');
	});
});
