/**
 * The vocabulary of the paging core. Times are epoch milliseconds everywhere; a source is asked in
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

/** More filters, by the names and values that the source knows. */
export type Filter = Readonly<Record<string, string>>;

/** One request for one page. `from` and `to` are whole seconds in milliseconds. */
export interface PageQuery {
	from?: number;
	to: number;
	sort: Sort;
	/** How rows with equal keys are to be sorted; only asked for where `sort` alone has failed. */
	thenBy?: readonly Sort[];
	/** Filters beside those of the search; only where a single second cannot be read without. */
	filter?: Filter;
	offset: number;
	limit: number;
}

/** One page. `count` is what the source says of the whole match; it may be missing or mean the page. */
export interface Page {
	count?: number;
	items: Row[];
}

/**
 * @param unwanted fires when nobody waits for the page any more
 * @param received to be called once the source's answer is there and only has to be read; returns
 *   whether the next request is about to go out, for which the reading is to wait
 */
export type FetchPage = (
	query: PageQuery,
	unwanted?: AbortSignal,
	received?: () => boolean,
) => Promise<Page>;

export const SECOND = 1000;
