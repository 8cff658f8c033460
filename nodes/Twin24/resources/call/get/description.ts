import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { fieldSetProperties } from '../parameters/fieldSet';
import { callId, getOptions } from './parameters';

export const getDescription: INodeProperties[] = updateDisplayOptions(
	{ show: { resource: ['call'], operation: ['get'] } },
	[callId.property, ...fieldSetProperties, getOptions.property],
);
