import { floorSecond, standing, timeOf } from './instant';
import { hasManyKeys, inOrder } from './order';
import { SECOND } from './page';
import type { Page, Row, Sort } from './page';
import type { ClosedPeriod } from './windows';

/** Rows in the second with which a widened period begins: how the API reads `from` decides which of them it counts. */
export interface Edge {
	/** Exactly on the second that is asked for. */
	whole: number;
	/** Within that second. */
	fraction: number;
}

/** What the newest rows of a slice, one page of them, tell about it. */
export interface Top {
	slice: ClosedPeriod;
	/** Rows of the slice on this page. */
	inside: number;
	/** When the last row on this page is. */
	oldest: number;
	/** Rows on this page, whatever they are. */
	onPage: number;
	/** Whether there is a row among them whose time is not what the source compares. */
	isElsewhere: boolean;
	/** Whether the page holds the whole slice. */
	complete: boolean;
	/** Whether its rows are in order, and by how many keys that is seen. */
	order: 'none' | 'likely' | 'certain';
	/** Whether nothing about the page makes the API's count doubtful: order, times, filters. */
	plain: boolean;
	/** What the API counts, margins and all; without a count of its own: the rows of the page. */
	said: number;
	/** Rows from `slice.to` on that it counts as well; undefined when the page does not reach below them. */
	above?: number;
	/** Rows in the second before `slice.to`, a whole second; undefined when the page does not reach below it. */
	edge?: Edge;
}

/** Which rows of the second before a moment's own are on this page. */
export const edgeOf = (rows: Row[], field: string, moment: number): Edge => {
	const start = floorSecond(moment) - SECOND;
	const within = rows
		.map((row) => timeOf(row, field))
		.filter((time) => time >= start && time < start + SECOND);
	const whole = within.filter((time) => time === start).length;
	return { whole, fraction: within.length - whole };
};

/**
 * @param page the first page of the slice, asked for with its ends widened, newest first
 * @param keep whether a row passes the filters
 */
export const topOf = (
	slice: ClosedPeriod,
	{ items, count }: Page,
	sort: Sort,
	pageSize: number,
	keep: (row: Row) => boolean,
): Top => {
	const { field } = sort;
	const edgeStart = slice.to - SECOND;
	const complete = items.length < pageSize;
	const said = Math.max(count ?? items.length, items.length);
	const last = items.at(-1);
	const oldest = last === undefined ? -Infinity : timeOf(last, field);
	const reaches = (moment: number) => complete || oldest < moment;
	const isElsewhere = items.some((row) => standing(row, field, slice) === 'elsewhere');
	const honest = !isElsewhere && (!complete || said === items.length);
	return {
		slice,
		inside: items.filter((row) => standing(row, field, slice) === 'inside' && keep(row)).length,
		oldest,
		onPage: items.length,
		isElsewhere,
		complete,
		order: !inOrder(items, sort) ? 'none' : hasManyKeys(items, field) ? 'certain' : 'likely',
		plain: honest && (complete || (inOrder(items, sort) && items.every(keep))),
		said,
		above: reaches(slice.to)
			? items.filter((row) => timeOf(row, field) >= slice.to).length
			: undefined,
		edge:
			reaches(edgeStart) && floorSecond(slice.to) === slice.to
				? edgeOf(items, field, slice.to)
				: undefined,
	};
};
