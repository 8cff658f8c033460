/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- starts a program on the developer's machine, never published */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline';

import { unzipSync } from 'fflate';

import { DEMO_ACCOUNT, describeReadings } from '../../../../tools/emulator';

const REPOSITORY = join(__dirname, '..', '..', '..');

const children: ChildProcess[] = [];

afterEach(() => {
	for (const child of children.splice(0)) child.kill();
});

/** `npm run emulator -- …`, as it runs outside jest. */
function run(...args: string[]) {
	const child = spawn('npm', ['run', '--silent', 'emulator', '--', ...args], {
		cwd: REPOSITORY,
		stdio: ['ignore', 'pipe', 'pipe'],
		// npm itself does not pass a signal on to what it started.
		detached: true,
	});
	const end = child.kill.bind(child);
	child.kill = (signal) => {
		try {
			return process.kill(-child.pid!, signal ?? 'SIGTERM');
		} catch {
			return end(signal);
		}
	};
	children.push(child);
	return child;
}

describe('npm run emulator', () => {
	it('serves the report, workbooks included, until it is stopped', async () => {
		const child = run('--port', '0', '--calls', '5', '--reading', 'count=account');
		const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
		const url = /http:\S+/.exec(line)![0];
		const { email, password } = DEMO_ACCOUNT;
		const signedIn = await fetch(`${url}/api/v1/auth/login`, {
			method: 'POST',
			body: JSON.stringify({ email, password }),
		});
		const { token } = (await signedIn.json()) as { token: string };
		const report = async (query: string) =>
			await fetch(`${url}/api/v1/search/cis/calls?${query}`, {
				headers: { authorization: `Bearer ${token}`, connection: 'close' },
			});
		expect(await (await report('phone=0')).json()).toEqual({ count: 5, items: [] });
		const file = await report('output=EXCEL&fields=id');
		expect(file.status).toBe(200);
		const parts = unzipSync(new Uint8Array(await file.arrayBuffer()));
		expect(Object.keys(parts)).toContain('xl/workbook.xml');
		child.kill();
		await once(child, 'exit');
		await expect(fetch(url)).rejects.toThrow();
	});

	it('says what is wrong in a sentence, and ends with 1', async () => {
		const child = run('--port', '0', '--reading', 'cuont=page');
		const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
		expect([said, code]).toEqual(['No such reading: cuont\n', 1]);
	});

	it('--help tells the readings', async () => {
		expect(await text(run('--help').stdout)).toContain(describeReadings());
	});
});
