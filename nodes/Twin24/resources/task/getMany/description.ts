import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { limit, returnAll } from '../../../parameters/limit';
import { filters } from './parameters';

export const getManyDescription: INodeProperties[] = updateDisplayOptions(
	{ show: { resource: ['task'], operation: ['getMany'] } },
	[returnAll.property, limit.property, filters.property],
);
