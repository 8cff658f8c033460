import type { INodeProperties } from 'n8n-workflow';

import { countDescription } from './count';
import { executeCount } from './executeCount';
import { executeGet } from './executeGet';
import { executeGetRecording } from './executeGetRecording';
import { executeSearch } from './executeSearch';
import { getDescription } from './get';
import { getRecordingDescription } from './getRecording';
import { CALLS_URL } from './report';
import { searchDescription } from './search';

const showOnlyForCalls = { show: { resource: ['call'] } };

export const callDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: showOnlyForCalls,
		options: [
			{
				name: 'Count',
				value: 'count',
				action: 'Count calls',
				description:
					'Count the calls of a period, as a whole or by hour, day, week, month or number of calls',
				routing: {
					request: { method: 'GET', url: CALLS_URL },
					send: { paginate: true },
					operations: { pagination: executeCount },
				},
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get call',
				description: 'Get one call by its ID',
				routing: {
					request: { method: 'GET', url: CALLS_URL },
					send: { paginate: true },
					operations: { pagination: executeGet },
				},
			},
			{
				name: 'Get Recording',
				value: 'getRecording',
				action: 'Get recording',
				description: 'Get the recording of a call as an mp3 file',
				routing: {
					request: { method: 'GET', url: CALLS_URL },
					send: { paginate: true },
					operations: { pagination: executeGetRecording },
				},
			},
			{
				name: 'Search',
				value: 'search',
				action: 'Search calls',
				description: 'Get the calls of a period',
				routing: {
					request: { method: 'GET', url: CALLS_URL },
					send: { paginate: true },
					operations: { pagination: executeSearch },
				},
			},
		],
		default: 'search',
	},
	...searchDescription,
	...countDescription,
	...getDescription,
	...getRecordingDescription,
];
