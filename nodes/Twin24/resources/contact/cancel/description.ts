import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { phone } from '../../../parameters/phone';
import { taskId } from './parameters';

export const cancelDescription: INodeProperties[] = updateDisplayOptions(
	{ show: { resource: ['contact'], operation: ['cancel'] } },
	[taskId.property, phone.property],
);
