import { MAX_PAGE_SIZE, MAX_ROWS_PER_PERIOD } from '../../nodes/Twin24/report/catalogue';

/**
 * How the API is read where its documents leave room. Each is a setting, so that a client can be
 * shown to work under every one of them; the defaults are the likeliest.
 */
export interface Readings {
	/** Whether a call exactly at `from` (or `to`) belongs to the period. */
	from: 'inclusive' | 'exclusive';
	to: 'inclusive' | 'exclusive';
	/** Whether times are cut to the second before they are compared with the period. */
	compareToTheSecond: boolean;
	/** A `from` or `to` with digits after the second (documented is: to the second). */
	periodFractions: 'error' | 'accepted' | 'truncated';
	/** What `count` says: all that match; at most the cap; at most 10,000; the page's rows; nothing. */
	count: 'total' | 'capped' | 'cappedAt10000' | 'page' | 'absent';
	/** The number of the first `page`. */
	pageFrom: 0 | 1;
	/** The filter value that finds answered calls; rows always carry ANSWERED. */
	answered: 'ANSWERED' | 'ANSWER' | 'both';
	/** A status that does not exist: finds nothing, is left out of the list, or brings a 400. */
	unknownStatus: 'matchesNothing' | 'dropped' | 'error';
	/** `markers` and `dialogId` in `fields`. */
	extraFields: 'known' | 'error' | 'ignored';
	/** A field that nobody knows in `fields`. */
	unknownField: 'error' | 'ignored';
	/** When offset + limit goes past the cap: a 400, or no rows beyond it. */
	pastCap: 'error' | 'empty';
	/** Whether `id` takes several IDs with commas, or is taken as one. */
	idFilter: 'list' | 'single';
	/** `name=value` for any other field. */
	otherFilters: 'exact' | 'ignored';
	/** Whether `limit` applies to CSV and EXCEL files; otherwise they hold all rows up to the cap. */
	fileLimit: boolean;
	csvDelimiter: ',' | ';';
	csvBom: boolean;
	/** The order of rows with equal sort keys: always the same, or another in every answer. */
	tieOrder: 'stable' | 'unstable';
	/** Where rows without the sort key stand. */
	nulls: 'last' | 'first';
	/** The shape of the list of dial tasks; see `services/tasks.ts`. */
	tasksShape: 'countItems' | 'identityObject' | 'itemsIdentity' | 'array' | 'data' | 'dataItems';
	/**
	 * `moscowShown`: startedAt, updatedAt and the messages' times are shown three hours late and
	 * marked Z, as in the vendor's sample, and a period is compared with what is shown;
	 * `moscowShownFilterTrue`: shown so, compared with the true time.
	 */
	clock: 'utc' | 'moscowShown' | 'moscowShownFilterTrue';
	/** The most rows that can be had for one period. */
	maxRowsPerPeriod: number;
	maxPageSize: number;
}

export const DEFAULT_READINGS: Readonly<Readings> = {
	from: 'inclusive',
	to: 'inclusive',
	compareToTheSecond: false,
	periodFractions: 'error',
	count: 'total',
	pageFrom: 0,
	answered: 'ANSWERED',
	unknownStatus: 'matchesNothing',
	extraFields: 'known',
	unknownField: 'error',
	pastCap: 'error',
	idFilter: 'list',
	otherFilters: 'exact',
	fileLimit: true,
	csvDelimiter: ',',
	csvBom: false,
	tieOrder: 'stable',
	nulls: 'last',
	tasksShape: 'countItems',
	clock: 'utc',
	maxRowsPerPeriod: MAX_ROWS_PER_PERIOD,
	maxPageSize: MAX_PAGE_SIZE,
};

/** The names of `given` that are no readings; for those who hand them in as JSON. */
export function unknownReadings(given: object): string[] {
	return Object.keys(given).filter((name) => !(name in DEFAULT_READINGS));
}
