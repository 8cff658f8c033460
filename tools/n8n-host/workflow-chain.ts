import type { IDataObject, INode } from 'n8n-workflow';

import type { SavedCredential, WorkflowFile } from './client';
import { CREDENTIAL_TYPE } from './emulator-credential';

/** Pixels between two nodes of a chain. */
const DISTANCE = 220;

/** What every chain of a test that is started by hand begins with. */
export const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';

/** Does nothing: what comes after a trigger that is looked at. */
export const NO_OP = 'n8n-nodes-base.noOp';

/** Settings of a node in a chain, all of which may be left out. */
type NodeSettings = Partial<Omit<INode, 'parameters'>> & {
	/** Those that are not at their defaults. */
	parameters?: IDataObject;
	/** The TWIN24 account to use. */
	credential?: SavedCredential;
};

/** A node of some type; its name is its id as well, unless one is given. */
export function workflowNode(
	name: string,
	type: string,
	{ parameters = {}, credential, ...settings }: NodeSettings = {},
): INode {
	return {
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: parameters as INode['parameters'],
		...(credential
			? { credentials: { [CREDENTIAL_TYPE]: { id: credential.id, name: credential.name } } }
			: {}),
		...settings,
	};
}

/** A workflow whose nodes run one after the other. */
export function chain(name: string, ...nodes: INode[]): WorkflowFile {
	const follows = (node: INode) => ({
		main: [[{ node: node.name, type: 'main' as const, index: 0 }]],
	});
	return {
		name,
		nodes: nodes.map((node, index) => ({ ...node, position: [index * DISTANCE, 0] })),
		connections: Object.fromEntries(
			nodes.slice(1).map((node, index) => [nodes[index].name, follows(node)]),
		),
	};
}
