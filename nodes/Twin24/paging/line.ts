import { ClockError } from './errors';
import { sortKey, timeOf } from './instant';
import { sortRows } from './order';
import { SECOND } from './page';
import type { Period, Row, Sort } from './page';

/**
 * Keeps the rows of windows in line, from window to window: a row that a window brought along from
 * beyond its ends waits for the window that it belongs to. Newest first, one that came late to a window
 * that is past is left out; oldest first, it may come up to a second out of line.
 */
export class Line {
	private waiting: Row[] = [];
	private reached = -Infinity;
	private readonly sign: number;

	constructor(private readonly sort: Sort) {
		this.sign = sort.direction === 'asc' ? 1 : -1;
	}

	/**
	 * @param own the window whose rows are due; undefined when the times in the rows do not tell
	 * @throws ClockError when rows of a later window come before those of an earlier one
	 */
	due(rows: Row[], own: Period | undefined): Row[] {
		const all = [...this.waiting, ...rows];
		this.waiting = own ? all.filter((row) => this.isAhead(row, own)) : [];
		const due = own ? all.filter((row) => !this.isAhead(row, own) && !this.isPast(row, own)) : all;
		const sorted = sortRows(due, this.sort);
		const first = sorted[0] ? sortKey(sorted[0], this.sort.field) * this.sign : NaN;
		if (first < this.reached - SECOND) throw new ClockError(this.sort.field);
		const last = sorted.at(-1);
		const furthest = last ? sortKey(last, this.sort.field) * this.sign : NaN;
		if (furthest > this.reached) this.reached = furthest;
		return sorted;
	}

	/** What waited for a window that did not come. */
	rest(): Row[] {
		return sortRows(this.waiting, this.sort);
	}

	private isAhead(row: Row, { from = -Infinity, to }: Period): boolean {
		const time = timeOf(row, this.sort.field);
		return this.sign > 0 ? time >= to : time < from;
	}

	private isPast(row: Row, { to }: Period): boolean {
		return this.sign < 0 && timeOf(row, this.sort.field) >= to;
	}
}
