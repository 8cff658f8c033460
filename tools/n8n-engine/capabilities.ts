import type { INode } from 'n8n-workflow';

import { loadN8n } from './modules';

/**
 * Whether this n8n keeps the error inside the one that it throws for a request. Older ones drop it, and with it the
 * headers of the answer and every body that is not a JSON object: no node can tell those then.
 */
export function keepsInnerErrors(): boolean {
	const { NodeApiError } = loadN8n().workflow;
	return new NodeApiError({} as INode, new Error('inner') as never).cause !== undefined;
}

/** n8n 1 holds what it downloads in memory, and keeps an error item's error out of its json. */
export const isN8n1 = (): boolean => loadN8n().version.startsWith('1.');

/** Whether this n8n can keep a polling node's data by the node's ID, as its durable scheduler does. */
export const hasDurableCursors = (): boolean =>
	/commitCursor/.test(loadN8n().core.PollContext.toString());

/**
 * Whether this n8n notices that what is called compressed is not. 1.118.1 and 2.0.0 wait, until the node's own time limit
 * for a request.
 */
export const noticesDamagedAnswers = (): boolean => !/^(1\.|2\.0\.)/.test(loadN8n().version);
