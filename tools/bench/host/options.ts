/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- the command line of a measurement on the developer's machine, never published */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { list, wholeNumber } from '../numbers';

export interface Options {
	calls: number[];
	/** Milliseconds per page. */
	latencies: number[];
	rounds: number;
	/** The processors that everything is to run on, as `taskset` takes them; all of them without. */
	cores?: string;
	/** A packed package to be measured beside this one. */
	other?: string;
	/** The folder for processor profiles of n8n; taking them slows down what is measured. */
	profile?: string;
	/** Whether the table goes into the docs too. */
	write: boolean;
}

const DEFAULTS = { calls: '2500,50000', latency: '0,150', rounds: '5' };

export const USAGE = `Usage: npm run bench:n8n -- [options]
  --calls N,…        how many are fetched (${DEFAULTS.calls})
  --latency MS,…     per page (${DEFAULTS.latency})
  --rounds N         how often each is measured; the median counts (${DEFAULTS.rounds})
  --cores LIST       run everything on these processors, e.g. 0,1 (Linux, by taskset)
  --other FILE       measure a packed package (npm pack) beside this one, an older version say
  --profile FOLDER   write where n8n's time went, for Chrome's DevTools
  --write            put the table into docs/benchmarks.md`;

/** @throws Error with the usage when an option makes no sense */
export function readOptions(args: string[]): Options {
	const values = { ...DEFAULTS, ...parse(args) };
	return {
		calls: numbers(values.calls, 1),
		latencies: numbers(values.latency, 0),
		rounds: numbers(values.rounds, 1)[0],
		cores: values.cores,
		other: values.other === undefined ? undefined : resolve(values.other),
		profile: values.profile === undefined ? undefined : resolve(values.profile),
		write: values.write === true,
	};
}

function parse(args: string[]) {
	const text = { type: 'string' } as const;
	try {
		return parseArgs({
			args,
			options: {
				calls: text,
				latency: text,
				rounds: text,
				cores: text,
				other: text,
				profile: text,
				write: { type: 'boolean' },
			},
		}).values;
	} catch (error) {
		throw new Error(`${(error as Error).message}\n${USAGE}`);
	}
}

const numbers = (text: string, least: number): number[] => list(text, wholeNumber(least, USAGE));
