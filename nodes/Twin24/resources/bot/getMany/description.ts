import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { limit, returnAll } from '../../../parameters/limit';

export const getManyDescription: INodeProperties[] = updateDisplayOptions(
	{ show: { resource: ['bot'], operation: ['getMany'] } },
	[returnAll.property, limit.property],
);
