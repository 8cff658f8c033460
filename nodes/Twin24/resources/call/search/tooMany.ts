/** The most calls that a search returns as items. */
const MAX_ITEMS = 100_000;

/**
 * n8n's declarative engine overflows its stack when one input item yields more than 123,296 items
 * (measured with n8n 2.41.1), so a search stops short of that with a way round.
 */
class TooManyCallsError extends Error {
	readonly description =
		'Choose "Output As: CSV File", which holds any number of calls. Or fetch them in parts: split the period with "Count" and "Split By: Number of Calls", then loop over its slices and search each with "Period: Custom". Or narrow the period and the filters.';

	constructor(count: number, exact: boolean) {
		super(
			`The search matches ${exact ? '' : 'at least '}${count.toLocaleString('en-US')} calls; one search returns at most ${MAX_ITEMS.toLocaleString('en-US')} as items`,
		);
		this.name = 'TooManyCallsError';
	}
}

/** A count of the API may hold a few calls from just outside the period; as a share of the most. */
const TOLERANCE = 0.01;

/** @returns why that many calls cannot become items; undefined when they can */
export const admitItems = (calls: number, exact: boolean): Error | undefined =>
	calls > MAX_ITEMS * (exact ? 1 : 1 + TOLERANCE) ? new TooManyCallsError(calls, exact) : undefined;
