import type { IDataObject, INode } from 'n8n-workflow';

import type { SavedCredential, WorkflowFile } from '../../n8n-host';
import { chain, workflowNode } from '../../n8n-host/workflow-chain';
import { httpPages } from '../httpPages';
import { PERIOD } from '../work';
import type { FieldSet } from '../work';

/** Who fetches in n8n. */
export type HostLane = 'node' | 'http';

interface Asked {
	/** The webhook's path. */
	path: string;
	/** The emulator's address. */
	url: string;
	fieldSet: FieldSet;
	credential: SavedCredential;
}

/**
 * A webhook, the nodes to be measured, and an answer: the first item, which costs nothing, or
 * `{ calls }`, the number of items, for which n8n has to start its engine for expressions. Nothing is
 * saved, so that n8n's database is not what is measured.
 */
export const benchWorkflow = (
	lane: HostLane,
	asked: Asked,
	answer: 'first item' | 'number of items',
): WorkflowFile => {
	const fetching = lane === 'node' ? [search(asked)] : [request(asked), splitOut];
	return {
		...chain(
			`Bench ${asked.path}`,
			base('Webhook', 2, { path: asked.path, responseMode: 'lastNode', options: {} }, asked.path),
			...fetching,
			answer === 'first item' ? base('Limit', 1) : count,
		),
		settings: {
			saveDataSuccessExecution: 'none',
			saveDataErrorExecution: 'none',
			saveExecutionProgress: false,
		},
	};
};

/** Search with its default settings, but for the period, the fields and "Return All". */
const search = ({ fieldSet, credential }: Asked): INode =>
	workflowNode('Search', 'n8n-nodes-twin24.twin24Calls', {
		credential,
		parameters: { returnAll: true, period: 'custom', ...PERIOD, fieldSet },
	});

const request = ({ url, fieldSet, credential }: Asked): INode =>
	workflowNode('Request', 'n8n-nodes-base.httpRequest', {
		typeVersion: 4.2,
		credential,
		parameters: httpPages(url, fieldSet),
	});

/** One of n8n's own nodes, by its type. */
const base = (
	type: string,
	typeVersion: number,
	parameters: IDataObject = {},
	webhookId?: string,
): INode =>
	workflowNode(type, `n8n-nodes-base.${type[0].toLowerCase()}${type.slice(1)}`, {
		typeVersion,
		parameters,
		webhookId,
	});

const splitOut = base('SplitOut', 1, { fieldToSplitOut: 'items', options: {} });

const count: INode = {
	...base('Set', 3.4, {
		assignments: {
			assignments: [
				{ id: 'calls', name: 'calls', value: '={{ $input.all().length }}', type: 'number' },
			],
		},
		options: {},
	}),
	executeOnce: true,
};
