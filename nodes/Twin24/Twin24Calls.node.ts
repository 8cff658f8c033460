import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { searchTasks } from './listSearch/searchTasks';
import { callDescription } from './resources/call';
import { urlExpression } from './transport/endpoints';

export class Twin24Calls implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Twin24 Calls',
		name: 'twin24Calls',
		icon: { light: 'file:twin24.svg', dark: 'file:twin24.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description:
			'Get the calls of the TWIN24 voice robot with their results, transcripts and recordings',
		defaults: { name: 'Twin24 Calls' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'twin24Api', required: true }],
		requestDefaults: {
			baseURL: urlExpression('analyse'),
		},
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [{ name: 'Call', value: 'call' }],
				default: 'call',
			},
			...callDescription,
		],
	};

	methods = { listSearch: { searchTasks } };
}
