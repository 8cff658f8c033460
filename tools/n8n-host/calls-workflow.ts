import type { IDataObject, INode } from 'n8n-workflow';

import type { SavedCredential, WorkflowFile } from './client';
import { CREDENTIAL_TYPE } from './emulator-credential';

const TRIGGER = 'When clicking ‘Execute workflow’';

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
	settings: Partial<INode> = {},
): WorkflowFile {
	const trigger: INode = {
		id: 'trigger',
		name: TRIGGER,
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const calls: INode = {
		id: 'calls',
		name: CALLS,
		type: 'n8n-nodes-twin24.twin24Calls',
		typeVersion: 1,
		position: [220, 0],
		parameters: parameters as INode['parameters'],
		credentials: { [CREDENTIAL_TYPE]: { id: credential.id, name: credential.name } },
		...settings,
	};
	return {
		name,
		nodes: [trigger, calls],
		connections: { [TRIGGER]: { main: [[{ node: CALLS, type: 'main', index: 0 }]] } },
	};
}
