/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- starts a program on the developer's machine, never published */
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { startScript } from './child-process';
import { PERIOD } from './work';

/** An emulator in a process of its own, so that what it costs does not count with the client's. */
export interface EmulatorProcess {
	url: string;
	/** Sets it up for one measurement. */
	prepare: (settings: { latency: number; isCapped: boolean }) => Promise<void>;
	/** What it has been asked since `prepare`. */
	log: () => Promise<{ pages: number; maxInFlight: number }>;
	close: () => Promise<void>;
}

/** Far more than any measurement has: no cap at all. */
const NO_CAP = 10_000_000;

/** @param fieldLists the sets of fields that will be asked for, each in the order in which it will be */
export async function startEmulatorProcess(
	calls: number,
	fieldLists: Iterable<string>,
): Promise<EmulatorProcess> {
	const data = [
		'--calls',
		String(calls),
		'--from',
		PERIOD.from,
		'--to',
		'2026-06-30T23:59:59+00:00',
	];
	const args = ['--import', 'tsx', join('tools', 'emulator', 'cli.ts'), '--port', '0', ...data];
	const child = startScript(process.execPath, args, ['ignore', 'pipe', 'inherit']);
	const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
	const url = /http:\/\/\S+?(?=[\s,(]|$)/.exec(line)?.[0];
	if (url === undefined) throw new Error(`The emulator said: ${line}`);

	const control = async (method: string, name: string, body?: unknown): Promise<unknown> => {
		const answer = await fetch(`${url}/__emulator/${name}`, {
			method,
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		if (!answer.ok)
			throw new Error(`The emulator refused ${method} ${name}: ${await answer.text()}`);
		return await answer.json();
	};
	for (const fields of new Set(fieldLists)) await control('POST', 'warm', fields.split(','));

	return {
		url,
		prepare: async ({ latency, isCapped }) => {
			await control('POST', 'reset');
			if (latency > 0)
				await control('POST', 'faults', { kind: 'latency', ms: latency, service: 'calls' });
			if (!isCapped) await control('POST', 'readings', { maxRowsPerPeriod: NO_CAP });
		},
		log: async () => {
			const { entries, maxInFlight } = (await control('GET', 'log')) as {
				entries: Array<{ service: string }>;
				maxInFlight: { calls: number };
			};
			return {
				pages: entries.filter(({ service }) => service === 'calls').length,
				maxInFlight: maxInFlight.calls,
			};
		},
		close: async () => {
			const ended = once(child, 'exit');
			child.kill();
			await ended;
		},
	};
}
