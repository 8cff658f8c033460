import { wholeNumber } from './kinds';

/** How many requests may be under way. Four are what the API is known to bear; it publishes no limit. */
export const parallelRequests = wholeNumber({
	displayName: 'Parallel Requests',
	name: 'parallelRequests',
	min: 1,
	max: 10,
	default: 4,
	description:
		'How many requests may be under way at a time, in all workflows that use this account together',
});
