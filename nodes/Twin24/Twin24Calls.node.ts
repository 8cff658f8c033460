import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { botDescription } from './resources/bot';
import { searchBots } from './resources/bot/searchBots';
import { callDescription } from './resources/call';
import { contactDescription } from './resources/contact';
import { taskDescription } from './resources/task';
import { searchTasks } from './resources/task/searchTasks';
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
			'Let the TWIN24 voice robot phone people, and get its calls with their results, transcripts and recordings',
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
				options: [
					{ name: 'Bot', value: 'bot' },
					{ name: 'Call', value: 'call' },
					{ name: 'Contact', value: 'contact' },
					{ name: 'Task', value: 'task' },
				],
				default: 'call',
			},
			...botDescription,
			...callDescription,
			...contactDescription,
			...taskDescription,
		],
	};

	methods = { listSearch: { searchBots, searchTasks } };
}
