import type { IExecutePaginationFunctions } from 'n8n-workflow';

/**
 * Whether this is the retry of an execution that ended with n8n itself, after the node before this one
 * had done its work: this one may have sent people then, and n8n has saved nothing of it.
 *
 * After a crash n8n makes the runs anew from its log of events, each with one item that says so, and a
 * retry begins at the trigger; seen in n8n 2.41.
 */
export const isRetryOfCrash = (context: IExecutePaginationFunctions): boolean => {
	if (context.getMode() !== 'retry') return false;
	const source = context.getExecuteData().source?.main?.[0];
	if (!source) return false;
	const { previousNode, previousNodeOutput = 0 } = source;
	const firstItemOfFirstRun = `{{ $items(${JSON.stringify(previousNode)}, ${previousNodeOutput}, 0)[0]?.json.isArtificialRecoveredEventItem }}`;
	try {
		return context.evaluateExpression(firstItemOfFirstRun, 0) === true;
	} catch {
		// The first run gave out nothing there.
		return false;
	}
};
