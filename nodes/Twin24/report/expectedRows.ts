import type { Account } from '../transport/account';
import type { CallQuery } from './query';

/** How many kinds of search are remembered. */
const REMEMBERED = 500;

const DAY = 86_400_000;

/** By what a search asks for, how many rows it read the last time; the longest unused first. */
const lastRows = new Map<string, number>();

/** Searches of one account for calls of one kind, in periods of about the same length. */
const keyOf = (
	{ baseUrl, email, companyId }: Account,
	{ filters, periodField, period: { from, to } }: CallQuery,
	limit: number | undefined,
): string =>
	JSON.stringify([
		baseUrl,
		email,
		companyId,
		filters,
		periodField,
		from === undefined ? undefined : Math.ceil((to - from) / DAY),
		limit,
	]);

/**
 * What a search may expect of its result: workflows ask for the same again and again, every time for
 * another period, and mostly get about as many calls.
 */
export class ExpectedRows {
	private readonly key: string;

	constructor(account: Account, query: CallQuery, limit?: number) {
		this.key = keyOf(account, query, limit);
	}

	/** How many rows such a search read the last time; undefined for the first one in this process. */
	get rows(): number | undefined {
		return lastRows.get(this.key);
	}

	/** @param rows how many have been read now */
	remember(rows: number): void {
		lastRows.delete(this.key);
		lastRows.set(this.key, rows);
		for (const oldest of lastRows.keys()) {
			if (lastRows.size <= REMEMBERED) break;
			lastRows.delete(oldest);
		}
	}
}
