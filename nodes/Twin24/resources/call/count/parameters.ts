import { options } from '../../../parameters/collection';
import { choice, wholeNumber } from '../../../parameters/kinds';
import { parallelRequests } from '../../../parameters/parallelRequests';
import { timezone } from '../../../parameters/timezone';
import { MAX_ROWS_PER_PERIOD } from '../../../report/catalogue';
import { filterPeriodBy } from '../parameters/filterPeriodBy';

/** The parameters that only a count has. */

/** In the order of length, which serves better than that of the alphabet. */
export const splitBy = choice({
	displayName: 'Split By',
	name: 'splitBy',
	options: [
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
	],
	default: 'none',
	description:
		'Into which slices to split the period. Each item holds "from", "to" and "count", ready for a search with a custom period; slices without calls have the count 0.',
});

export const maxCallsPerSlice = wholeNumber({
	displayName: 'Max Calls per Slice',
	name: 'maxCallsPerSlice',
	min: 1,
	max: MAX_ROWS_PER_PERIOD,
	default: MAX_ROWS_PER_PERIOD,
	displayOptions: { show: { splitBy: ['maxCalls'] } },
	description:
		'The most calls in one slice. Only a single second that has more is a slice of more.',
});

export const countOptions = options(
	{ displayName: 'Options', name: 'options', placeholder: 'Add Option' },
	{ filterPeriodBy, parallelRequests, timezone },
);
