import { Counter } from '../paging/count';
import type { CountSlices } from '../paging/count';
import { timeOf } from '../paging/instant';
import type { SliceReading } from '../paging/splitByRows';
import type { Row } from '../paging/page';
import type { Requester } from '../transport/request';
import { MAX_PAGE_SIZE } from './catalogue';
import { pagesOf } from './pages';
import { proofOf } from './proof';
import type { CallQuery } from './query';
import { fieldsNeeded, pagingOf, searchCalls } from './search';

/** Where all time begins when the API gives calls without a time: the earliest that "From" takes. */
const EARLIEST = Date.UTC(2000, 0, 1);

/** What there is to count of a query. */
export interface CallCount {
	/** When its first and its last call are; undefined when there is none. Epoch milliseconds. */
	ends: () => Promise<{ first: number; last?: number } | undefined>;
	count: CountSlices;
	/** How its calls can be read instead, where that takes fewer requests. */
	reading?: SliceReading;
}

/**
 * Counts the calls of a query in slices of its period: as many as a search of the slice returns.
 * Calls that are named by their IDs are counted whenever they were, as a search finds them.
 */
export const countCalls = (
	requester: Requester,
	query: CallQuery,
	parallelRequests: number,
): CallCount => {
	if (query.filters.ids.length > 0) return countNamed(requester, query, parallelRequests);
	const { periodField: field, filters, period } = query;
	const { keep, settle } = proofOf(filters);
	const fetchPage = pagesOf(requester, query, fieldsNeeded(query));
	const counter = new Counter(fetchPage, {
		...pagingOf(query),
		keep,
		parallel: parallelRequests,
	});
	const sort = { field, direction: 'asc' } as const;
	return {
		ends: async () => {
			const { items } = await fetchPage({ to: period.to, sort, offset: 0, limit: 1 });
			return items.length === 0 ? undefined : { first: timeOf(items[0], field) || EARLIEST };
		},
		count: async (slices) => {
			const counts = await counter.count(slices);
			settle();
			return counts;
		},
		reading: {
			readSeconds: async (slice) => await counter.readSeconds(slice),
			pageSize: MAX_PAGE_SIZE,
		},
	};
};

/** The calls that the filter "Call IDs" names: so few that they are read, once. */
const countNamed = (
	requester: Requester,
	query: CallQuery,
	parallelRequests: number,
): CallCount => {
	const { periodField: field } = query;
	const reading = readNamed(requester, query, parallelRequests).then((rows) =>
		rows.map((row) => timeOf(row, field)).filter((time) => !Number.isNaN(time)),
	);
	// A failure is met by whoever asks first.
	reading.catch(() => {});
	return {
		ends: async () => {
			const times = await reading;
			return times.length === 0 ? undefined : { first: times[0], last: times[times.length - 1] };
		},
		count: async (slices) => {
			const times = await reading;
			return slices.map(({ from, to }) => times.filter((time) => time >= from && time < to).length);
		},
	};
};

const readNamed = async (
	requester: Requester,
	query: CallQuery,
	parallelRequests: number,
): Promise<Row[]> => {
	const sort = { field: query.periodField, direction: 'asc' } as const;
	const named = { ...query, fields: fieldsNeeded(query) };
	const rows: Row[] = [];
	for await (const batch of searchCalls(requester, named, { sort, offset: 0, parallelRequests })) {
		for (const row of batch) rows.push(row);
	}
	return rows;
};
