import { MAX_PAGE_SIZE } from '../../../nodes/Twin24/report/catalogue';
import type { Client } from '../client';
import type { Findings } from '../findings';
import { askCalls } from '../report-api';
import { isRefusal, pageOf } from '../rows';

/** How large a page may be asked for, and how many rows it then holds at most. */
export interface PageSize {
	limit: number;
	pageRows: number;
}

/** Finds the largest `limit`, and what a larger one brings. */
export async function askPageSize(client: Client, findings: Findings): Promise<PageSize> {
	const requests: number[] = [];
	const ask = async (limit: number, offset?: number) => {
		const answer = await askCalls(client, { fields: 'id', limit, offset });
		requests.push(answer.number);
		return isRefusal(answer) ? undefined : pageOf(answer)?.rows.length;
	};
	const settle = (maxPageSize?: number, overLimit?: 'error' | 'clamped', note = '') => {
		const shown = { requests, rows: maxPageSize ?? 0, note };
		findings.reading('maxPageSize', maxPageSize, shown);
		findings.reading('overLimit', overLimit, shown);
	};

	const rows = await ask(MAX_PAGE_SIZE);
	if (rows === undefined) {
		const limit = await largestAccepted(
			1,
			MAX_PAGE_SIZE,
			async (n) => (await ask(n)) !== undefined,
		);
		// A limit that also passes one row further on is no end of all rows.
		if ((await ask(limit, 1)) === undefined)
			settle(undefined, undefined, 'Hidden by the end of what can be read');
		else settle(limit, 'error');
		return { limit, pageRows: limit };
	}
	const over = await ask(MAX_PAGE_SIZE + 1);
	if (over === undefined) {
		if ((await ask(MAX_PAGE_SIZE, 1)) === undefined) settle();
		else settle(MAX_PAGE_SIZE, 'error');
	} else if (over > MAX_PAGE_SIZE) settle(undefined, undefined, `More than ${MAX_PAGE_SIZE}`);
	else if (over > 0 && over === rows && (await ask(1, over)) === 1) settle(over, 'clamped');
	else settle(undefined, undefined, 'Too few calls to tell');
	return { limit: MAX_PAGE_SIZE, pageRows: Math.max(1, rows) };
}

/** The largest number that passes, when `low` does and `high` does not. */
export async function largestAccepted(
	low: number,
	high: number,
	passes: (n: number) => Promise<boolean>,
): Promise<number> {
	while (high - low > 1) {
		const middle = (low + high) >>> 1;
		if (await passes(middle)) low = middle;
		else high = middle;
	}
	return low;
}
