import type { INodeProperties } from 'n8n-workflow';

import { fieldSetParameters } from './parameters/fieldSet';
import { sendCallId } from './routing';

const showOnlyForGet = { show: { resource: ['call'], operation: ['get'] } };

export const getDescription: INodeProperties[] = [
	{
		displayName: 'Call ID',
		name: 'callId',
		type: 'string',
		placeholder: 'e.g. 99c5b0fe-fa95-40e8-8a47-f90774c336cd',
		displayOptions: showOnlyForGet,
		required: true,
		default: '',
		description: 'ID of the call, as a search returns it',
		routing: { send: { type: 'query', property: 'id', preSend: [sendCallId] } },
	},
	...fieldSetParameters(showOnlyForGet),
];
