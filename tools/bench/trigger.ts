/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a measurement on the developer's machine, never published */
import { setTimeout as wait } from 'node:timers/promises';

import { startEmulatorProcess } from '../emulator/process';
import type { EmulatorProcess } from '../emulator/process';
import { createEngine } from '../n8n-engine';
import { commandOf, machine, today } from './machine';
import { credentialFor } from './n8n';
import { median } from './results';

/** Calls per day: none new, and as many as one account is known to dial. */
const RATES = [0, 20_000, 100_000];

const POLLS = 15;

/** Between two polls, so that there is something new: at 100,000 a day a call comes every 0.9 s. */
const PAUSE = 2000;

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** How long before now the calls begin, so that the overlap of a poll is full of them. */
const BEFORE = 30 * MINUTE;

/** What polls of "Call Finished" cost: processor time and requests of each, the activation left out. */
async function main(): Promise<void> {
	const rows: string[] = [];
	for (const rate of RATES) {
		const now = Date.now();
		const emulator = await startEmulatorProcess({
			calls: Math.max(1, Math.round((rate * BEFORE) / DAY)),
			from: new Date(rate === 0 ? now - DAY : now - BEFORE).toISOString(),
			to: new Date(rate === 0 ? now - DAY + MINUTE : now).toISOString(),
		});
		try {
			const polls = await measure(emulator, (rate * PAUSE) / DAY);
			const told = polls.reduce((sum, { items }) => sum + items, 0);
			rows.push(
				`| ${rate.toLocaleString('en-US')} | ${median(polls.map(({ requests }) => requests))} | ${median(polls.map(({ cpu }) => cpu)).toFixed(0)} ms | ${told} |`,
			);
		} finally {
			await emulator.stop();
		}
	}
	const head = `| Calls a day | Requests a poll | Processor time a poll | Told in ${POLLS} polls |\n| ---: | ---: | ---: | ---: |`;
	process.stdout.write(
		`\`${commandOf('bench:trigger', [])}\`, ${today()}, Node ${process.version}, ${machine()}; medians of ${POLLS} polls.\n\n${[head, ...rows].join('\n')}\n`,
	);
}

/** @param callsPerPoll how many calls end between two polls */
async function measure({ url, control, count }: EmulatorProcess, callsPerPoll: number) {
	const engine = await createEngine();
	try {
		const credentials = {
			twin24Api: await engine.credentialStore.create('twin24Api', credentialFor(url)),
		};
		const poll = async (options: { activation: 'activate' | 'update'; staticData?: object }) =>
			await engine.poll('twin24CallsTrigger', {
				credentials,
				parameters: { event: 'finished' },
				...options,
				staticData: { ...options.staticData },
			});
		let { staticData } = await poll({ activation: 'activate' });
		const measured: Array<{ cpu: number; requests: number; items: number }> = [];
		let due = 0;
		// The first ones warm up.
		for (let round = -5; round < POLLS; round++) {
			await wait(PAUSE);
			for (due += callsPerPoll; due >= 1; due--)
				await control('POST', 'call', { status: 'ANSWERED' });
			const requestsBefore = await count('calls');
			const before = process.cpuUsage();
			const { items, error, savedStaticData } = await poll({ activation: 'update', staticData });
			const { user, system } = process.cpuUsage(before);
			if (error) throw error;
			staticData = savedStaticData ?? staticData;
			const requests = (await count('calls')) - requestsBefore;
			if (round >= 0)
				measured.push({ cpu: (user + system) / 1000, requests, items: items?.length ?? 0 });
		}
		return measured;
	} finally {
		engine.close();
	}
}

main().then(
	() => process.exit(0),
	(error: Error) => {
		process.stderr.write(`${error.stack ?? error.message}\n`);
		process.exit(1);
	},
);
