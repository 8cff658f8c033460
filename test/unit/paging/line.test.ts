import { ClockError } from '../../../nodes/Twin24/paging/errors';
import { Line } from '../../../nodes/Twin24/paging/line';
import type { Row, Sort } from '../../../nodes/Twin24/paging/page';

const MOMENT = Date.UTC(2026, 0, 5, 9, 30);

/** A row whose id is its time, in milliseconds from the moment. */
const at = (offset: number): Row => ({
	id: String(offset),
	createdAt: new Date(MOMENT + offset).toISOString(),
});
const window = (from: number, to: number) => ({ from: MOMENT + from, to: MOMENT + to });
const lineOf = (direction: Sort['direction']) => {
	const line = new Line({ field: 'createdAt', direction });
	const idsOf = (rows: Row[]) => rows.map(({ id }) => Number(id));
	return {
		due: (offsets: number[], own?: ReturnType<typeof window>) =>
			idsOf(line.due(offsets.map(at), own)),
		rest: () => idsOf(line.rest()),
		line,
	};
};

describe('windows that come oldest first', () => {
	it('yield their rows in order', () => {
		const { due, rest } = lineOf('asc');
		expect(due([3000, 1000, 2000], window(0, 5000))).toEqual([1000, 2000, 3000]);
		expect(due([6000], window(5000, 9000))).toEqual([6000]);
		expect(rest()).toEqual([]);
	});

	it('keep a row from beyond their end waiting for the window that it belongs to', () => {
		const { due, rest } = lineOf('asc');
		expect(due([1000, 5000, 9500], window(0, 5000))).toEqual([1000]);
		expect(due([6000], window(5000, 9000))).toEqual([5000, 6000]);
		expect(rest()).toEqual([9500]);
	});

	it('yield a row of the second before them, too', () => {
		const { due } = lineOf('asc');
		due([4500], window(0, 5000));
		expect(due([4200, 6000], window(5000, 9000))).toEqual([4200, 6000]);
	});
});

describe('windows that come newest first', () => {
	it('yield their rows in order', () => {
		const { due } = lineOf('desc');
		expect(due([6000, 8000, 7000], window(5000, 9000))).toEqual([8000, 7000, 6000]);
		expect(due([1000, 3000], window(0, 5000))).toEqual([3000, 1000]);
	});

	it('keep a row from before their start waiting for the window that it belongs to', () => {
		const { due, rest } = lineOf('desc');
		expect(due([6000, 4999, -1], window(5000, 9000))).toEqual([6000]);
		expect(due([1000, 0], window(0, 5000))).toEqual([4999, 1000, 0]);
		expect(rest()).toEqual([-1]);
	});

	it('leave out a row that came late to the window before', () => {
		const { due, rest } = lineOf('desc');
		due([6000], window(5000, 9000));
		expect(due([5000, 4000], window(0, 5000))).toEqual([4000]);
		expect(rest()).toEqual([]);
	});
});

it('a window that is open to the past has no row before it', () => {
	const open = { to: MOMENT + 5000 };
	const { line } = lineOf('desc');
	expect(line.due([at(-86_400_000), at(1000)], open)).toHaveLength(2);
	expect(line.rest()).toEqual([]);
});

it('rows without a time are due wherever they come, after the others', () => {
	const { line } = lineOf('asc');
	const row = { id: 'none', createdAt: null };
	expect(line.due([row, at(1000)], window(0, 5000))).toEqual([at(1000), row]);
});

it('what waited for windows that did not come is left in order', () => {
	const { due, rest } = lineOf('asc');
	due([8000, 1000, 7000, 9000], window(0, 5000));
	expect(rest()).toEqual([7000, 8000, 9000]);
});

describe('where the times in the rows do not tell', () => {
	it('all rows are due at once, those that waited first of all', () => {
		const { due, rest } = lineOf('asc');
		due([1000, 7000], window(0, 5000));
		expect(due([99_000, 6000])).toEqual([6000, 7000, 99_000]);
		expect(rest()).toEqual([]);
	});

	it.each([
		['asc', [5000, 2000], 4000],
		['desc', [2000, 5000], 3000],
	] as const)('%s, rows may be a second out of line, and no more', (direction, early, edge) => {
		const back = direction === 'asc' ? -1 : 1;
		const { due } = lineOf(direction);
		due([...early]);
		expect(due([edge])).toEqual([edge]);
		// What has been reached is not given up for what came late.
		expect(due([edge])).toEqual([edge]);
		expect(() => due([edge + back])).toThrow(ClockError);
	});

	it('an empty window says nothing', () => {
		const { due } = lineOf('asc');
		due([5000]);
		expect(due([])).toEqual([]);
		expect(() => due([1000])).toThrow('createdAt');
	});
});
