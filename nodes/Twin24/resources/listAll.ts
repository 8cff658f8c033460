import type { IDataObject } from 'n8n-workflow';

import type { Service } from '../transport/endpoints';
import type { Requester } from '../transport/request';
import { readEntries } from './entries';
import type { Entry } from './entries';

/** Rows a page: the most that the API gives (stated for the dial tasks). */
const PAGE_SIZE = 1000;

/** Where a list is, and what of it is wanted. */
interface Wanted {
	service: Service;
	path: string;
	query: IDataObject;
	/** The most that are wanted. */
	most: number;
	/** Proves on each entry what the query asks for, in case the API ignores it. */
	isWanted?: (entry: Entry) => boolean;
}

/**
 * What a list holds, page by page from 0, each entry once though the list moves while it is read.
 * @throws whatever a request throws
 */
export const listAll = async (
	{ request }: Requester,
	{ service, path, query, most, isWanted = () => true }: Wanted,
): Promise<Entry[]> => {
	const limit = Math.min(PAGE_SIZE, Math.max(most, 1));
	const found: Entry[] = [];
	const seen = new Set<string>();
	for (let page = 0; found.length < most; page++) {
		const { entries, count } = await request(
			{ service, path, query: { ...query, page, limit } },
			readPage,
		);
		const fresh = entries.filter(({ id }) => !seen.has(id));
		for (const { id } of fresh) seen.add(id);
		found.push(...fresh.filter(isWanted));
		// A page that is not full is the last one, unless the list says that there are more; one that
		// brings nothing new comes from a server that does not turn the pages.
		const isLast = entries.length < limit && seen.size >= (count ?? 0);
		if (isLast || fresh.length === 0) break;
	}
	return found.slice(0, most);
};

interface Page {
	entries: Entry[];
	/** How many there are in all, where the answer says so. */
	count?: number;
}

const readPage = (body: unknown): Page | undefined => {
	const entries = readEntries(body);
	if (!entries) return undefined;
	const { count } = body as { count?: unknown };
	return { entries, count: typeof count === 'number' ? count : undefined };
};
