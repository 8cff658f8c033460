import type { IDataObject, INode } from 'n8n-workflow';

import { CREDENTIAL_TYPE } from '../../n8n-host/emulator-credential';
import type { SavedCredential, WorkflowFile } from '../../n8n-host';
import { fieldsOf, PAGE, PERIOD, REPORT } from '../work';
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
	const nodes = [
		node('Webhook', 'webhook', 2, {
			path: asked.path,
			responseMode: 'lastNode',
			options: {},
		}),
		...(lane === 'node' ? [search(asked)] : [request(asked), splitOut]),
		answer === 'first item' ? node('Answer', 'limit', 1, {}) : count,
	];
	const connections: WorkflowFile['connections'] = {};
	for (const [index, { name }] of nodes.slice(0, -1).entries())
		connections[name] = { main: [[{ node: nodes[index + 1].name, type: 'main', index: 0 }]] };
	return {
		name: `Bench ${asked.path}`,
		nodes,
		connections,
		settings: {
			saveDataSuccessExecution: 'none',
			saveDataErrorExecution: 'none',
			saveExecutionProgress: false,
		},
	};
};

/** Search with its default settings, but for the period, the fields and "Return All". */
const search = ({ fieldSet, credential }: Asked): INode => ({
	...node('Search', 'n8n-nodes-twin24.twin24Calls', 1, {
		returnAll: true,
		period: 'custom',
		...PERIOD,
		fieldSet,
	}),
	credentials: named(credential),
});

/** n8n's HTTP Request node with Pagination, see `lanes/http.ts`. */
const request = ({ url, fieldSet, credential }: Asked): INode => {
	const query = { ...PERIOD, fields: fieldsOf(fieldSet), sort: '-createdAt', limit: String(PAGE) };
	return {
		...node('Request', 'httpRequest', 4.2, {
			url: `${url}${REPORT}`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: CREDENTIAL_TYPE,
			sendQuery: true,
			queryParameters: {
				parameters: Object.entries(query).map(([name, value]) => ({ name, value })),
			},
			options: {
				pagination: {
					pagination: {
						paginationMode: 'updateAParameterInEachRequest',
						parameters: {
							parameters: [{ type: 'qs', name: 'offset', value: `={{ $pageCount * ${PAGE} }}` }],
						},
						paginationCompleteWhen: 'other',
						completeExpression: `={{ $response.body.items.length < ${PAGE} }}`,
					},
				},
			},
		}),
		credentials: named(credential),
	};
};

const named = ({ id, name }: SavedCredential): INode['credentials'] => ({
	[CREDENTIAL_TYPE]: { id, name },
});

const node = (name: string, type: string, typeVersion: number, parameters: IDataObject): INode => ({
	id: name.toLowerCase(),
	name,
	type: type.includes('.') ? type : `n8n-nodes-base.${type}`,
	typeVersion,
	position: [0, 0],
	parameters: parameters as INode['parameters'],
	...(type === 'webhook' ? { webhookId: String(parameters.path) } : {}),
});

const count: INode = {
	...node('Answer', 'set', 3.4, {
		assignments: {
			assignments: [
				{ id: 'calls', name: 'calls', value: '={{ $input.all().length }}', type: 'number' },
			],
		},
		options: {},
	}),
	executeOnce: true,
};

const splitOut: INode = node('Split Out', 'splitOut', 1, { fieldToSplitOut: 'items', options: {} });
