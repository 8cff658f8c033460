/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a measurement on the developer's machine, never published */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { startEmulatorProcess, type EmulatorProcess } from '../emulator/process';
import { ensureHost } from '../n8n-host/install';
import { askedToEnd } from '../n8n-host/processes';
import { compilePackage } from './compile';
import { writeIntoDocs } from './document';
import { commandOf, machine, today } from './machine';
import { measure } from './measure';
import { prepare, warm } from './prepare';
import { readOptions, USAGE } from './options';
import type { Options } from './options';
import type { Result } from './results';
import { tablesOf } from './tables';
import { fieldsOf, LAST_CALL, PERIOD, rotated } from './work';
import type { Lane, Work } from './work';

/** What the lanes need besides the emulator. */
interface Tools {
	/** The Node that all lanes run on. */
	node: string;
	package: string;
	n8nNodes?: string;
	profile?: string;
}

async function main(args: string[]): Promise<void> {
	if (args.includes('--help')) {
		process.stdout.write(`${USAGE}\n`);
		return;
	}
	const options = readOptions(args);
	const tools = {
		...(await n8nFor(options)),
		package: await compilePackage(),
		profile: options.profile,
	};
	const results = await measureAll(options, tools);
	const text = `${circumstances(args, options, tools.node)}\n\n${tablesOf(results)}`;
	process.stdout.write(`${text}\n`);
	if (options.write) await writeIntoDocs(text, 'bench');
}

/** The Node that n8n runs on, and n8n's nodes, when the HTTP Request node takes part; this Node otherwise. */
async function n8nFor({ works }: Options): Promise<Pick<Tools, 'node' | 'n8nNodes'>> {
	if (!works.some(({ lanes }) => lanes.includes('http'))) return { node: process.execPath };
	const { node, folder } = await ensureHost();
	return { node, n8nNodes: join(folder, 'node_modules', 'n8n-nodes-base') };
}

/** Round by round, so that whatever else the machine does strikes all works and lanes alike. */
async function measureAll({ works, rounds, readings }: Options, tools: Tools): Promise<Result[]> {
	const results: Result[] = works.map((work) => ({ work, rounds: [] }));
	const emulators = new Map<number, EmulatorProcess>();
	let done = 0;
	try {
		for (const { calls } of works) {
			if (emulators.has(calls)) continue;
			say(`Starting an emulator with ${calls.toLocaleString('en-US')} calls`);
			const emulator = await startEmulatorProcess({
				calls,
				from: PERIOD.from,
				to: LAST_CALL,
				readings,
			});
			emulators.set(calls, emulator);
			await warm(
				emulator,
				works.map(({ fieldSet }) => fieldsOf(fieldSet)),
			);
		}
		for (let round = 0; round < rounds; round++) {
			for (const { work, rounds: measured } of results) {
				const measurements: Result['rounds'][number] = {};
				// Each lane is now the first, now the last.
				for (const lane of rotated(work.lanes, round)) {
					measurements[lane] = await measureOne(work, lane, emulators.get(work.calls)!, tools);
				}
				measured.push(measurements);
				done += 1;
				say(`${done} of ${works.length * rounds}: ${progress(work, measurements)}`);
			}
		}
	} finally {
		for (const emulator of emulators.values()) await emulator.stop();
	}
	return results;
}

async function measureOne(
	{ calls, fieldSet, latency }: Work,
	lane: Lane,
	emulator: EmulatorProcess,
	tools: Tools,
) {
	// The HTTP Request node and the loop cannot get past the cap, which would leave nothing to compare: for them it is lifted.
	await prepare(emulator, { latency, isCapped: lane === 'node' || lane === 'csv' });
	const { node, profile, ...rest } = tools;
	const n8nNodes = lane === 'http' ? rest.n8nNodes : undefined;
	return await measure(
		{ lane, calls, fieldSet, latency, url: emulator.url, package: rest.package, n8nNodes, profile },
		node,
	);
}

function progress(
	{ calls, fieldSet, latency }: Work,
	measurements: Result['rounds'][number],
): string {
	const figures = Object.entries(measurements).map(
		([lane, { time, cpu }]) => `${lane} ${Math.round(time)} ms (cpu ${Math.round(cpu)})`,
	);
	return `${calls} calls, ${fieldSet}, ${latency} ms per page: ${figures.join(', ')}`;
}

/** What a reader must know to repeat it. */
function circumstances(args: string[], { rounds }: Options, node: string): string {
	const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
	const often = rounds === 1 ? 'measured once' : `medians of ${rounds} rounds`;
	return `\`${commandOf('bench', args)}\`, ${today()}, Node ${version}, ${machine()}; ${often}.`;
}

const say = (line: string) => process.stderr.write(`${line}\n`);

// What was started ends with this process.
void askedToEnd().then(() => process.exit(1));

main(process.argv.slice(2)).then(
	() => process.exit(0),
	(error: Error) => {
		process.stderr.write(`${error.message}\n`);
		process.exit(1);
	},
);
