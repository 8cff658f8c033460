import type { INodeProperties } from 'n8n-workflow';

import { urlExpression } from '../../transport/endpoints';
import { addToTaskDescription } from './addToTask/description';
import { executeAddToTask } from './addToTask/execute';
import { CANDIDATES_PATH } from './api';
import { cancelDescription } from './cancel/description';
import { executeCancel } from './cancel/execute';

export const contactDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['contact'] } },
		// What each operation makes of the resource's request is its function under `pagination`.
		routing: {
			request: { method: 'POST', baseURL: urlExpression('cis'), url: CANDIDATES_PATH },
			send: { paginate: true },
		},
		options: [
			{
				name: 'Add to Task',
				value: 'addToTask',
				action: 'Add contact to task',
				description:
					'Add contacts to a dial task. If the task runs, real people are phoned: in an AI agent, let a person approve it.',
				routing: { operations: { pagination: executeAddToTask } },
			},
			{
				name: 'Cancel',
				value: 'cancel',
				action: 'Cancel contact',
				description: 'Have a contact of a task phoned no more',
				routing: { operations: { pagination: executeCancel } },
			},
		],
		default: 'addToTask',
	},
	...addToTaskDescription,
	...cancelDescription,
];
