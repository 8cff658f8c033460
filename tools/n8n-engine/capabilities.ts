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

/** n8n 1 waits for ever for an answer whose compression is none: its axios never settles. */
export const noticesDamagedAnswers = (): boolean => !isN8n1();
