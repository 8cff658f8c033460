import type { IDataObject } from 'n8n-workflow';

import type { FetchPage, Page, PageQuery, Row } from '../../paging/page';
import type { Requester } from '../../transport/request';
import { withStatuses } from './answeredStatus';
import type { CallQuery } from './callQuery';
import { filtersIn, statusesIn } from './callQuery';
import { namingRareFields } from './rareFields';
import type { RequestTemplate } from './requestTemplate';

export const CALLS_URL = '/api/v1/search/cis/calls';

/** To the second and with an offset, as the API asks for: `2022-03-01T21:30:54+00:00`. */
export const apiTime = (instant: number) => `${new Date(instant).toISOString().slice(0, 19)}+00:00`;

/**
 * A page of the calls report in an answer's body.
 * @returns undefined when the body is none: no list, or a call without an ID
 */
export const readPage = (body: unknown): Page | undefined => {
	const { count, items } = (body ?? {}) as { count?: unknown; items?: unknown };
	if (!Array.isArray(items) || !items.every(isRow)) return undefined;
	const total = typeof count === 'string' ? Number(count) : count;
	const known = typeof total === 'number' && Number.isInteger(total) && total >= 0;
	return { ...(known ? { count: total } : {}), items };
};

const isRow = (item: unknown): item is Row =>
	typeof item === 'object' &&
	item !== null &&
	typeof (item as Row).id === 'string' &&
	(item as Row).id !== '';

/**
 * Asks the calls report for the pages of one query.
 * @param template what n8n's routing made of the node: base URL, proxy, time-out
 * @param fields asked for with every page
 * @param ids one call or several, by comma; undefined for no such filter
 */
export const pagesOf = (
	{ account, request }: Requester,
	template: RequestTemplate,
	query: CallQuery,
	fields: string[],
	ids?: string,
): FetchPage => {
	const fixed: IDataObject = {
		...filtersIn(query),
		...(ids === undefined ? {} : { id: ids }),
		fields: fields.join(','),
	};
	return async (page, unwanted) =>
		await namingRareFields(
			fields,
			async () =>
				await withStatuses(
					account.baseUrl,
					statusesIn(query),
					async (filter) =>
						await request(
							{ ...template, url: CALLS_URL, qs: { ...fixed, ...filter, ...pageParameters(page) } },
							readPage,
							unwanted,
						),
				),
		);
};

const pageParameters = ({
	from,
	to,
	sort,
	thenBy = [],
	filter,
	offset,
	limit,
}: PageQuery): IDataObject => ({
	...filter,
	...(from === undefined ? {} : { from: apiTime(from) }),
	to: apiTime(to),
	sort: [sort, ...thenBy]
		.map(({ field, direction }) => `${direction === 'desc' ? '-' : ''}${field}`)
		.join(','),
	limit,
	offset,
});
