import { NodeOperationError } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { createRequester } from '../transport/request';
import { readTaskPage } from './taskPage';
import type { Task } from './taskPage';

/** The dial tasks, from the host "Tasks URL". Its pages count from 0. */
const TASKS_PATH = '/api/v1/telephony/autoCall';

/** Tasks asked for at a time: as many as one scrolls through. */
const PAGE_SIZE = 100;

/** How many pages without a match are passed over before the list is shown as it is. */
const MAX_PAGES = 10;

/** What a status means here and not for the calls report. */
const REASONS: Record<number, string> = {
	403: 'This TWIN24 account may not read the dial tasks (HTTP 403)',
	404: 'There are no dial tasks at the Tasks URL of the credential (HTTP 404)',
};

/**
 * Finds dial tasks by their names, page by page, for a resource locator's list.
 *
 * @param filter what the user typed
 * @param paginationToken the number of the page to go on with
 * @throws NodeOperationError that says why there is no list, and that "By ID" works without one
 */
export async function searchTasks(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const keyword = filter?.trim() ?? '';
	const start = Number(paginationToken ?? 0);
	try {
		const { request } = await createRequester(this, { parallelRequests: 4, order: 0 });
		for (let page = start; ; page++) {
			const qs = { page, limit: PAGE_SIZE, ...(keyword === '' ? {} : { keyword }) };
			const tasks = await request({ service: 'cis', path: TASKS_PATH, query: qs }, readTaskPage);
			const results = tasks.filter(matches(keyword)).map(({ id, name }) => ({ name, value: id }));
			if (tasks.length < PAGE_SIZE) return { results };
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
			`The list of tasks could not be loaded. ${REASONS[status ?? 0] ?? message}`,
			{
				description:
					`Choose "By ID" and give the ID of the task, which is the field "taskId" of its calls. ${description ?? ''}`.trim(),
			},
		);
	}
}

/** The API's own search may look elsewhere than in names, or not take place. */
const matches = (keyword: string) => {
	const word = keyword.toLocaleLowerCase();
	return ({ id, name }: Task) =>
		word === '' || name.toLocaleLowerCase().includes(word) || id.toLowerCase() === word;
};
