import type { INodeProperties } from 'n8n-workflow';

import { REPORT } from '../../report/apiText';
import { countDescription } from './count/description';
import { executeCount } from './count/execute';
import { getDescription } from './get/description';
import { executeGet } from './get/execute';
import { getRecordingDescription } from './getRecording/description';
import { executeGetRecording } from './getRecording/execute';
import { searchDescription } from './search/description';
import { executeSearch } from './search/execute';
import { startDescription } from './start/description';
import { executeStart } from './start/execute';

export const callDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['call'] } },
		// What each operation makes of the resource's request is its function under `pagination`.
		routing: { request: { method: 'GET', url: REPORT.path }, send: { paginate: true } },
		options: [
			{
				name: 'Count',
				value: 'count',
				action: 'Count calls',
				description:
					'Count the calls of a period, as a whole or by hour, day, week, month or number of calls',
				routing: { operations: { pagination: executeCount } },
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get call',
				description: 'Get one call by its ID',
				routing: { operations: { pagination: executeGet } },
			},
			{
				name: 'Get Recording',
				value: 'getRecording',
				action: 'Get recording',
				description: 'Get the recording of a call as an mp3 file',
				routing: { operations: { pagination: executeGetRecording } },
			},
			{
				name: 'Search',
				value: 'search',
				action: 'Search calls',
				description: 'Get the calls of a period',
				routing: { operations: { pagination: executeSearch } },
			},
			{
				name: 'Start',
				value: 'start',
				action: 'Start call',
				description:
					'Start a call to a person at once. It rings a real person and costs money: in an AI agent, let a person approve it.',
				routing: { operations: { pagination: executeStart } },
			},
		],
		default: 'search',
	},
	...searchDescription,
	...countDescription,
	...getDescription,
	...getRecordingDescription,
	...startDescription,
];
