import type { INodeProperties } from 'n8n-workflow';

import { fieldSetParameters } from '../parameters/fieldSet';
import { filtersParameter } from '../parameters/filters';
import { parallelRequestsOption } from '../parameters/options';
import { CALL_EVENTS } from './events';

/** The trigger's parameters; fields and filters are those of a search. */
export const triggerDescription: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options: CALL_EVENTS.map(({ label, name, description }) => ({
			name: label,
			value: name,
			description,
		})),
		default: 'finished',
		description: 'What starts the workflow',
	},
	...fieldSetParameters({}),
	filtersParameter({}),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Overlap Minutes',
				name: 'overlapMinutes',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 1440 },
				default: 10,
				description:
					'For how many minutes after its time a call may still reach the report and be found. Every poll reads that much again; no call starts the workflow twice for it.',
			},
			parallelRequestsOption,
		],
	},
];
