import type { IDataObject, INode } from 'n8n-workflow';

import type { SavedCredential, WorkflowFile } from './client';
import { chain, MANUAL_TRIGGER, workflowNode } from './workflow-chain';

/** The name of the package's node in workflows made here. */
export const CALLS = 'TWIN24 Calls';

/**
 * A workflow of a Manual Trigger and one TWIN24 Calls node.
 *
 * @param parameters those of the node that are not at their defaults
 */
export function callsWorkflow(
	name: string,
	credential: SavedCredential,
	parameters: IDataObject,
	settings: Partial<Omit<INode, 'parameters'>> = {},
): WorkflowFile {
	return chain(
		name,
		workflowNode('When clicking ‘Execute workflow’', MANUAL_TRIGGER, { id: 'trigger' }),
		workflowNode(CALLS, 'n8n-nodes-twin24.twin24Calls', {
			id: 'calls',
			parameters,
			credential,
			...settings,
		}),
	);
}
