/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- starts a program on the developer's machine, never published */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { Call } from '.';
import { REPOSITORY } from '../n8n-host';

/** An emulator in a process of its own, with cores of its own as a real TWIN24 has. */
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
}

/** @throws Error with what it said if it does not start */
export async function startEmulatorProcess({
	calls,
	from,
	to,
}: EmulatorData): Promise<EmulatorProcess> {
	const data = ['--port', '0', '--calls', String(calls), '--from', from, '--to', to];
	const child = spawn(
		process.execPath,
		['--import', 'tsx', join('tools', 'emulator', 'cli.ts'), ...data],
		{
			cwd: REPOSITORY,
			stdio: ['ignore', 'pipe', 'inherit'],
		},
	);
	const leaveNothing = () => void child.kill('SIGKILL');
	process.once('exit', leaveNothing);
	const ended = once(child, 'exit');
	const stop = async () => {
		process.off('exit', leaveNothing);
		child.kill();
		await ended;
	};

	const saidOrEnded = Promise.race([once(createInterface(child.stdout), 'line'), ended]);
	const [said] = (await saidOrEnded) as [string | number | null];
	const url = /http:\/\/\S+?(?=[\s,(]|$)/.exec(String(said))?.[0];
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
