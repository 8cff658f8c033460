import type { Page } from '../paging/page';
import { untilAborted } from '../transport/cancellation';

/** A page that is being fetched, and for how many. */
interface Fetching {
	page: Promise<Page>;
	waiting: number;
	unwanted: AbortController;
}

/** By n8n's data of one execution of one node, and by what is asked for. */
const fetchings = new WeakMap<object, Map<string, Fetching>>();

/**
 * Fetches a page once for all input items of an execution that ask for the same one at the same time.
 * n8n starts them all in one moment, so that the page is as new as if each had asked for it itself;
 * what other executions are fetching may be older than their start, and is never shared.
 *
 * @param execution n8n's data of this execution, the same object for all items; without it nothing is shared
 * @param key what is asked for: account, address and parameters
 * @param fetch is told by its signal when none of them waits any more
 * @param unwanted fires when this one does not
 * @returns the page, in rows of its own
 * @throws what `fetch` throws, the same for all; CancelledError when `unwanted` fires
 */
export const samePage = async (
	execution: object | undefined,
	key: string,
	fetch: (unwanted?: AbortSignal) => Promise<Page>,
	unwanted?: AbortSignal,
): Promise<Page> => {
	if (!execution) return await fetch(unwanted);
	const running = fetchings.get(execution) ?? new Map<string, Fetching>();
	fetchings.set(execution, running);
	const known = running.get(key);
	const fetching = known ?? begin(running, key, fetch);

	fetching.waiting++;
	try {
		const page = await untilAborted(fetching.page, unwanted);
		// n8n hands rows on as items, which later nodes may change.
		return known ? { ...page, items: page.items.map((row) => ({ ...row })) } : page;
	} finally {
		if (--fetching.waiting === 0 && running.get(key) === fetching) {
			// Nobody is to join what is being given up.
			running.delete(key);
			fetching.unwanted.abort();
		}
	}
};

const begin = (
	running: Map<string, Fetching>,
	key: string,
	fetch: (unwanted: AbortSignal) => Promise<Page>,
): Fetching => {
	const unwanted = new AbortController();
	const end = () => {
		if (running.get(key) === fetching) running.delete(key);
	};
	const fetching: Fetching = { page: fetch(unwanted.signal), waiting: 0, unwanted };
	running.set(key, fetching);
	fetching.page.then(end, end);
	return fetching;
};
