import { MAX_ROWS_PER_PERIOD } from '../../../nodes/Twin24/report/catalogue';
import { HOUR, SECOND } from '../../emulator/time';
import type { Findings } from '../findings';
import type { Client } from '../client';
import { askCalls } from '../report-api';
import { isRefusal, pageOf } from '../rows';
import type { Row } from '../rows';
import { created, moment } from '../sample';
import { largestAccepted } from './page-size';

/** How many rows of a period can be had, and whether the account has more. */
export interface Cap {
	rows: number | undefined;
	hasMore: boolean;
}

/** What is past the end of a period's rows. */
export async function askCap(client: Client, findings: Findings): Promise<Cap> {
	const requests: number[] = [];
	const look = async (offset: number) => {
		const answer = await askCalls(client, { sort: '-createdAt', limit: 1, offset });
		requests.push(answer.number);
		const page = pageOf(answer);
		return isRefusal(answer) || !page
			? ('refused' as const)
			: (page.rows.at(0) ?? ('none' as const));
	};
	const settle = (cap?: number, pastCap?: 'error' | 'empty', note = '', hasMore = false): Cap => {
		findings.reading('maxRowsPerPeriod', cap, { requests, note, rows: cap ?? 0 });
		findings.reading('pastCap', pastCap, { requests, note });
		return { rows: cap, hasMore };
	};
	const first = await look(0);
	/** Whether there is a call behind this last one, in whichever direction they came. */
	const hasMore = async (last: Row) => {
		if (typeof first === 'string') return false;
		const [start, end] = [first, last].map((row) => Math.floor(created(row) / SECOND) * SECOND);
		const answer = await askCalls(client, {
			limit: 1,
			...(start >= end
				? { to: moment(end - SECOND) }
				: { from: moment(end + SECOND), to: moment(Date.now() * 1000 - HOUR) }),
		});
		requests.push(answer.number);
		return (pageOf(answer)?.rows.length ?? 0) > 0;
	};

	const atCap = await look(MAX_ROWS_PER_PERIOD);
	if (atCap === 'refused') {
		const passes = async (offset: number) => (await look(offset)) !== 'refused';
		const cap = (await passes(MAX_ROWS_PER_PERIOD - 1))
			? MAX_ROWS_PER_PERIOD
			: (await largestAccepted(0, MAX_ROWS_PER_PERIOD - 1, passes)) + 1;
		const last = await look(cap - 1);
		return settle(cap, 'error', '', typeof last !== 'string' && (await hasMore(last)));
	}
	if (atCap !== 'none')
		return settle(undefined, undefined, `More than ${MAX_ROWS_PER_PERIOD} can be had`);
	if (typeof first === 'string') return settle(undefined, undefined, 'No calls');

	// All that can be had ends before: because there is no more, or silently at a cap.
	let lastRow = first;
	const isThere = async (offset: number) => {
		const row = await look(offset);
		if (typeof row === 'string') return false;
		lastRow = row;
		return true;
	};
	const last = (await isThere(MAX_ROWS_PER_PERIOD - 1))
		? MAX_ROWS_PER_PERIOD - 1
		: await largestAccepted(0, MAX_ROWS_PER_PERIOD - 1, isThere);
	if (await hasMore(lastRow)) return settle(last + 1, 'empty', '', true);
	return settle(undefined, undefined, 'The account has too few calls to tell');
}
