import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { limit, returnAll } from '../../../parameters/limit';
import { periodProperties } from '../../../parameters/period';
import { fieldSetProperties } from '../parameters/fieldSet';
import { filters } from '../parameters/filters';
import { output, reportFormat, searchOptions } from './parameters';

/** Files hold all calls: a limit is for items only. */
const forItems = updateDisplayOptions({ show: { output: ['items'] } }, [
	returnAll.property,
	limit.property,
]);

export const searchDescription: INodeProperties[] = updateDisplayOptions(
	{ show: { resource: ['call'], operation: ['search'] } },
	[
		...forItems,
		...periodProperties,
		output.property,
		reportFormat.property,
		...fieldSetProperties,
		filters.property,
		searchOptions.property,
	],
);
