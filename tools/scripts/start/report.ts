import type { IDataObject } from 'n8n-workflow';

import { itemsOf, say, type Execution } from '../../n8n-host';

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

/** The node of the example whose calls are shown. */
const SEARCH_NODE = 'Search calls';

/**
 * Prints what a search in n8n returned: how many calls, in how many requests, and the first few.
 *
 * @param requests how many requests it took, if that is known
 */
export function printCalls(execution: Execution, requests: number | undefined): void {
	const { error } = execution.data.resultData;
	if (error) {
		say(`The search failed in n8n: ${error.message}`);
		if (error.description) say(error.description);
		return;
	}
	const calls = itemsOf<IDataObject>(execution, SEARCH_NODE);
	const inRequests = requests === undefined ? '' : ` in ${requests} requests`;
	say(`The search in n8n returned ${calls.length.toLocaleString('en')} calls${inRequests}.`);
	if (calls.length === 0) return;
	say(`The first ${Math.min(ROWS, calls.length)}:`);
	say();
	printTable(calls.slice(0, ROWS));
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
