import { RequestError } from '../transport/request';
import { settled } from '../transport/settled';
import type { Run } from './operation';

/** By n8n's data of one execution of one node: what came of each input item. */
const done = new WeakMap<object, Map<number, Promise<unknown>>>();

/**
 * Does for an input item what must not be done twice. n8n's "Retry On Fail" runs all items of a node
 * again when one of them failed; the items that were done then, or perhaps were, get what they got.
 *
 * @param work throws when it was certainly not done, or with a RequestError of unknown outcome
 */
export const once = async <T>(
	{ context, itemIndex }: Pick<Run, 'context' | 'itemIndex'>,
	work: () => Promise<T>,
): Promise<T> => {
	const execution = context.getExecuteData();
	const outcomes = done.get(execution) ?? new Map<number, Promise<unknown>>();
	done.set(execution, outcomes);
	const earlier = outcomes.get(itemIndex) as Promise<T> | undefined;
	if (earlier) return await earlier;
	const underWay = work();
	outcomes.set(itemIndex, underWay);
	const outcome = await settled(underWay);
	if (outcome.status === 'fulfilled') return outcome.value;
	const { reason } = outcome;
	if (!(reason instanceof RequestError && reason.outcomeUnknown)) outcomes.delete(itemIndex);
	throw reason;
};
