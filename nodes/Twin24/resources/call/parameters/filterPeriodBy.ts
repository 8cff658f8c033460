import { choice } from '../../../parameters/kinds';
import type { PeriodField } from '../../../report/catalogue';

export const filterPeriodBy = choice<PeriodField>({
	displayName: 'Filter Period By',
	name: 'filterPeriodBy',
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
});
