import type { INodeProperties } from 'n8n-workflow';

import { binaryPropertyOption, fileNameOption, parallelRequestsOption } from './parameters/options';

const showOnlyForGetRecording = { show: { resource: ['call'], operation: ['getRecording'] } };

export const getRecordingDescription: INodeProperties[] = [
	{
		displayName: 'Recording',
		name: 'recording',
		type: 'resourceLocator',
		displayOptions: showOnlyForGetRecording,
		required: true,
		default: { mode: 'id', value: '' },
		description: 'The call whose recording to get, or the address of the recording',
		modes: [
			{
				displayName: 'By Call ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 99c5b0fe-fa95-40e8-8a47-f90774c336cd',
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: 'e.g. https://minio.twin24.ai/…/99c5b0fe-fa95-40e8-8a47-f90774c336cd.mp3',
				hint: 'The field "recordPath" of a call. The TWIN24 login is not sent to this address.',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		displayOptions: showOnlyForGetRecording,
		default: {},
		options: [
			{
				...fileNameOption,
				description:
					'Name of the file, without its extension. Empty: phone number and date of the call.',
			},
			parallelRequestsOption,
			binaryPropertyOption,
		],
	},
];
