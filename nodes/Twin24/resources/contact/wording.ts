import { NodeOperationError } from 'n8n-workflow';

import { RequestError } from '../../transport/request';

/** External IDs in a sentence. */
export const listed = (externalIds: readonly string[]): string =>
	`external ID ${externalIds.join(', ')}`;

/**
 * The same error with more words in front of its remedy.
 * @param isShort whether only its first sentences are wanted, not the lists in it
 */
export const reworded = (error: unknown, words: string, isShort = false): unknown => {
	const { message, description = '' } = error as { message: string; description?: string };
	const rest = isShort ? '' : description;
	if (error instanceof RequestError)
		return error.reworded({ description: `${words} ${rest}`.trim() });
	if (error instanceof NodeOperationError) {
		return new NodeOperationError(error.node, message, {
			description: `${words} ${rest}`.trim(),
			itemIndex: error.context.itemIndex as number | undefined,
		});
	}
	return Object.assign(new Error(message), { description: `${words} ${rest}`.trim() });
};
