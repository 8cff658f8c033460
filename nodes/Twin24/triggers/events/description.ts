import type { INodeProperties, IWebhookDescription } from 'n8n-workflow';

import { events, eventsOptions, output, urlNotice } from './parameters';

/** n8n looks for the fields that an item has under the value of `resource`: the other trigger has others. */
const resource: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'hidden',
	noDataExpression: true,
	default: 'event',
};

export const eventsDescription: INodeProperties[] = [
	urlNotice,
	resource,
	events.property,
	output.property,
	eventsOptions.property,
];

/** n8n puts a random UUID before the path. It answers once it has saved the execution. */
export const eventsWebhook: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	responseMode: 'onReceived',
	path: 'events',
};
