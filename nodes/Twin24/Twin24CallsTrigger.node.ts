import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { searchBots } from './resources/bot/searchBots';
import { searchTasks } from './resources/task/searchTasks';
import { triggerDescription } from './triggers/calls/description';
import { pollCalls } from './triggers/calls/pollCalls';

export class Twin24CallsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Twin24 Calls Trigger',
		name: 'twin24CallsTrigger',
		icon: { light: 'file:twin24.svg', dark: 'file:twin24.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{"call " + $parameter["event"]}}',
		description:
			'Starts the workflow when a call of the TWIN24 voice robot is created, finished or updated',
		defaults: { name: 'Twin24 Calls Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'twin24Api', required: true }],
		properties: triggerDescription,
	};

	methods = { listSearch: { searchBots, searchTasks } };

	poll = pollCalls;
}
