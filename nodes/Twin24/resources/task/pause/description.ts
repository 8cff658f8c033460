import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { controlledTask } from '../control';

export const pauseDescription: INodeProperties[] = updateDisplayOptions(
	{ show: { resource: ['task'], operation: ['pause'] } },
	[controlledTask.property],
);
