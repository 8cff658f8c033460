import { sleep } from 'n8n-workflow';

interface Gathering<A, R> {
	asks: A[];
	result: Promise<R>;
}

/** By n8n's data of one execution of one node, and by what is asked for. */
const gatherings = new WeakMap<object, Map<string, Gathering<unknown, unknown>>>();

/**
 * Does for several input items in one go what each of them asks for. n8n starts all items of a node at
 * once, so what is asked for within one turn of the event loop belongs together.
 *
 * @param execution n8n's data of this execution, the same object for all items (`getExecuteData`)
 * @param key what is asked for; only equal ones are done together
 * @param ask this item's part
 * @param work is given all parts in the order of the items, once
 * @returns what `work` gives, the same for all
 */
export const together = async <A, R>(
	execution: object,
	key: string,
	ask: A,
	work: (asks: A[]) => Promise<R>,
): Promise<R> => {
	const groups = gatherings.get(execution) ?? new Map<string, Gathering<unknown, unknown>>();
	gatherings.set(execution, groups);
	const group = groups.get(key) as Gathering<A, R> | undefined;
	if (group) {
		group.asks.push(ask);
		return await group.result;
	}
	const asks = [ask];
	const result = sleep(0).then(async () => {
		groups.delete(key);
		return await work(asks);
	});
	groups.set(key, { asks, result });
	return await result;
};
