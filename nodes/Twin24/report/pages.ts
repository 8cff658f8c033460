import type { FetchPage, Page, Row } from '../paging/page';
import type { Requester } from '../transport/request';
import { withStatuses } from './answeredStatus';
import { pageParameters, queryParameters, REPORT } from './apiText';
import type { CallQuery } from './query';
import { namingRareFields } from './rareFields';
import { samePage } from './samePage';

/**
 * A page of the calls report in an answer's body.
 * @returns undefined when the body is none: no list, or a call without an ID
 */
export const readPage = (body: unknown): Page | undefined => {
	const { count, items } = (body ?? {}) as { count?: unknown; items?: unknown };
	const total = typeof count === 'string' && count.trim() !== '' ? Number(count) : count;
	const known = typeof total === 'number' && Number.isInteger(total) && total >= 0;
	// An empty list may come as null, but then the count says so.
	const rows = total === 0 && items === null ? [] : items;
	if (!Array.isArray(rows) || !rows.every(isRow)) return undefined;
	return { ...(known ? { count: total } : {}), items: rows };
};

const isRow = (item: unknown): item is Row =>
	typeof item === 'object' &&
	item !== null &&
	typeof (item as Row).id === 'string' &&
	(item as Row).id !== '';

/**
 * Asks the calls report for the pages of one query.
 * @param fields asked for with every page
 */
export const pagesOf = (
	{ account, execution, request }: Requester,
	query: CallQuery,
	fields: string[],
): FetchPage => {
	const { baseUrl, email, companyId } = account;
	const fixed = queryParameters(query, fields);
	return async (page, unwanted, received) => {
		const statuses =
			page.filter?.status === undefined ? query.filters.statuses : [page.filter.status];
		const asked = { ...fixed, ...pageParameters(page) };
		const fetch = async (unwanted?: AbortSignal) =>
			await namingRareFields(
				fields,
				async () =>
					await withStatuses(baseUrl, statuses, async (status) => {
						const query = { ...asked, ...status };
						return await request({ ...REPORT, query }, readPage, { unwanted, received });
					}),
			);
		const key = JSON.stringify([baseUrl, email, companyId, statuses, asked]);
		return await samePage(execution, key, fetch, unwanted);
	};
};
