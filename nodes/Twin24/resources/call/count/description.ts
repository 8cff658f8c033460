import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { periodProperties } from '../../../parameters/period';
import { filters } from '../parameters/filters';
import { countOptions, maxCallsPerSlice, splitBy } from './parameters';

export const countDescription: INodeProperties[] = updateDisplayOptions(
	{ show: { resource: ['call'], operation: ['count'] } },
	[
		...periodProperties,
		splitBy.property,
		maxCallsPerSlice.property,
		filters.property,
		countOptions.property,
	],
);
