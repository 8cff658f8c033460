import { choice } from '../../../parameters/kinds';
import { labelOf } from '../../../report/catalogue';
import type { SortField } from '../../../report/catalogue';

/** In the order of their labels, as n8n's lint wants it. */
const FIELDS: SortField[] = ['createdAt', 'duration', 'startedAt', 'updatedAt'];

export const sortBy = choice<SortField>({
	displayName: 'Sort By',
	name: 'sortBy',
	options: FIELDS.map((value) => ({ name: labelOf(value), value })),
	default: 'createdAt',
	description: 'What to sort the calls by',
});

export const sortDirection = choice({
	displayName: 'Sort Direction',
	name: 'sortDirection',
	options: [
		{ name: 'Ascending', value: 'asc', description: 'Oldest or shortest first' },
		{ name: 'Descending', value: 'desc', description: 'Newest or longest first' },
	],
	default: 'desc',
	description: 'Which calls come first',
});
