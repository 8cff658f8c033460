import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { CALL_FIELDS } from '../../../report/catalogue';
import { sendFields } from '../routing';

/** Which fields of a call to return. */
export const fieldSetParameters = (displayOptions: IDisplayOptions): INodeProperties[] => [
	{
		displayName: 'Return',
		name: 'fieldSet',
		type: 'options',
		displayOptions,
		options: [
			{
				name: 'Simplified',
				value: 'simplified',
				description: 'The ten fields that most workflows need, the transcript as text among them',
			},
			{ name: 'All Fields', value: 'all', description: 'All 28 fields of a call' },
			{
				name: 'Selected Fields',
				value: 'selected',
				description: 'Only the fields that you choose',
			},
		],
		default: 'simplified',
		description: 'Which fields of each call to return. Fewer fields are faster.',
		routing: { send: { preSend: [sendFields] } },
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'multiOptions',
		displayOptions: { ...displayOptions, show: { ...displayOptions.show, fieldSet: ['selected'] } },
		options: CALL_FIELDS.map(({ name, label, description, notEverywhere }) => ({
			name: label,
			value: name,
			description: notEverywhere
				? `${description}. Not every edition of the API knows it.`
				: description,
		})),
		default: ['id', 'phone', 'status'],
		description: 'The fields of each call to return',
	},
];
