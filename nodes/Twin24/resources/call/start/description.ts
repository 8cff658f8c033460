import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { phones } from '../../../parameters/phones';
import { externalId, variables } from '../../contact/person';
import { botId, startOptions } from './parameters';

export const startDescription: INodeProperties[] = updateDisplayOptions(
	{ show: { resource: ['call'], operation: ['start'] } },
	[botId.property, phones.property, externalId.property, variables.property, startOptions.property],
);
