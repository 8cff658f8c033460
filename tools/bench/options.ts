/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- the command line of a measurement on the developer's machine, never published */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { list, wholeNumber } from './numbers';
import { FIELD_SETS, LANES } from './work';
import type { FieldSet, Lane, Work } from './work';

export interface Options {
	/** What is to be measured: the rows of the tables. */
	works: Work[];
	/** How often everything is measured. */
	rounds: number;
	/** Whether the table goes into the docs too. */
	write: boolean;
	/** The folder for processor profiles; taking them slows down what is measured. */
	profile?: string;
	/** A file of readings that the emulator is run under, such as a probe's result. */
	readings?: string;
}

const SIZES = [10_000, 50_000, 100_000];
const LATENCIES = [0, 50, 150];

/** A CSV file beside items, and one that is too long to be items. */
const FILES: Work[] = [
	{ calls: 100_000, fieldSet: 'all', latency: 0, lanes: ['node', 'csv'] },
	{ calls: 500_000, fieldSet: 'all', latency: 0, lanes: ['csv'] },
];

/** A smoke test: shows that everything runs, and nothing more. */
const QUICK = {
	calls: [2000],
	fieldSets: ['all' as FieldSet],
	latencies: [0],
	rounds: 1,
	files: [
		{ calls: 2000, fieldSet: 'all' as FieldSet, latency: 0, lanes: ['node', 'csv'] as const },
	],
};

export const USAGE = `Usage: npm run bench -- [options]
  --only LANE,…      of ${LANES.join(', ')}
  --calls N,…        ${SIZES.join(',')}
  --fields SET,…     of ${FIELD_SETS.join(', ')}
  --latency MS,…     per page: ${LATENCIES.join(',')}
  --rounds N         how often each is measured; the median counts (3)
  --quick            ${QUICK.calls[0]} calls once, to see that it runs
  --profile FOLDER   write where the processor's time went, for Chrome's DevTools
  --readings FILE    run the emulator under these readings, e.g. a probe's result
  --write            put the tables into docs/benchmarks.md`;

/** @throws Error with the usage when an option makes no sense */
export function readOptions(args: string[]): Options {
	const values = parse(args);
	const defaults = values.quick
		? QUICK
		: { calls: SIZES, fieldSets: FIELD_SETS, latencies: LATENCIES, rounds: 3, files: FILES };
	const calls = values.calls === undefined ? defaults.calls : list(values.calls, whole(1));
	const fieldSets =
		values.fields === undefined ? defaults.fieldSets : list(values.fields, oneOf(FIELD_SETS));
	const latencies =
		values.latency === undefined ? defaults.latencies : list(values.latency, whole(0));
	const wanted: readonly Lane[] =
		values.only === undefined ? LANES : list(values.only, oneOf(LANES));
	const compared = fieldSets.flatMap((fieldSet) =>
		latencies.flatMap((latency) =>
			calls.map((count): Work => ({
				calls: count,
				fieldSet,
				latency,
				lanes: ['node', 'http', 'fetch'],
			})),
		),
	);
	// Whoever picks rows of the large table does not want the other one.
	const picked = [values.calls, values.fields, values.latency].some((value) => value !== undefined);
	return {
		works: [...compared, ...(picked ? [] : defaults.files)]
			.map((work) => ({ ...work, lanes: work.lanes.filter((lane) => wanted.includes(lane)) }))
			.filter(({ lanes }) => lanes.length > 0),
		rounds: values.rounds === undefined ? defaults.rounds : whole(1)(values.rounds),
		write: values.write === true,
		profile: values.profile === undefined ? undefined : resolve(values.profile),
		readings: values.readings === undefined ? undefined : resolve(values.readings),
	};
}

function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			options: {
				only: { type: 'string' },
				calls: { type: 'string' },
				fields: { type: 'string' },
				latency: { type: 'string' },
				rounds: { type: 'string' },
				quick: { type: 'boolean' },
				profile: { type: 'string' },
				readings: { type: 'string' },
				write: { type: 'boolean' },
			},
		}).values;
	} catch (error) {
		throw new Error(`${(error as Error).message}\n${USAGE}`);
	}
}

const whole = (least: number) => wholeNumber(least, USAGE);

const oneOf =
	<T extends string>(known: readonly T[]) =>
	(text: string): T => {
		const found = known.find((name) => name === text);
		if (found !== undefined) return found;
		throw new Error(`"${text}" is none of ${known.join(', ')}.\n${USAGE}`);
	};
