import { Counter } from '../../paging/count';
import type { CountSlices } from '../../paging/count';
import type { SliceReading } from '../../paging/splitByRows';
import { timeOf } from '../../paging/instant';
import type { Row } from '../../paging/page';
import { MAX_PAGE_SIZE } from '../../report/catalogue';
import type { Requester } from '../../transport/request';
import type { CallQuery } from './callQuery';
import { collectCalls, fieldsNeeded, pagingOf } from './collectCalls';
import { pagesOf } from './report';
import type { RequestTemplate } from './requestTemplate';

/** Where all time begins when the API gives calls without a time: the earliest that "From" takes. */
const EARLIEST = Date.UTC(2000, 0, 1);

/** What there is to count in a query's period. */
export interface CallCount {
	/** When its first call is; undefined when there is none. Epoch milliseconds. */
	first: () => Promise<number | undefined>;
	count: CountSlices;
	/** How its calls can be read instead, where that takes fewer requests. */
	reading?: SliceReading;
}

/** Counts the calls of a query in slices of its period: as many as a search of the slice returns. */
export const countCalls = (
	requester: Requester,
	template: RequestTemplate,
	query: CallQuery,
	parallelRequests: number,
): CallCount => {
	const field = query.filterPeriodBy;
	if (query.id !== undefined)
		return countRows(readNamed(requester, template, query, parallelRequests), field);

	const fetchPage = pagesOf(requester, template, query, fieldsNeeded(query));
	const counter = new Counter(fetchPage, { ...pagingOf(query), parallel: parallelRequests });
	const sort = { field, direction: 'asc' } as const;
	return {
		first: async () => {
			const { items } = await fetchPage({ to: Date.parse(query.to), sort, offset: 0, limit: 1 });
			return items.length === 0 ? undefined : timeOf(items[0], field) || EARLIEST;
		},
		count: async (slices) => await counter.count(slices),
		reading: {
			readSeconds: async (slice) => await counter.readSeconds(slice),
			pageSize: MAX_PAGE_SIZE,
		},
	};
};

/** The calls that the filter "Call IDs" names: so few that they are read, once. */
const readNamed = async (
	requester: Requester,
	template: RequestTemplate,
	query: CallQuery,
	parallelRequests: number,
): Promise<Row[]> => {
	const sort = { field: query.filterPeriodBy, direction: 'asc' } as const;
	const named = { ...query, fields: fieldsNeeded(query).join(',') };
	const rows: Row[] = [];
	for await (const batch of collectCalls(requester, template, named, {
		sort,
		offset: 0,
		parallelRequests,
	})) {
		for (const row of batch) rows.push(row);
	}
	return rows;
};

const countRows = (reading: Promise<Row[]>, field: string): CallCount => {
	// A failure is met by whoever asks first.
	const times = reading.then((rows) => rows.map((row) => timeOf(row, field)));
	times.catch(() => {});
	return {
		first: async () => (await times)[0],
		count: async (slices) => {
			const known = await times;
			return slices.map(({ from, to }) => known.filter((time) => time >= from && time < to).length);
		},
	};
};
