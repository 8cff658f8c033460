import { collect } from '../../paging/collect';
import type { CollectRequest } from '../../paging/collect';
import { sortRows } from '../../paging/order';
import type { Row, Sort } from '../../paging/page';
import { wasNotAccepted } from '../../transport/request';
import type { Requester } from '../../transport/request';
import type { CallQuery } from './callQuery';
import { namesIn, periodIn, statusesIn } from './callQuery';
import { MAX_PAGE_SIZE, MAX_ROWS_PER_PERIOD } from '../../report/catalogue';
import { pagesOf } from './report';
import type { RequestTemplate } from './requestTemplate';
import { canonicalStatus } from './values/filters';

export interface CallSelection {
	sort: Sort;
	/** Rows to skip. */
	offset: number;
	/** The most rows; all without it. */
	limit?: number;
	parallelRequests: number;
	/** Hand rows on window by window, see `collect`. */
	stream?: boolean;
	admit?: CollectRequest['admit'];
}

/** IDs that go into one request: 100 of 36 characters keep its address below 4 KB. */
const IDS_PER_REQUEST = 100;

/** When a call was made never changes: several pages are read in its order. */
const FIXED_FIELD = 'createdAt';

/** APIs, by base URL, that have been seen to understand several ids in one filter, or not to. */
const understandsIdLists = new Map<string, boolean>();

/**
 * The calls of a query with the fields that it names, as `collect` of the paging core gives them:
 * each once, in order, or an error.
 *
 * @returns batches of calls, whose fields are exactly those that were asked for and came
 */
export async function* collectCalls(
	requester: Requester,
	template: RequestTemplate,
	query: CallQuery,
	selection: CallSelection,
): AsyncGenerator<Row[]> {
	const wanted = namesIn(query.fields);
	const { sort, parallelRequests } = selection;
	const asked = [...new Set([...wanted, ...fieldsNeeded(query), 'updatedAt', sort.field])];
	const request: CollectRequest = {
		...selection,
		...pagingOf(query),
		period: periodIn(query),
		parallel: parallelRequests,
	};
	const ids = namesIn(query.id);
	const batches =
		ids.length > 1
			? collectByIds(requester, template, query, asked, ids, request)
			: collect(pagesOf(requester, template, query, asked, ids[0]), request);
	const pick = picker(wanted, asked);
	for await (const batch of batches) yield pick(batch);
}

/**
 * Several calls by their ids, in few requests where the API understands a list of ids. Whether it
 * does is unsure, so ids that a list did not bring are asked for one by one until it is known.
 */
async function* collectByIds(
	requester: Requester,
	template: RequestTemplate,
	query: CallQuery,
	asked: string[],
	ids: string[],
	request: CollectRequest,
): AsyncGenerator<Row[]> {
	const { baseUrl } = requester.account;
	const { offset = 0, limit, admit } = request;
	const found = new Map<string, Row>();
	const ask = async (filter: string) => {
		const all = { ...request, offset: 0, limit: undefined, stream: false, admit: undefined };
		for await (const batch of collect(pagesOf(requester, template, query, asked, filter), all)) {
			for (const row of batch) found.set(row.id, row);
		}
	};
	const missing = () => ids.filter((id) => !found.has(id));

	if (understandsIdLists.get(baseUrl) !== false) {
		try {
			for (let start = 0; start < ids.length; start += IDS_PER_REQUEST) {
				await ask(ids.slice(start, start + IDS_PER_REQUEST).join(','));
			}
			if (found.size > 1) understandsIdLists.set(baseUrl, true);
		} catch (error) {
			if (!wasNotAccepted(error)) return await Promise.reject(error); // nodeError.ts makes n8n's error of it, once
		}
	}
	if (understandsIdLists.get(baseUrl) !== true) {
		const before = found.size;
		const queue = missing();
		const workers = Array.from({ length: request.parallel }, async () => {
			for (let id = queue.shift(); id !== undefined; id = queue.shift()) await ask(id);
		});
		await Promise.all(workers);
		if (found.size > before) understandsIdLists.set(baseUrl, false);
	}
	const wantedIds = new Set(ids);
	const rows = sortRows(
		[...found.values()].filter(({ id }) => wantedIds.has(id.toLowerCase())),
		request.sort,
	);
	const result = rows.slice(offset, limit === undefined ? undefined : offset + limit);
	const refusal = admit?.(result.length, true);
	if (refusal) throw refusal;
	yield result;
}

/** The fields without which the calls of a query cannot be told apart from others. */
export const fieldsNeeded = (query: CallQuery): string[] => [
	...new Set(['id', FIXED_FIELD, query.filterPeriodBy]),
	...(query.status === undefined ? [] : ['status']),
];

/** What the paging core has to know of a query and of the API. */
export const pagingOf = (query: CallQuery) => {
	const statuses = new Set(statusesIn(query));
	return {
		periodField: query.filterPeriodBy,
		fixedField: FIXED_FIELD,
		pageSize: MAX_PAGE_SIZE,
		cap: MAX_ROWS_PER_PERIOD,
		// A status that the API does not know may be passed over, filter and all.
		keep:
			statuses.size === 0
				? undefined
				: ({ status }: Row) => typeof status !== 'string' || statuses.has(canonicalStatus(status)),
	};
};

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
