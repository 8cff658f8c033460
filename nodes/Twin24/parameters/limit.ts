import { flag, wholeNumber } from './kinds';

/** Whether to return everything there is. */
export const returnAll = flag({
	displayName: 'Return All',
	name: 'returnAll',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
});

/** The most that is returned where not everything is. */
export const limit = wholeNumber({
	displayName: 'Limit',
	name: 'limit',
	min: 1,
	default: 50,
	displayOptions: { show: { returnAll: [false] } },
	description: 'Max number of results to return',
});
