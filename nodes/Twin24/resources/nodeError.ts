import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode, JsonObject } from 'n8n-workflow';

import { explained } from '../report/errors';
import { RequestError } from '../transport/request';

/**
 * The error that n8n shows, built once from ours: what happened as its message, what to do and the
 * API's own words as its description, and nothing of the request itself.
 */
export const toNodeError = (
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError => {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const { message, description } = (explained(error) ?? error) as {
		message?: string;
		description?: string;
	};
	const text = { message: message ?? String(error), description, itemIndex };
	if (error instanceof RequestError) {
		const httpCode = error.status === undefined ? undefined : String(error.status);
		return new NodeApiError(node, { message: text.message } as JsonObject, { ...text, httpCode });
	}
	return new NodeOperationError(node, text.message, text);
};
