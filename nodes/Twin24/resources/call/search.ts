import type { INodeProperties } from 'n8n-workflow';

import { SORT_FIELDS } from './fields';
import { fieldSetParameters } from './parameters/fieldSet';
import { filtersParameter } from './parameters/filters';
import { periodOptions, periodParameters } from './parameters/period';

const showOnlyForSearch = { show: { resource: ['call'], operation: ['search'] } };

export const searchDescription: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		displayOptions: showOnlyForSearch,
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { ...showOnlyForSearch.show, returnAll: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
	...periodParameters(showOnlyForSearch),
	...fieldSetParameters(showOnlyForSearch),
	filtersParameter(showOnlyForSearch),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		displayOptions: showOnlyForSearch,
		default: {},
		options: [
			...periodOptions.slice(0, 1),
			{
				displayName: 'Offset',
				name: 'offset',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description: 'How many calls to skip',
			},
			{
				displayName: 'Page',
				name: 'page',
				type: 'number',
				typeOptions: { minValue: 1 },
				displayOptions: { show: { '/returnAll': [false] } },
				default: 1,
				description: 'Which page of Limit calls to return, from 1',
			},
			{
				displayName: 'Parallel Requests',
				name: 'parallelRequests',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 10 },
				default: 4,
				description: 'How many requests may be under way at a time, in all workflows that use this account together',
			},
			{
				displayName: 'Sort By',
				name: 'sortBy',
				type: 'options',
				options: [
					{ name: 'Created At', value: SORT_FIELDS[0] },
					{ name: 'Duration', value: SORT_FIELDS[3] },
					{ name: 'Started At', value: SORT_FIELDS[2] },
					{ name: 'Updated At', value: SORT_FIELDS[1] },
				],
				default: 'createdAt',
				description: 'What to sort the calls by',
			},
			{
				displayName: 'Sort Direction',
				name: 'sortDirection',
				type: 'options',
				options: [
					{ name: 'Ascending', value: 'asc', description: 'Oldest or shortest first' },
					{ name: 'Descending', value: 'desc', description: 'Newest or longest first' },
				],
				default: 'desc',
				description: 'Which calls come first',
			},
			...periodOptions.slice(1),
		],
	},
];
