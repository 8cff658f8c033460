import { EndFinder } from '../../../nodes/Twin24/paging/exactEnds';
import type { FetchPage, PageQuery } from '../../../nodes/Twin24/paging/page';

const SECOND = 1000;
const FIRST = 100_000;
const LAST = 109_000;

/** A source with calls at these times that reads the ends of a period in one way, and what it was asked. */
const sourceOf = (times: number[], { from = true, to = false } = {}) => {
	const queries: PageQuery[] = [];
	const fetchPage: FetchPage = async (query) => {
		queries.push(query);
		const { from: start = -Infinity, to: end, offset, limit } = query;
		const found = times
			.filter((time) => (from ? time >= start : time > start) && (to ? time <= end : time < end))
			.map((time, index) => ({ id: `${index}`, createdAt: new Date(time).toISOString() }));
		return { count: found.length, items: found.slice(offset, offset + limit) };
	};
	return { queries, fetchPage };
};

const stretch = (rows: number, tightStart: boolean, tightEnd: boolean) => ({
	first: FIRST,
	last: LAST,
	rows,
	tightStart,
	tightEnd,
});

/** Two calls that are wanted, and one in the second on either side. */
const TIMES = [FIRST - SECOND, FIRST, LAST, LAST + SECOND];

describe('ends beside empty seconds', () => {
	test('are a second further out, and nothing is asked', async () => {
		const { queries, fetchPage } = sourceOf([]);
		const ends = await new EndFinder(fetchPage, 'createdAt', 10).find(stretch(2, false, false));
		expect(ends).toEqual({ from: FIRST - SECOND, to: LAST + SECOND });
		expect(queries).toEqual([]);
	});

	test('are tried when filters are in doubt', async () => {
		const { queries, fetchPage } = sourceOf([FIRST, LAST]);
		const finder = new EndFinder(fetchPage, 'createdAt', 10, true);
		expect(await finder.find(stretch(2, false, false))).toEqual({
			from: FIRST - SECOND,
			to: LAST + SECOND,
		});
		expect(await finder.find(stretch(3, false, false))).toBeUndefined();
		expect(queries).toHaveLength(2);
	});
});

describe('tight ends', () => {
	test.each([
		[{ from: true, to: false }, FIRST, LAST + SECOND],
		[{ from: true, to: true }, FIRST, LAST],
		[{ from: false, to: false }, FIRST - SECOND, LAST + SECOND],
		[{ from: false, to: true }, FIRST - SECOND, LAST],
	])('are found however the source reads them: %j', async (readings, from, to) => {
		const { queries, fetchPage } = sourceOf(TIMES, readings);
		const finder = new EndFinder(fetchPage, 'createdAt', 10);
		expect(await finder.find(stretch(2, true, true))).toEqual({ from, to });
		const asked = queries.length;
		// What held for one stretch is tried first for the next.
		await finder.find(stretch(2, true, true));
		expect(queries).toHaveLength(asked + 1);
	});

	test('one at the start alone leaves the other wide', async () => {
		const { queries, fetchPage } = sourceOf([FIRST - SECOND, FIRST, LAST], { from: false });
		const finder = new EndFinder(fetchPage, 'createdAt', 10);
		expect(await finder.find(stretch(2, true, false))).toEqual({
			from: FIRST - SECOND,
			to: LAST + SECOND,
		});
		expect(queries.map(({ to }) => to)).toEqual([LAST + SECOND, LAST + SECOND]);
	});

	test('one at the end alone leaves the other wide', async () => {
		const { queries, fetchPage } = sourceOf([FIRST, LAST, LAST + SECOND], { to: true });
		const finder = new EndFinder(fetchPage, 'createdAt', 10);
		expect(await finder.find(stretch(2, false, true))).toEqual({ from: FIRST - SECOND, to: LAST });
		expect(queries.map(({ from }) => from)).toEqual([FIRST - SECOND, FIRST - SECOND]);
	});
});

test.each([
	['start', { first: 50_000, last: 50_000, rows: 1, tightStart: false, tightEnd: true }],
	['end', { first: 51_000, last: 51_000, rows: 1, tightStart: true, tightEnd: false }],
])('a %s beside an empty second teaches nothing about tight ones', async (_which, beside) => {
	const { queries, fetchPage } = sourceOf([50_000, 51_000, ...TIMES], { from: true, to: true });
	const finder = new EndFinder(fetchPage, 'createdAt', 10);
	await finder.find(stretch(2, true, true));
	await finder.find(beside);
	const asked = queries.length;
	expect(await finder.find(stretch(2, true, true))).toEqual({ from: FIRST, to: LAST });
	expect(queries).toHaveLength(asked + 1);
});

describe('ends that do not do', () => {
	const find = async (fetchPage: FetchPage, rows: number, pageSize = 10) =>
		await new EndFinder(fetchPage, 'createdAt', pageSize, true).find(stretch(rows, false, false));

	test('are those with as many rows, but others', async () => {
		expect(await find(sourceOf([FIRST - 1, LAST]).fetchPage, 2)).toBeUndefined();
		const after = async () => ({
			count: 2,
			items: [FIRST, LAST + SECOND].map((time) => ({
				id: `${time}`,
				createdAt: new Date(time).toISOString(),
			})),
		});
		expect(await find(after, 2)).toBeUndefined();
	});

	test('are those with more rows than a page, as the count says', async () => {
		const rows = Array.from({ length: 5 }, (_, index) => FIRST + index * SECOND);
		expect(await find(sourceOf(rows).fetchPage, 4, 4)).toBeUndefined();
		expect(await find(sourceOf(rows.slice(1)).fetchPage, 4, 4)).toBeDefined();
	});

	test('a count that says nothing on a page that is not full is passed over', async () => {
		const { fetchPage } = sourceOf([FIRST, LAST]);
		const counting =
			(count?: number): FetchPage =>
			async (query) => ({
				...(await fetchPage(query)),
				count,
			});
		expect(await find(counting(99), 2)).toBeDefined();
		expect(await find(counting(), 2, 2)).toBeDefined();
	});
});

test('the rows are asked for in order of time, from the first one', async () => {
	const { queries, fetchPage } = sourceOf(TIMES);
	await new EndFinder(fetchPage, 'createdAt', 10).find(stretch(2, true, true));
	expect(queries[0]).toEqual({
		from: FIRST,
		to: LAST + SECOND,
		sort: { field: 'createdAt', direction: 'asc' },
		offset: 0,
		limit: 10,
	});
});
