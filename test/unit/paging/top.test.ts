import type { Row, Sort } from '../../../nodes/Twin24/paging/page';
import { edgeOf, topOf } from '../../../nodes/Twin24/paging/top';

const SLICE = { from: 100_000, to: 200_000 };
const SORT: Sort = { field: 'createdAt', direction: 'desc' };
const PAGE_SIZE = 4;

const rowsAt = (...times: Array<number | null>): Row[] =>
	times.map((time, index) => ({
		id: `call-${index}`,
		createdAt: time === null ? null : new Date(time).toISOString(),
	}));

const top = (
	items: Row[],
	{
		count = items.length,
		slice = SLICE,
		keep = () => true,
		pageSize = PAGE_SIZE,
	}: {
		count?: number | null;
		slice?: typeof SLICE;
		keep?: (row: Row) => boolean;
		pageSize?: number;
	} = {},
) => topOf(slice, { count: count ?? undefined, items }, SORT, pageSize, keep);

describe('the edge at a moment', () => {
	test('is the second before, its beginning apart from the rest', () => {
		const rows = rowsAt(198_999, 199_000, 199_000, 199_001, 199_999, 200_000, null);
		expect(edgeOf(rows, 'createdAt', 200_000)).toEqual({ whole: 2, fraction: 2 });
	});

	test('is the whole second before the one of a moment in between', () => {
		expect(edgeOf(rowsAt(199_000, 199_500, 200_000), 'createdAt', 200_700)).toEqual({
			whole: 1,
			fraction: 1,
		});
	});
});

describe('a page that is not full', () => {
	test('holds the whole slice, and rows of the margins beside', () => {
		expect(top(rowsAt(200_500, 150_000, 99_500))).toEqual({
			slice: SLICE,
			inside: 1,
			oldest: 99_500,
			onPage: 3,
			isElsewhere: false,
			complete: true,
			order: 'likely',
			plain: true,
			said: 3,
			above: 1,
			edge: { whole: 0, fraction: 0 },
		});
	});

	test('is plain in any order', () => {
		expect(top(rowsAt(110_000, 150_000))).toMatchObject({ plain: true, order: 'none' });
	});

	test('is not when the source counts more', () => {
		expect(top(rowsAt(150_000), { count: 2 })).toMatchObject({ plain: false, said: 2 });
	});

	test('may be empty', () => {
		expect(top([])).toMatchObject({
			inside: 0,
			oldest: -Infinity,
			complete: true,
			plain: true,
			said: 0,
			above: 0,
		});
	});

	test('tells of rows before the slice, too', () => {
		const { edge } = top(rowsAt(199_000, 199_500));
		expect(edge).toEqual({ whole: 1, fraction: 1 });
	});
});

describe('a full page', () => {
	const full = (...times: Array<number | null>) => rowsAt(...times);

	test('is the top of the slice', () => {
		expect(top(full(200_000, 180_000, 170_000, 160_000), { count: 9 })).toMatchObject({
			inside: 3,
			oldest: 160_000,
			complete: false,
			order: 'likely',
			plain: true,
			said: 9,
			above: 1,
			edge: { whole: 0, fraction: 0 },
		});
	});

	test('counts as its rows where the source counts nothing, or less', () => {
		const rows = full(180_000, 170_000, 160_000, 150_000);
		expect(top(rows, { count: null }).said).toBe(4);
		expect(top(rows, { count: 3 }).said).toBe(4);
	});

	test('is not plain out of order', () => {
		expect(top(full(160_000, 170_000, 180_000, 190_000), { count: 9 })).toMatchObject({
			plain: false,
			order: 'none',
		});
	});

	test('is not plain with a row that the filters exclude, which is not counted', () => {
		const keep = ({ id }: Row) => id !== 'call-1';
		const found = top(full(190_000, 180_000, 170_000, 160_000), { count: 9, keep });
		expect(found).toMatchObject({ plain: false, inside: 3 });
	});

	test('is not plain with a time that no reading of the ends explains', () => {
		expect(top(full(300_000, 180_000, 170_000, 160_000), { count: 9 })).toMatchObject({
			plain: false,
			isElsewhere: true,
		});
	});

	test('is in order for certain by ten different times', () => {
		const times = Array.from({ length: 10 }, (_, index) => 190_000 - index * 1000);
		expect(top(rowsAt(...times), { count: 30, pageSize: 10 }).order).toBe('certain');
	});

	test('says nothing of the end where it does not reach below it', () => {
		expect(top(full(200_000, 200_000, 200_000, 200_000), { count: 9 })).toMatchObject({
			above: undefined,
			edge: undefined,
		});
	});

	test('says nothing of the edge where that may go on', () => {
		const found = top(full(200_000, 199_900, 199_500, 199_000), { count: 9 });
		expect(found).toMatchObject({ above: 1, edge: undefined });
		expect(top(full(199_900, 199_500, 199_000, 198_999), { count: 9 }).edge).toEqual({
			whole: 1,
			fraction: 2,
		});
	});
});

test('a slice that ends within a second has no edge', () => {
	expect(top(rowsAt(150_000), { slice: { from: 100_000, to: 200_500 } }).edge).toBeUndefined();
});
