import type { IDataObject } from 'n8n-workflow';

import type { SavedCredential, WorkflowFile } from './client';
import { chain, NO_OP, workflowNode } from './workflow-chain';

/** A trigger as it stands in its workflow. */
interface Trigger {
	name: string;
	/** The name unless given. */
	id?: string;
}

/**
 * A workflow that n8n starts each minute with the calls that have finished since.
 *
 * @param parameters those of the trigger that are not at their defaults
 */
export function finishedCallsWorkflow(
	{ name, id = name }: Trigger,
	credential: SavedCredential,
	parameters: IDataObject = {},
): WorkflowFile {
	return chain(
		'Finished calls',
		workflowNode(name, 'n8n-nodes-twin24.twin24CallsTrigger', {
			id,
			credential,
			parameters: {
				pollTimes: { item: [{ mode: 'everyMinute' }] },
				event: 'finished',
				...parameters,
			},
		}),
		workflowNode('Next', NO_OP),
	);
}

/** A workflow that TWIN24 starts at the end of a call, by a webhook of this ID. */
export function endedCallsWorkflow({ name, id = name }: Trigger, webhookId: string): WorkflowFile {
	return chain(
		'Ended calls',
		workflowNode(name, 'n8n-nodes-twin24.twin24EventsTrigger', { id, webhookId }),
		workflowNode('Next', NO_OP),
	);
}
