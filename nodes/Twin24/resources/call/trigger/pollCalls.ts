import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { Row } from '../../../paging/page';
import { oneAtATime } from '../../../polling/oneAtATime';
import { stateIn } from '../../../polling/state';
import { beginWatch, pollWatch } from '../../../polling/watch';
import { createRequester } from '../../../transport/request';
import { toNodeError } from '../nodeError';
import { CallsWatched } from './callsWatched';
import { readTrigger } from './readTrigger';
import type { TriggerSettings } from './readTrigger';

/** Under this name the state is kept in the node's static data. */
const STATE = 'watch';

/** What n8n gives a poll where it does not say, in milliseconds. */
const USUAL_BUDGET = 5 * 60_000;

/** Polls whose activation has begun: n8n hands the same context to every poll of an activation. */
const begun = new WeakSet<IPollFunctions>();

/**
 * One poll of the trigger.
 *
 * @returns the calls to start the workflow with, or null when there are none
 * @throws NodeApiError or NodeOperationError; then nothing has been moved on
 */
export async function pollCalls(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		if (this.getMode() === 'manual') return await testTrigger(this);
		const events = await findEvents(this);
		return events.length > 0 ? [events] : null;
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

const findEvents = async (context: IPollFunctions): Promise<INodeExecutionData[]> => {
	const settings = readTrigger(context);
	const { event: rule, overlap } = settings;
	const now = Date.now();
	const kept = context.getWorkflowStaticData('node');
	const state = isNewActivation(context) ? undefined : stateIn(kept[STATE], rule.name);

	const watch = async () => {
		const report = new CallsWatched(await requesterOf(context, settings), settings, now);
		const hasTime = () => Date.now() - now < budgetOf(context) / 2;
		const setup = { rule, report, now, overlap, hasTime };
		return state ? await pollWatch(state, setup) : { events: [], state: await beginWatch(setup) };
	};
	// A poll that meets another under way leaves the calls to it, lest both hand on the same ones.
	const outcome = state ? await oneAtATime(keyOf(context), watch) : await watch();
	if (!outcome) return [];

	const items = outcome.events.map((call) => itemOf(call, settings));
	// Last of all, and n8n takes the items in the same breath: what it saves of one it has of the other.
	kept[STATE] = outcome.state;
	begun.add(context);
	return items;
};

/**
 * Whether the user has just activated the workflow: then what was before is history. Saving a change
 * of an active workflow, or a start of n8n, goes on from where it was.
 */
const isNewActivation = (context: IPollFunctions): boolean =>
	context.getActivationMode() === 'activate' && !begun.has(context);

const testTrigger = async (context: IPollFunctions): Promise<INodeExecutionData[][]> => {
	const settings = readTrigger(context);
	const report = new CallsWatched(await requesterOf(context, settings), settings, Date.now());
	const call = await report.latest();
	if (!call) {
		throw new NodeOperationError(
			context.getNode(),
			'There is no call yet that would start this workflow',
			{
				description:
					'The account has no call that fits the event and the filters of this node. Check them, or make a call and test again.',
			},
		);
	}
	return [[itemOf(call, settings)]];
};

const requesterOf = async (context: IPollFunctions, { parallelRequests }: TriggerSettings) =>
	await createRequester(context, { parallelRequests, order: 0 });

const itemOf = (call: Row, { fields }: TriggerSettings): INodeExecutionData => ({
	json: Object.fromEntries(
		fields.filter((name) => name in call).map((name) => [name, call[name]]),
	) as IDataObject,
});

const keyOf = (context: IPollFunctions) => `${context.getWorkflow().id} ${context.getNode().id}`;

/** Older versions of n8n have no budget to tell of. */
const budgetOf = (context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number =>
	context.getPollBudgetMs?.() ?? USUAL_BUDGET;
