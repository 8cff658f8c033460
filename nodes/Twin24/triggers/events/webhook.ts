import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { toNodeError } from '../../resources/nodeError';
import { readBody } from './body';
import type { BodyRequest } from './body';
import { EVENT_TYPES } from './eventTypes';
import { flatten } from './flatten';
import { eventIn } from './hookEvent';
import type { HookEvent } from './hookEvent';
import { isInRange } from './ipRange';
import { readSettings } from './readSettings';
import type { EventsSettings } from './readSettings';
import { intakeOf, saveRest, saveWith } from './savedMemory';

/**
 * One post of TWIN24's, which sends again for a day what is not answered with 200. So that is the answer
 * to all that would not be different the next time, too.
 *
 * @throws NodeOperationError when a parameter is wrong; n8n answers 500 then, and the event comes again
 */
export async function receiveEvent(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await receive(this);
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

const receive = async (context: IWebhookFunctions): Promise<IWebhookResponseData> => {
	const settings = readSettings((name, fallback) => context.getNodeParameter(name, fallback));
	const request = context.getRequestObject();
	if (!isAllowed(settings, [request.ip ?? '', ...(request.ips ?? [])])) {
		warn(context, `refused a request from ${request.ip}, which is not among the IP(s) Allowlist`);
		return refuse(context, 403, 'This address is not allowed');
	}
	const read = await readBody(request as BodyRequest);
	if ('isBrokenOff' in read) return refuse(context, 400, 'The body is incomplete');
	const event = 'body' in read ? eventIn(read.body) : undefined;
	if (!event) {
		const problem = 'unreadable' in read ? read.unreadable : 'tells of no event';
		warn(context, `left a request alone: its body ${problem}`);
		return { webhookResponse: `Not an event of TWIN24: the body ${problem}` };
	}
	if (!isWanted(settings, event)) return { webhookResponse: 'Taken, and not wanted here' };
	// A test in the editor shows what comes, also again, and leaves no trace.
	if (context.getMode() === 'manual') return start(settings, event);
	switch (await intakeOf(context).admit(event.identity, context.getResponseObject())) {
		case 'new':
			saveWith(context, event.identity);
			return start(settings, event);
		case 'repeat':
			saveRest(context);
			return { webhookResponse: 'Taken before' };
		case 'underWay':
			return refuse(context, 503, 'The same event is under way');
	}
};

/** As n8n's own Webhook node does: behind trusted proxies the address of any of them will do. */
const isAllowed = ({ addresses }: EventsSettings, ips: string[]): boolean =>
	addresses.length === 0 || addresses.some((range) => ips.some((ip) => isInRange(range, ip)));

/** An event that is not known here cannot be chosen; it comes to those who want them all. */
const isWanted = ({ wanted }: EventsSettings, { type }: HookEvent): boolean =>
	type === undefined ? wanted.length === EVENT_TYPES.length : wanted.includes(type);

const start = ({ output }: EventsSettings, event: HookEvent): IWebhookResponseData => {
	const json = (output === 'raw' ? event.body : flatten(event)) as IDataObject;
	const item: INodeExecutionData = { json };
	return { webhookResponse: 'Taken', workflowData: [[item]] };
};

/** Any answer but 200: TWIN24 sends the event again. */
const refuse = (context: IWebhookFunctions, status: number, why: string): IWebhookResponseData => {
	context.getResponseObject().status(status).send(why);
	return { noWebhookResponse: true };
};

/** Nothing of the body, which tells of people, and nothing of the URL, which is the secret. */
const warn = (context: IWebhookFunctions, what: string): void =>
	context.logger.warn(`The TWIN24 events trigger ${what}`, {
		node: context.getNode().name,
		workflowId: context.getWorkflow().id,
	});
