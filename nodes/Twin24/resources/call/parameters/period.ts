import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { sendPeriod } from '../routing';

/** In the order of length, which serves better than that of the alphabet. */
const PERIODS: INodePropertyOptions[] = [
	{ name: 'Today', value: 'today', description: 'From midnight until now' },
	{ name: 'Yesterday', value: 'yesterday', description: 'From midnight to midnight' },
	{
		name: 'Last 24 Hours',
		value: 'last24Hours',
		description: 'From this time yesterday until now',
	},
	{
		name: 'Last 7 Days',
		value: 'last7Days',
		description: 'From this time seven days ago until now',
	},
	{
		name: 'Last 30 Days',
		value: 'last30Days',
		description: 'From this time 30 days ago until now',
	},
	{ name: 'This Month', value: 'thisMonth', description: 'From the first of this month until now' },
	{ name: 'Last Month', value: 'lastMonth', description: 'The whole of the previous month' },
	{ name: 'All Time', value: 'allTime', description: 'Every call until now' },
	{ name: 'Custom', value: 'custom', description: 'Between two dates of your choice' },
];

/** Which calls by time. */
export const periodParameters = (displayOptions: IDisplayOptions): INodeProperties[] => {
	const custom = { ...displayOptions, show: { ...displayOptions.show, period: ['custom'] } };
	return [
		{
			displayName: 'Period',
			name: 'period',
			type: 'options',
			displayOptions,
			options: PERIODS,
			default: 'last7Days',
			description:
				"Which calls by time. Days and months are those of the workflow's time zone, unless you set another under Options.",
			routing: { send: { preSend: [sendPeriod] } },
		},
		{
			displayName: 'From',
			name: 'from',
			type: 'dateTime',
			displayOptions: custom,
			required: true,
			default: '',
			description: 'Begin of the period; a call of exactly this time belongs to it',
		},
		{
			displayName: 'To',
			name: 'to',
			type: 'dateTime',
			displayOptions: custom,
			default: '',
			description:
				'End of the period; a call of exactly this time belongs to the next one. Empty: now. A date alone, or 23:59:59, means until the end of that day.',
		},
	];
};

/** What belongs to the period and stands under Options. */
export const periodOptions: INodeProperties[] = [
	{
		displayName: 'Filter Period By',
		name: 'filterPeriodBy',
		type: 'options',
		options: [
			{
				name: 'Created At',
				value: 'createdAt',
				description: 'When the record of the call was created',
			},
			{ name: 'Started At', value: 'startedAt', description: 'When the call was dialled' },
			{
				name: 'Updated At',
				value: 'updatedAt',
				description: 'When anything about the call last changed',
			},
		],
		default: 'createdAt',
		description: 'Which time of a call the period applies to',
	},
	{
		displayName: 'Timezone',
		name: 'timezone',
		type: 'string',
		placeholder: 'e.g. Europe/Moscow',
		default: '',
		description: "Time zone of days, months and dates. Empty: the workflow's.",
	},
];
