/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a measurement on the developer's machine, never published */
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { startEmulatorProcess } from '../../emulator/process';
import type { EmulatorProcess } from '../../emulator/process';
import { CREDENTIAL_TYPE, ensureHost, npm, REPOSITORY, waitFor } from '../../n8n-host';
import { startN8n } from '../../n8n-host/start-n8n';
import type { N8n } from '../../n8n-host/start-n8n';
import { writeIntoDocs } from '../document';
import { compilePackage } from '../compile';
import { commandOf, machine, today } from '../machine';
import { measure } from '../measure';
import { credentialFor } from '../n8n';
import { prepare, warm } from '../prepare';
import { fieldsOf, LAST_CALL, PERIOD, rotated } from '../work';
import { readOptions, USAGE } from './options';
import type { Options } from './options';
import { tableOf } from './table';
import type { Lane, Result } from './table';
import { benchWorkflow } from './workflows';
import type { HostLane } from './workflows';

/** How long n8n may take to serve a webhook that was published, in milliseconds. */
const WEBHOOK_TIMEOUT = 30_000;

/** A lane, ready to be run as often as wanted. @returns milliseconds */
type Runner = () => Promise<number>;

async function main(args: string[]): Promise<void> {
	if (args.includes('--help')) {
		process.stdout.write(`${USAGE}\n`);
		return;
	}
	const options = readOptions(args);
	// Whatever is started from here on inherits it.
	if (options.cores !== undefined)
		execFileSync('taskset', ['-a', '-c', '-p', options.cores, String(process.pid)]);
	const results = await measureAll(options);
	const text = `${circumstances(args, options)}\n\n${tableOf(results)}`;
	process.stdout.write(`${text}\n`);
	if (options.write) await writeIntoDocs(text, 'bench:n8n');
}

async function measureAll({
	calls,
	latencies,
	rounds,
	other,
	profile,
}: Options): Promise<Result[]> {
	const running: Array<() => Promise<void>> = [];
	const results: Result[] = [];
	try {
		say('Building the package and starting n8n');
		await npm(['run', 'build'], { cwd: REPOSITORY });
		const loop = { node: (await ensureHost()).node, package: await compilePackage() };
		const present = await startN8n({ install: 'dist', env: await profiling(profile) });
		running.push(present.stop);
		const older = other === undefined ? undefined : await startN8n({ install: other });
		if (older) running.push(older.stop);

		for (const count of calls) {
			const emulator = await startEmulatorProcess({ calls: count, ...PERIOD, to: LAST_CALL });
			try {
				await warm(emulator, [fieldsOf('all')]);
				const lanes: Partial<Record<Lane, Runner>> = {
					node: await lane(present, 'node', count, emulator),
					...(older ? { other: await lane(older, 'node', count, emulator) } : {}),
					http: await lane(present, 'http', count, emulator),
				};
				for (const latency of latencies) {
					const set = async (isCapped: boolean) => await prepare(emulator, { latency, isCapped });
					const { url } = emulator;
					lanes.fetch = async () => {
						const task = { lane: 'fetch', calls: count, fieldSet: 'all', latency, url } as const;
						return (await measure({ ...task, package: loop.package }, loop.node)).time;
					};
					const result: Result = { calls: count, latency, rounds: [] };
					results.push(result);
					for (let round = 0; round <= rounds; round++) {
						const measured: Result['rounds'][number] = {};
						for (const name of rotated(Object.keys(lanes) as Lane[], round)) {
							// See `npm run bench`: the other two cannot get past the cap.
							await set(name === 'node' || name === 'other');
							const isProfiled = profile !== undefined && round > 0 && PROFILED.has(name);
							if (isProfiled) process.kill(present.pid, 'SIGUSR2');
							measured[name] = await lanes[name]!();
							if (isProfiled) process.kill(present.pid, 'SIGUSR2');
						}
						const told = Object.entries(measured).map(
							([name, time]) => `${name} ${Math.round(time)}`,
						);
						say(`${count} calls, ${latency} ms per page: ${told.join(', ')}`);
						// The first one only warms up what runs on between the rounds: n8n and the emulator.
						if (round > 0) result.rounds.push(measured);
					}
				}
			} finally {
				await emulator.stop();
			}
		}
	} finally {
		for (const stop of running.reverse()) await stop();
	}
	return results;
}

/** Lets an n8n write profiles, one for each measurement of these lanes. */
const PROFILED = new Set<Lane>(['node', 'http']);

async function profiling(folder?: string): Promise<Record<string, string>> {
	if (folder === undefined) return {};
	await mkdir(folder, { recursive: true });
	const onSignal = join(__dirname, 'profile-on-signal.cjs');
	return { NODE_OPTIONS: `--require "${onSignal}"`, TWIN24_PROFILE: folder };
}

/**
 * A workflow that fetches the calls of an emulator in a real n8n, started by its webhook, and timed from
 * there until its answer is here.
 * @throws Error when other calls come than there are
 */
async function lane(
	{ client, url: n8n }: N8n,
	name: HostLane,
	calls: number,
	emulator: EmulatorProcess,
): Promise<Runner> {
	const { url } = emulator;
	const data = credentialFor(url);
	const credential = await client.saveCredential(`TWIN24 ${name} ${calls}`, CREDENTIAL_TYPE, data);
	const publish = async (answer: 'first item' | 'number of items') => {
		const path = `${name}-${calls}-${answer.replaceAll(' ', '-')}`;
		const asked = { path, url, fieldSet: 'all', credential } as const;
		await client.publishWorkflow(await client.importWorkflow(benchWorkflow(name, asked, answer)));
		const ask = async () =>
			await fetch(`${n8n}/webhook/${path}`, { headers: { connection: 'close' } });
		// n8n has published a workflow some time before its webhook is there.
		await waitFor(`the webhook ${path}`, WEBHOOK_TIMEOUT, async () => {
			const { status } = await ask();
			return status === 404 ? undefined : status;
		});
		return async () => {
			const response = await ask();
			const text = await response.text();
			if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
			return JSON.parse(text) as { calls?: number };
		};
	};
	await prepare(emulator, { latency: 0, isCapped: name === 'node' });
	const countItems = await publish('number of items');
	const fetchItems = await publish('first item');
	const counted = await countItems();
	if (counted.calls !== calls)
		throw new Error(`${name}: ${counted.calls} calls came instead of ${calls}`);
	return async () => {
		const startedAt = performance.now();
		await fetchItems();
		return performance.now() - startedAt;
	};
}

/** What a reader must know to repeat it. */
function circumstances(args: string[], { rounds, cores }: Options): string {
	const pinned = cores === undefined ? '' : `, everything on ${cores}`;
	return `\`${commandOf('bench:n8n', args)}\`, ${today()}, ${machine()}${pinned}; all fields, medians of ${rounds} rounds.`;
}

const say = (line: string) => process.stderr.write(`${line}\n`);

main(process.argv.slice(2)).then(
	() => process.exit(0),
	(error: Error) => {
		process.stderr.write(`${error.stack ?? error.message}\n`);
		process.exit(1);
	},
);
