import type { IDataObject } from 'n8n-workflow';

import type { PageQuery, Sort } from '../paging/types';
import type { CallFilters } from './query';

/** The calls report, a service of its own. */
export const REPORT = { service: 'analyse', path: '/api/v1/search/cis/calls' } as const;

/** To the second and with an offset, as the API asks for: `2022-03-01T21:30:54+00:00`. */
export const apiTime = (instant: number): string =>
	`${new Date(instant).toISOString().slice(0, 19)}+00:00`;

/** Descending order is marked by a minus before the field's name. */
export const apiSort = ({ field, direction }: Sort): string =>
	`${direction === 'desc' ? '-' : ''}${field}`;

/** What is asked for with every page, whichever. Statuses are asked for in several ways, see `answeredStatus.ts`. */
export const filterParameters = ({ keyword, equal }: CallFilters): IDataObject => ({
	...equal,
	...(keyword === undefined ? {} : { keyword }),
});

/** One page. `from` and `to` are whole seconds. */
export const pageParameters = ({ from, to, sort, offset, limit }: PageQuery): IDataObject => ({
	...(from === undefined ? {} : { from: apiTime(from) }),
	to: apiTime(to),
	sort: apiSort(sort),
	limit,
	offset,
});
