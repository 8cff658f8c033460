import type { ExecutionError, IDataObject } from 'n8n-workflow';

import { duration, say } from '../../n8n-host';

/** How many calls are shown, and how wide a column may get. */
const ROWS = 5;
const WIDTH = 36;

const COLUMNS = {
	phone: 'phone',
	startedAt: 'startedAt',
	status: 'status',
	duration: 'duration',
	dialogResults: 'result',
};

/** What a search returned. */
export interface Found {
	calls: IDataObject[];
	error?: ExecutionError;
}

/**
 * Prints what a search returned: how many calls, in how many requests, how fast, and the first few.
 *
 * @param where it was run, e.g. "n8n"
 * @param time milliseconds that it took
 * @param requests how many requests it took, if that is known
 * @param callsMade how many calls the emulated TWIN24 has made meanwhile, which explain an odd number
 */
export function printCalls(
	where: string,
	{ calls, error }: Found,
	{
		time,
		requests,
		callsMade = 0,
	}: { time: number; requests: number | undefined; callsMade?: number },
): void {
	say();
	if (error) {
		say(`The search failed in ${where}: ${error.message}`);
		if (error.description) say(error.description);
		return;
	}
	const inRequests = requests === undefined ? '' : `${requests} requests and `;
	say(
		`The search in ${where} returned ${calls.length.toLocaleString('en')} calls in ${inRequests}${duration(time)}.`,
	);
	if (callsMade > 0) {
		say(`Calls that were made since the start: ${callsMade}. The demo gets one every half minute.`);
	}
	if (calls.length === 0) return;
	say(`The first ${Math.min(ROWS, calls.length)}:`);
	say();
	printTable(calls.slice(0, ROWS));
	say();
}

function printTable(calls: IDataObject[]): void {
	const rows = calls.map((call) => Object.keys(COLUMNS).map((name) => cell(call[name])));
	const table = [Object.values(COLUMNS), ...rows];
	const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
	for (const row of table)
		say(`  ${row.map((text, column) => text.padEnd(widths[column])).join('  ')}`.trimEnd());
}

function cell(value: unknown): string {
	const text = String(value ?? '').replace(/\s+/g, ' ');
	return text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text;
}
