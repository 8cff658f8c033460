import type { IExecutePaginationFunctions } from 'n8n-workflow';

/**
 * How many input items n8n gave up before they came to us: an expression of theirs failed. With n8n's
 * batching they come in several turns, and none counts as missing.
 *
 * @param arrived how many came in this turn
 */
export const missingItems = (context: IExecutePaginationFunctions, arrived: number): number => {
	const { batching } = context.getNodeParameter('requestOptions', {}) as {
		batching?: { batch?: { batchInterval?: number } };
	};
	if ((batching?.batch?.batchInterval ?? 0) > 0) return 0;
	const { data } = context.getExecuteData();
	const all = (data.main ?? Object.values(data)[0])?.[0]?.length ?? 0;
	const count = context.getNode().executeOnce === true ? Math.min(all, 1) : all;
	return Math.max(0, count - arrived);
};
