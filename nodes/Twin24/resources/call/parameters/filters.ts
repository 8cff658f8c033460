import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { CALL_FIELDS, CALL_STATUSES } from '../../../report/catalogue';
import { filterRouting, otherFieldsRouting } from '../routing';

/** Fields that have a filter of their own. */
const OWN_FILTER = ['id', 'phone', 'status', 'taskId'];

const filterOptions: INodeProperties[] = [
	{
		displayName: 'Call IDs',
		name: 'callIds',
		type: 'string',
		placeholder: 'e.g. 99c5b0fe-fa95-40e8-8a47-f90774c336cd',
		default: '',
		description:
			'One ID, several separated by commas, or an array from an expression. The period applies to them too.',
		routing: filterRouting('callIds'),
	},
	{
		displayName: 'Keyword',
		name: 'keyword',
		type: 'string',
		placeholder: 'e.g. callback',
		default: '',
		description: 'A word to look for in all fields of a call',
		routing: filterRouting('keyword'),
	},
	{
		displayName: 'Other Fields',
		name: 'otherFields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Field',
		default: {},
		description: 'Further fields and the value that each must have',
		routing: otherFieldsRouting,
		options: [
			{
				displayName: 'Field',
				name: 'field',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'options',
						options: CALL_FIELDS.filter(({ name }) => !OWN_FILTER.includes(name)).map(
							({ name, label, description }) => ({
								name: label,
								value: name,
								description,
							}),
						),
						default: 'botId',
						description: 'Field of the call',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						description: 'Value that the field must have',
					},
				],
			},
		],
	},
	{
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		placeholder: 'e.g. +7 999 999-99-99',
		default: '',
		description: 'Phone number of the client, written in any usual way',
		routing: filterRouting('phone'),
	},
	{
		displayName: 'Status',
		name: 'status',
		type: 'multiOptions',
		options: CALL_STATUSES.map(({ value, label, description }) => ({
			name: label,
			value,
			description,
		})),
		default: ['ANSWERED'],
		description: 'How the dialling ended; calls with any of these',
		routing: filterRouting('status'),
	},
	{
		displayName: 'Task',
		name: 'taskId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description: 'The dial task that the calls belong to',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a task…',
				typeOptions: { searchListMethod: 'searchTasks', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 71c30c27-4211-4e96-8ce7-fbb459aee6fe',
				hint: 'The ID of a task is the field "taskId" of its calls',
			},
		],
		routing: filterRouting('taskId'),
	},
];

/** Which calls by what they are. */
export const filtersParameter = (displayOptions: IDisplayOptions): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	displayOptions,
	default: {},
	description: 'Only calls that all of these apply to',
	options: filterOptions,
});
