import type { INodeProperties } from 'n8n-workflow';

import { urlExpression } from '../../transport/endpoints';
import { TASKS_PATH } from './api';
import { createDescription } from './create/description';
import { executeCreate } from './create/execute';
import { getDescription } from './get/description';
import { executeGet } from './get/execute';
import { getManyDescription } from './getMany/description';
import { executeGetMany } from './getMany/execute';
import { pauseDescription } from './pause/description';
import { executePause } from './pause/execute';
import { startDescription } from './start/description';
import { executeStart } from './start/execute';
import { stopDescription } from './stop/description';
import { executeStop } from './stop/execute';

export const taskDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['task'] } },
		// What each operation makes of the resource's request is its function under `pagination`.
		routing: {
			request: { method: 'GET', baseURL: urlExpression('cis'), url: TASKS_PATH },
			send: { paginate: true },
		},
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create task',
				description: 'Create a dial task; nobody is phoned until it is started',
				routing: { operations: { pagination: executeCreate } },
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get task',
				description: 'Get a dial task with its status and counters',
				routing: { operations: { pagination: executeGet } },
			},
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many tasks',
				description: 'Get the dial tasks of the account',
				routing: { operations: { pagination: executeGetMany } },
			},
			{
				name: 'Pause',
				value: 'pause',
				action: 'Pause task',
				description: 'Phone nobody of a task until it is started again',
				routing: { operations: { pagination: executePause } },
			},
			{
				name: 'Start',
				value: 'start',
				action: 'Start task',
				description:
					'Phone the people of a task. It rings real people and costs money: in an AI agent, let a person approve it.',
				routing: { operations: { pagination: executeStart } },
			},
			{
				name: 'Stop',
				value: 'stop',
				action: 'Stop task',
				description:
					'Stop a task for good: there is no way back, nobody in it is phoned again. "Pause" can be taken back.',
				routing: { operations: { pagination: executeStop } },
			},
		],
		default: 'getMany',
	},
	...createDescription,
	...getDescription,
	...getManyDescription,
	...pauseDescription,
	...startDescription,
	...stopDescription,
];
