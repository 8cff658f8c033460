import type { INodeProperties } from 'n8n-workflow';

import { SORT_FIELDS } from '../../report/catalogue';
import { fieldSetParameters } from './parameters/fieldSet';
import { filtersParameter } from './parameters/filters';
import { binaryPropertyOption, fileNameOption, parallelRequestsOption } from './parameters/options';
import { periodOptions, periodParameters } from './parameters/period';

const showOnlyForSearch = { show: { resource: ['call'], operation: ['search'] } };

/** TWIN24's own files hold all calls of the period: parts of a search are for the other outputs. */
const notForReports = { ...showOnlyForSearch, hide: { output: ['report'] } };

const onlyFor = (...outputs: string[]) => ({ displayOptions: { show: { '/output': outputs } } });

export const searchDescription: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		displayOptions: notForReports,
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { ...notForReports, show: { ...showOnlyForSearch.show, returnAll: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
	...periodParameters(showOnlyForSearch),
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		displayOptions: showOnlyForSearch,
		options: [
			{ name: 'Items', value: 'items', description: 'One item per call, up to 100,000 calls' },
			{
				name: 'CSV File',
				value: 'csv',
				description: 'One file with a line per call, for any number of calls',
			},
			{
				name: 'Report of TWIN24',
				value: 'report',
				description:
					'The files that TWIN24 itself makes, CSV or Excel: all calls of the period, at most 1,000 in a file',
			},
		],
		default: 'items',
		description: 'In which form to return the calls',
	},
	{
		displayName: 'Report Format',
		name: 'reportFormat',
		type: 'options',
		displayOptions: { show: { ...showOnlyForSearch.show, output: ['report'] } },
		options: [
			{ name: 'CSV', value: 'CSV' },
			{ name: 'Excel', value: 'EXCEL' },
		],
		default: 'CSV',
		description: 'The kind of file to have TWIN24 make',
	},
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
			{
				displayName: 'Archive',
				name: 'archive',
				type: 'boolean',
				...onlyFor('report'),
				default: false,
				description: 'Whether to have TWIN24 zip each file',
			},
			{ ...fileNameOption, ...onlyFor('csv', 'report') },
			...periodOptions.slice(0, 1),
			{
				displayName: 'Offset',
				name: 'offset',
				type: 'number',
				typeOptions: { minValue: 0 },
				...onlyFor('items', 'csv'),
				default: 0,
				description: 'How many calls to skip',
			},
			{
				displayName: 'Page',
				name: 'page',
				type: 'number',
				typeOptions: { minValue: 1 },
				displayOptions: { show: { '/returnAll': [false], '/output': ['items', 'csv'] } },
				default: 1,
				description: 'Which page of Limit calls to return, from 1',
			},
			parallelRequestsOption,
			{ ...binaryPropertyOption, ...onlyFor('csv', 'report') },
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
