import type { INodeProperties } from 'n8n-workflow';

import { fieldSetProperties } from '../../resources/call/parameters/fieldSet';
import { filters } from '../../resources/call/parameters/filters';
import { event, triggerOptions } from './parameters';

/** The trigger's parameters; fields and filters are those of a search. */
export const triggerDescription: INodeProperties[] = [
	event.property,
	...fieldSetProperties,
	filters.property,
	triggerOptions.property,
];
