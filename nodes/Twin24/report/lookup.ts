import { PriorityPool } from '../paging/pool';
import type { Row } from '../paging/page';
import { wasNotAccepted } from '../transport/request';
import type { Requester } from '../transport/request';
import { settled } from '../transport/settled';
import { filterParameters, REPORT } from './apiText';
import { readPage } from './pages';
import { NO_FILTERS } from './query';
import { namingRareFields } from './rareFields';

/** IDs that go into one request: 100 of 36 characters keep its address below 4 KB. */
const IDS_PER_REQUEST = 100;

/** APIs, by base URL, that have been seen to understand several IDs in one filter, or not to. */
const understandsLists = new Map<string, boolean>();

/** Which calls to look up, and what of them. */
export interface Lookup {
	/** In lower case. */
	ids: string[];
	/** "id" among them or not. */
	fields: string[];
	parallelRequests: number;
	/** A word that the API is to look for in them. */
	keyword?: string;
}

/**
 * Calls by their IDs, whenever they were: some hundred IDs in a request where the API understands
 * lists, one by one where it does not. Whether it does is unsure, so a first list is a trial: the IDs
 * that it did not bring are asked for one by one, until it is known.
 *
 * @returns the calls that there are, by their IDs in lower case
 * @throws what a request throws
 */
export const lookUp = async (
	requester: Requester,
	{ ids, fields, parallelRequests, keyword }: Lookup,
): Promise<Map<string, Row>> => {
	const { baseUrl } = requester.account;
	const wanted = new Set(ids);
	const found = new Map<string, Row>();
	const asked = [...new Set([...fields, 'id'])];
	const pool = new PriorityPool(parallelRequests);

	const ask = async (some: string[], unwanted?: AbortSignal) => {
		const query = {
			...filterParameters({ ...NO_FILTERS, ids: some, keyword }),
			fields: asked.join(','),
			limit: some.length,
		};
		const { items } = await namingRareFields(
			asked,
			async () => await requester.request({ ...REPORT, query }, readPage, { unwanted }),
		);
		for (const row of items) {
			const id = row.id.toLowerCase();
			if (wanted.has(id)) found.set(id, row);
		}
	};
	const askAll = async (lists: string[][]) => {
		await pool.map(lists, ask);
	};
	/** Asks for a list, and learns from what comes whether the API understands lists. */
	const tryOut = async (list: string[]) => {
		const before = found.size;
		const outcome = await settled(ask(list));
		if (outcome.status === 'rejected' && !wasNotAccepted(outcome.reason)) throw outcome.reason;
		if (found.size - before > 1) understandsLists.set(baseUrl, true);
		if (understandsLists.get(baseUrl)) return;
		const missing = list.filter((id) => !found.has(id));
		const inList = found.size;
		await askAll(missing.map((id) => [id]));
		if (found.size > inList) understandsLists.set(baseUrl, false);
	};

	const waiting = chunks(ids, IDS_PER_REQUEST);
	while (waiting.length > 0 && understandsLists.get(baseUrl) === undefined) {
		const list = waiting.shift()!;
		await (list.length > 1 ? tryOut(list) : ask(list));
	}
	await askAll(understandsLists.get(baseUrl) ? waiting : waiting.flat().map((id) => [id]));
	return found;
};

const chunks = <T>(list: T[], size: number): T[][] =>
	Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
		list.slice(index * size, (index + 1) * size),
	);
