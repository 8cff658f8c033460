import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { atActivation } from './triggers/events/activation';
import { eventsDescription, eventsWebhook } from './triggers/events/description';
import { receiveEvent } from './triggers/events/webhook';

export class Twin24EventsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Twin24 Events Trigger',
		name: 'twin24EventsTrigger',
		icon: { light: 'file:twin24.svg', dark: 'file:twin24.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description:
			'Starts the workflow the moment TWIN24 reports an event, e.g. that a call has ended',
		defaults: { name: 'Twin24 Events Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		webhooks: [eventsWebhook],
		properties: eventsDescription,
	};

	webhookMethods = { default: atActivation };

	webhook = receiveEvent;
}
