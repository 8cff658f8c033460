import type { IWebhookFunctions } from 'n8n-workflow';

import type { Identity } from './hookEvent';
import { Intake } from './intake';

/**
 * Where the memory of events is kept.
 *
 * n8n reads a workflow's static data anew for each request, and writes all of it after the request, so
 * that of requests side by side the last one wins. What counts is therefore kept in the process, and put
 * whole into the static data with every event, for the time after a restart and for other processes. It
 * is kept there in the data of the whole workflow under the node's id, because the node's own data are
 * kept under the node's name and get lost when it is renamed.
 */
type Context = Pick<IWebhookFunctions, 'getNode' | 'getWorkflow' | 'getWorkflowStaticData'>;

/** By workflow and node. */
const intakes = new Map<string, Intake>();

/** The intake of this node, which knows what this process has let in and what the static data tell. */
export const intakeOf = (context: Context): Intake => {
	const name = `${context.getWorkflow().id} ${keyOf(context)}`;
	const intake = intakes.get(name) ?? new Intake();
	intakes.set(name, intake);
	intake.memory.absorb(context.getWorkflowStaticData('global')[keyOf(context)], Date.now());
	return intake;
};

/** Has n8n save, once it has started the workflow with it, that this event has been told of. */
export const saveWith = (context: Context, identity: Identity): void => {
	const { intake, key } = placeOf(context);
	// Only what is assigned to the object itself is noticed by n8n, and saved.
	context.getWorkflowStaticData('global')[key] = {
		// Asked for when n8n writes, not now: so it holds what requests side by side have had written before.
		toJSON: () => intake.storedWith(identity),
	};
};

/** Has n8n save what is known, if what it has is not that: requests at the same moment overwrite each other's. */
export const saveRest = (context: Context): void => {
	const { intake, key } = placeOf(context);
	const data = context.getWorkflowStaticData('global');
	const stored = intake.stored();
	if (JSON.stringify(stored) !== JSON.stringify(data[key])) data[key] = { ...stored };
};

const placeOf = (context: Context) => ({ intake: intakeOf(context), key: keyOf(context) });

const keyOf = (context: Context): string => {
	const { id, name } = context.getNode();
	return `twin24EventsTrigger ${id || name}`;
};
