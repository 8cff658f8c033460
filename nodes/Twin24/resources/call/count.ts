import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { MAX_ROWS_PER_PERIOD } from '../../report/catalogue';
import { filtersParameter } from './parameters/filters';
import { parallelRequestsOption } from './parameters/options';
import { periodOptions, periodParameters } from './parameters/period';

const showOnlyForCount = { show: { resource: ['call'], operation: ['count'] } };

/** In the order of length, which serves better than that of the alphabet. */
const SLICES: INodePropertyOptions[] = [
	{ name: 'Nothing', value: 'none', description: 'One number for the whole period' },
	{ name: 'Hour', value: 'hour', description: 'One item per hour' },
	{ name: 'Day', value: 'day', description: 'One item per day' },
	{ name: 'Week', value: 'week', description: 'One item per week, from Monday' },
	{ name: 'Month', value: 'month', description: 'One item per month' },
	{
		name: 'Number of Calls',
		value: 'maxCalls',
		description:
			'As few items as possible, each with a limited number of calls, to fetch many calls part by part',
	},
];

export const countDescription: INodeProperties[] = [
	...periodParameters(showOnlyForCount),
	{
		displayName: 'Split By',
		name: 'splitBy',
		type: 'options',
		displayOptions: showOnlyForCount,
		options: SLICES,
		default: 'none',
		description:
			'Into which slices to split the period. Each item holds "from", "to" and "count", ready for a search with a custom period; slices without calls have the count 0.',
	},
	{
		displayName: 'Max Calls per Slice',
		name: 'maxCallsPerSlice',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MAX_ROWS_PER_PERIOD },
		displayOptions: { show: { ...showOnlyForCount.show, splitBy: ['maxCalls'] } },
		default: MAX_ROWS_PER_PERIOD,
		description:
			'The most calls in one slice. Only a single second that has more is a slice of more.',
	},
	filtersParameter(showOnlyForCount),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		displayOptions: showOnlyForCount,
		default: {},
		options: [...periodOptions.slice(0, 1), parallelRequestsOption, ...periodOptions.slice(1)],
	},
];
