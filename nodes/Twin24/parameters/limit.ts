import { flag, wholeNumber } from './kinds';
import { readOne } from './parameter';
import type { ReadParameter } from './parameter';

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

/** The most that is to be returned; Infinity for all. @throws ParameterError */
export const readMost = (read: ReadParameter): number =>
	readOne(read, returnAll) ? Infinity : readOne(read, limit);
