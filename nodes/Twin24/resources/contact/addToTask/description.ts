import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { phones } from '../../../parameters/phones';
import { externalId, variables } from '../person';
import { addOptions, taskId } from './parameters';

export const addToTaskDescription: INodeProperties[] = updateDisplayOptions(
	{ show: { resource: ['contact'], operation: ['addToTask'] } },
	[taskId.property, phones.property, externalId.property, variables.property, addOptions.property],
);
