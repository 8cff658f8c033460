import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { Row } from '../../paging/page';
import { oneAtATime } from '../../polling/oneAtATime';
import { beginWatch, pollWatch } from '../../polling/watch';
import type { PollOutcome } from '../../polling/watch';
import { createRequester } from '../../transport/request';
import { toNodeError } from '../../resources/nodeError';
import { CallsWatched } from './callsWatched';
import { readSettings } from './readSettings';
import type { TriggerSettings } from './readSettings';
import { saveState, savedState } from './savedState';

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
	const settings = readSettings((name, fallback) => context.getNodeParameter(name, fallback));
	const { event: rule, overlap } = settings;
	const now = Date.now();
	const state = isNewActivation(context) ? undefined : savedState(context, rule.name);

	const watch = async (): Promise<PollOutcome<Row>> => {
		const source = new CallsWatched(await requesterOf(context, settings), settings, now);
		const hasTime = () => Date.now() - now < budgetOf(context) / 2;
		const setup = { rule, source, now, overlap, hasTime };
		if (state) return await pollWatch(state, setup);
		return { events: [], unreadable: [], state: await beginWatch(setup) };
	};
	// A poll that meets another under way leaves the calls to it, lest both hand on the same ones.
	const outcome = state ? await oneAtATime(keyOf(context), watch) : await watch();
	if (!outcome) return [];

	warnOf(context, outcome.unreadable);
	const items = outcome.events.map((call) => itemOf(call, settings));
	// Last of all, and n8n takes the items in the same breath: what it saves of one it has of the other.
	saveState(context, outcome.state, state === undefined);
	begun.add(context);
	return items;
};

/**
 * Whether the user has just activated the workflow: then what was before is history. Saving a change
 * of an active workflow, or a start of n8n, goes on from where it was.
 */
const isNewActivation = (context: IPollFunctions): boolean =>
	context.getActivationMode() === 'activate' && !begun.has(context);

/** Says once a poll which seconds TWIN24 does not give whole: calls of them may be missing. */
const warnOf = (context: IPollFunctions, seconds: PollOutcome<Row>['unreadable']): void => {
	if (seconds.length === 0) return;
	const named = seconds.map(({ second, isGivenUp }) => {
		const moment = new Date(second).toISOString().replace('.000Z', 'Z');
		return isGivenUp ? `${moment} (given up)` : moment;
	});
	context.logger.warn(
		`TWIN24 gave only a part of the calls of ${named.join(', ')}. They are tried again for half an hour; then the trigger goes on without the rest.`,
		{ node: context.getNode().name, workflowId: context.getWorkflow().id },
	);
};

const testTrigger = async (context: IPollFunctions): Promise<INodeExecutionData[][]> => {
	const settings = readSettings((name, fallback) => context.getNodeParameter(name, fallback));
	const source = new CallsWatched(await requesterOf(context, settings), settings, Date.now());
	const call = await source.latest();
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
