import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Service } from '../transport/endpoints';
import { createRequester } from '../transport/request';
import { hasWord, readEntries } from './entries';
import { connectionOf } from './requestOptions';

/** Entries asked for at a time: as many as one scrolls through. */
const PAGE_SIZE = 100;

/** How many pages without a match are passed over before the list is shown as it is. */
const MAX_PAGES = 10;

/** What is listed, and how to speak of it. */
interface Listed {
	service: Service;
	path: string;
	/** Further parameters of the request. */
	query?: IDataObject;
	/** Whether the API searches by `keyword`; if not, pages are searched here. */
	searches: boolean;
	/** E.g. "tasks". */
	many: string;
	/** What to do without the list. */
	remedy: string;
	/** What a status means here and not elsewhere. */
	reasons: Record<number, string>;
}

type PickFromList = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/**
 * Makes the method of a resource locator's list, which finds things by their names, page by page. Pages
 * count from 0; the token is the number of the page to go on with. It throws a NodeOperationError that
 * says why there is no list, and what to do without one.
 */
export const pickFromList = ({
	service,
	path,
	query,
	searches,
	many,
	remedy,
	reasons,
}: Listed): PickFromList =>
	async function (filter, paginationToken) {
		const keyword = filter?.trim() ?? '';
		const start = Number(paginationToken ?? 0);
		const word = searches && keyword !== '' ? { keyword } : {};
		try {
			const connection = connectionOf(this.getCurrentNodeParameter('requestOptions'));
			const { request } = await createRequester(this, {
				parallelRequests: 4,
				order: 0,
				connection,
			});
			for (let page = start; ; page++) {
				const asked = { ...query, page, limit: PAGE_SIZE, ...word };
				const entries = await request({ service, path, query: asked }, readEntries);
				const results = entries
					.filter(hasWord(keyword))
					.map(({ id, name }) => ({ name, value: id }));
				if (entries.length < PAGE_SIZE) return { results };
				if (results.length > 0 || page - start + 1 >= MAX_PAGES)
					return { results, paginationToken: String(page + 1) };
			}
		} catch (error) {
			const { message, description, status } = error as {
				message: string;
				description?: string;
				status?: number;
			};
			throw new NodeOperationError(
				this.getNode(),
				`The list of ${many} could not be loaded. ${reasons[status ?? 0] ?? message}`,
				{ description: `${remedy} ${description ?? ''}`.trim() },
			);
		}
	};
