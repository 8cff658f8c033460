/**
 * The vocabulary of the paging core. Times are epoch milliseconds everywhere; the API is asked in
 * whole seconds, so every `from` and `to` of a `PageQuery` is a multiple of 1,000.
 */

/** A row of the report: a unique id, and whatever fields were asked for. */
export interface Row {
	id: string;
	[field: string]: unknown;
}

/** Half-open: a row belongs to it when `from <= t < to`. Without `from` it is open to the past. */
export interface Period {
	from?: number;
	to: number;
}

export interface Sort {
	field: string;
	direction: 'asc' | 'desc';
}

/** One request for one page. `from` and `to` are whole seconds in milliseconds. */
export interface PageQuery {
	from?: number;
	to: number;
	sort: Sort;
	offset: number;
	limit: number;
}

/** One page. `count` is what the API says of the whole match; it may be missing or mean the page. */
export interface Page {
	count?: number;
	items: Row[];
}

/** @param unwanted fires when nobody waits for the page any more */
export type FetchPage = (query: PageQuery, unwanted?: AbortSignal) => Promise<Page>;

export const SECOND = 1000;
