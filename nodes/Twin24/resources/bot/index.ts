import type { INodeProperties } from 'n8n-workflow';

import { urlExpression } from '../../transport/endpoints';
import { BOTS_PATH } from './api';
import { getManyDescription } from './getMany/description';
import { executeGetMany } from './getMany/execute';

export const botDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['bot'] } },
		// What each operation makes of the resource's request is its function under `pagination`.
		routing: {
			request: { method: 'GET', baseURL: urlExpression('bot'), url: BOTS_PATH },
			send: { paginate: true },
		},
		options: [
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many bots',
				description: 'Get the bots of the account with their IDs',
				routing: { operations: { pagination: executeGetMany } },
			},
		],
		default: 'getMany',
	},
	...getManyDescription,
];
