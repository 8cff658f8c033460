/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- the command line of a measurement on the developer's machine, never published */
import { parseArgs } from 'node:util';

import { list, wholeNumber } from '../numbers';

export interface Options {
	calls: number;
	callsPerSlice: number;
	/** How many workers, in the order in which they are measured: workers are added, not taken away. */
	workers: number[];
	/** Milliseconds that the emulator waits before it answers a page. */
	latencies: number[];
}

const DEFAULTS = { calls: '200000', slice: '5000', workers: '1,2,4', latency: '150,600' };

const USAGE = `Usage: npm run bench:queue -- [options]
  --calls N          how many calls are fetched (${DEFAULTS.calls})
  --slice N          the most calls in a slice (${DEFAULTS.slice})
  --workers N,…      how many workers, ascending (${DEFAULTS.workers})
  --latency MS,…     per page (${DEFAULTS.latency})`;

/** @throws Error with the usage when an option makes no sense */
export function readOptions(args: string[]): Options {
	const values = parse(args);
	const workers = numbers(values.workers, 1);
	if (workers.some((count, index) => index > 0 && count <= workers[index - 1])) {
		throw new Error(`--workers takes ascending numbers.\n${USAGE}`);
	}
	return {
		calls: numbers(values.calls, 1)[0],
		callsPerSlice: numbers(values.slice, 1)[0],
		workers,
		latencies: numbers(values.latency, 0),
	};
}

function parse(args: string[]): typeof DEFAULTS {
	const options = Object.fromEntries(
		Object.keys(DEFAULTS).map((name) => [name, { type: 'string' as const }]),
	);
	try {
		return { ...DEFAULTS, ...parseArgs({ args, options }).values };
	} catch (error) {
		throw new Error(`${(error as Error).message}\n${USAGE}`);
	}
}

const numbers = (text: string, least: number): number[] => list(text, wholeNumber(least, USAGE));
