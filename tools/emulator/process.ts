/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- starts a program on the developer's machine, never published */
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import execa from 'execa';

import type { Call } from './call';

/** An emulator in a process of its own, so that what it costs does not count with the client's. */
export interface EmulatorProcess {
	url: string;
	pid: number;
	/** One of the emulator's controls, e.g. `control('POST', 'revoke-tokens')`. */
	control: <T = unknown>(
		method: 'GET' | 'POST' | 'DELETE',
		name: string,
		body?: unknown,
	) => Promise<T>;
	/** How many requests of a service it has answered since its log was cleared. */
	count: (service: 'auth' | 'calls') => Promise<number>;
	/** Every call that there is. */
	calls: () => Promise<Call[]>;
	stop: () => Promise<void>;
}

/** What its generated calls are: so many, spread over this period. */
export interface EmulatorData {
	calls: number;
	from: string;
	to: string;
	/** A file of readings, as `--readings` takes it; left out: the defaults. */
	readings?: string;
}

/**
 * Starts an emulator on a free port; it ends with this process at the latest.
 *
 * @throws Error with what it said if it does not start
 */
export async function startEmulatorProcess({
	calls,
	from,
	to,
	readings,
}: EmulatorData): Promise<EmulatorProcess> {
	const data = ['--port', '0', '--calls', String(calls), '--from', from, '--to', to];
	if (readings !== undefined) data.push('--readings', readings);
	const child = execa(
		process.execPath,
		['--import', 'tsx', join(__dirname, 'cli.ts'), ...data],
		// Where tsx is found.
		{ cwd: __dirname, stdio: ['ignore', 'pipe', 'inherit'], buffer: false, reject: false },
	);
	const stop = async () => {
		child.kill();
		await child;
	};

	const lines = createInterface({ input: child.stdout! });
	const [said] = (await Promise.race([once(lines, 'line'), child.then(() => [''])])) as [string];
	const url = /http:\/\/\S+?(?=[\s,(]|$)/.exec(said)?.[0];
	if (url === undefined) throw new Error(`The emulator did not start: ${said}`);

	const ask = async (method: string, name: string, body?: unknown): Promise<Response> => {
		const answer = await fetch(`${url}/__emulator/${name}`, {
			method,
			headers: { connection: 'close' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		if (!answer.ok)
			throw new Error(`The emulator refused ${method} ${name}: ${await answer.text()}`);
		return answer;
	};
	const control: EmulatorProcess['control'] = async <T>(
		method: string,
		name: string,
		body?: unknown,
	) => (await (await ask(method, name, body)).json()) as T;
	return {
		url,
		pid: child.pid!,
		control,
		count: async (service) => {
			const { entries } = await control<{ entries: Array<{ service: string }> }>('GET', 'log');
			return entries.filter((entry) => entry.service === service).length;
		},
		calls: async () => {
			const lines = (await (await ask('GET', 'table')).text()).split('\n');
			return lines.filter(Boolean).map((line) => JSON.parse(line) as Call);
		},
		stop,
	};
}
