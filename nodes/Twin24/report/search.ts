import { collect } from '../paging/collect';
import type { CollectRequest } from '../paging/collect';
import { sortRows } from '../paging/order';
import type { Row, Sort } from '../paging/page';
import type { Requester } from '../transport/request';
import { CALL_STATUSES, MAX_PAGE_SIZE, MAX_ROWS_PER_PERIOD, SORT_FIELDS } from './catalogue';
import { ExpectedRows } from './expectedRows';
import { lookUp } from './lookup';
import { pagesOf } from './pages';
import { proofOf } from './proof';
import type { Proof } from './proof';
import type { CallQuery } from './query';

/** When a call was made never changes: several pages are read in its order. */
const FIXED_FIELD = 'createdAt';

const STATUSES = CALL_STATUSES.map(({ value }) => value);

/** Which of the calls that match, and in which order. */
export interface CallSelection {
	sort: Sort;
	/** Calls to skip. */
	offset: number;
	/** The most calls; all without it. */
	limit?: number;
	/** Requests in flight, 1 or more. */
	parallelRequests: number;
	/** Hand calls on window by window, see `collect`. */
	stream?: boolean;
	admit?: CollectRequest['admit'];
}

/**
 * The calls of a query with the fields that it names, as `collect` of the paging core gives them:
 * each once, in order, or an error. Every filter but the keyword is proved on the calls that come.
 *
 * @returns batches of calls, whose fields are exactly those that were asked for and came
 * @throws what `collect` throws; UnprovenFilterError when a filter cannot be proved
 */
export async function* searchCalls(
	requester: Requester,
	query: CallQuery,
	selection: CallSelection,
): AsyncGenerator<Row[]> {
	const proof = proofOf(query.filters);
	const asked = [...new Set([...query.fields, ...fieldsNeeded(query), selection.sort.field])];
	const batches =
		query.filters.ids.length > 0
			? byIds(requester, query, asked, proof, selection)
			: byPeriod(requester, query, asked, proof, selection);
	const pick = picker(query.fields, asked);
	for await (const batch of batches) yield pick(batch);
	proof.settle();
}

async function* byPeriod(
	requester: Requester,
	query: CallQuery,
	asked: string[],
	{ keep }: Proof,
	{ parallelRequests, ...selection }: CallSelection,
): AsyncGenerator<Row[]> {
	const { offset, limit } = selection;
	const expected = new ExpectedRows(requester.account, query, limit && offset + limit);
	let rows = offset;
	const batches = collect(pagesOf(requester, query, asked), {
		...selection,
		...pagingOf(query),
		keep,
		period: query.period,
		parallel: parallelRequests,
		expected: expected.rows,
	});
	for await (const batch of batches) {
		rows += batch.length;
		yield batch;
	}
	expected.remember(rows);
}

/** Calls named by their IDs, of whatever time, held against the other filters here. */
async function* byIds(
	requester: Requester,
	{ filters: { ids, keyword } }: CallQuery,
	fields: string[],
	{ keep = () => true }: Proof,
	{ sort, offset, limit, parallelRequests, admit }: CallSelection,
): AsyncGenerator<Row[]> {
	const found = await lookUp(requester, { ids, fields, parallelRequests, keyword });
	const rows = sortRows([...found.values()].filter(keep), sort);
	const result = rows.slice(offset, limit === undefined ? undefined : offset + limit);
	const refusal = admit?.(result.length, true);
	if (refusal) throw refusal;
	yield result;
}

/** The fields without which the calls of a query cannot be told apart from others, nor put in order. */
export const fieldsNeeded = ({ periodField, filters }: CallQuery): string[] => [
	...new Set(['id', FIXED_FIELD, periodField, 'updatedAt', ...proofOf(filters).fields]),
];

/** What the paging core has to know of a query and of the API. */
export const pagingOf = ({ filters, periodField }: CallQuery) => ({
	periodField,
	fixedField: FIXED_FIELD,
	otherSortFields: SORT_FIELDS,
	partitions: (filters.statuses.length > 0 ? filters.statuses : STATUSES).map((status) => ({
		status,
	})),
	pageSize: MAX_PAGE_SIZE,
	cap: MAX_ROWS_PER_PERIOD,
});

/** Leaves in a call what the user wants, in the order of the catalogue. */
const picker = (wanted: string[], asked: string[]) => {
	if (asked.length === wanted.length) return (rows: Row[]) => rows;
	return (rows: Row[]) =>
		rows.map((row) => {
			const picked: Record<string, unknown> = {};
			for (const name of wanted) if (name in row) picked[name] = row[name];
			return picked as Row;
		});
};
