import type { IDataObject } from 'n8n-workflow';

import type { PageQuery, Sort } from '../paging/page';
import type { CallFilters, CallQuery } from './query';

/** The calls report, a service of its own. */
export const REPORT = { service: 'analyse', path: '/api/v1/search/cis/calls' } as const;

/** To the second and with an offset, as the API asks for: `2022-03-01T21:30:54+00:00`. */
export const apiTime = (instant: number): string =>
	`${new Date(instant).toISOString().slice(0, 19)}+00:00`;

/** Fields by comma, the first one first; descending order is marked by a minus before the name. */
export const apiSort = (...sorts: Sort[]): string =>
	sorts.map(({ field, direction }) => `${direction === 'desc' ? '-' : ''}${field}`).join(',');

/**
 * What of the filters is asked for in one way only. Statuses are asked for in several, see
 * `answeredStatus.ts`.
 */
export const filterParameters = ({ keyword, equal, ids }: CallFilters): IDataObject => ({
	...equal,
	...(keyword === undefined ? {} : { keyword }),
	...(ids.length === 0 ? {} : { id: ids.join(',') }),
});

/** What is the same for all pages and files of a query. @param fields names of the fields to ask for */
export const queryParameters = (
	{ filters, periodField }: CallQuery,
	fields: string[],
): IDataObject => ({
	...filterParameters(filters),
	filterPeriodBy: periodField,
	fields: fields.join(','),
});

/** One page. `from` and `to` are whole seconds. */
export const pageParameters = ({
	from,
	to,
	sort,
	thenBy = [],
	offset,
	limit,
}: PageQuery): IDataObject => ({
	...(from === undefined ? {} : { from: apiTime(from) }),
	to: apiTime(to),
	sort: apiSort(sort, ...thenBy),
	limit,
	offset,
});
