/* eslint-disable @n8n/community-nodes/no-restricted-imports -- writes a file for the command line, never published */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startFromArguments } from '../../../../tools/emulator/command-line';
import type { Emulator } from '../../../../tools/emulator';
import { closeAll, ids, login, open, visit } from './support';

afterEach(closeAll);

async function control(
	{ url }: Pick<Emulator, 'url'>,
	method: string,
	name: string,
	body?: unknown,
) {
	const response = await fetch(`${url}/__emulator/${name}`, {
		method,
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const text = await response.text();
	return { status: response.status, text, json: () => JSON.parse(text) };
}

describe('control over HTTP', () => {
	it('shows the log, and is not in it', async () => {
		const { emulator, report } = await visit();
		await report();
		const { json } = await control(emulator, 'GET', 'log');
		expect(json()).toMatchObject({
			entries: [{ service: 'auth' }, { service: 'calls' }],
			maxInFlight: { calls: 1 },
		});
		await control(emulator, 'DELETE', 'log');
		expect(emulator.log.count()).toBe(0);
	});

	it('shows the table, whole or a page', async () => {
		const emulator = await open({ calls: 12 });
		const lines = (await control(emulator, 'GET', 'table')).text.trim().split('\n');
		expect(lines.map((line) => JSON.parse(line))).toEqual(emulator.table.all());
		const page = (await control(emulator, 'GET', 'table?offset=10&limit=5')).json();
		expect(page).toEqual({ size: 12, calls: emulator.table.all().slice(10) });
	});

	it('sets readings, and refuses those that are none', async () => {
		const emulator = await open();
		expect((await control(emulator, 'POST', 'readings', { count: 'page' })).json()).toMatchObject({
			count: 'page',
			from: 'inclusive',
		});
		expect(emulator.readings.count).toBe('page');
		const refused = await control(emulator, 'POST', 'readings', { cuont: 'page' });
		expect([refused.status, refused.json().error]).toEqual([400, 'No such reading: cuont']);
	});

	it('adds and clears faults and arrivals', async () => {
		const { emulator, report } = await visit();
		await control(emulator, 'POST', 'faults', [
			{ kind: 'status', status: 503, query: { limit: '2' } },
		]);
		await control(emulator, 'POST', 'arrivals', { insert: 1 });
		expect([(await report({ limit: 2 })).status, (await report({ limit: 3 })).json.count]).toEqual([
			503, 1,
		]);
		await control(emulator, 'DELETE', 'faults');
		expect((await report({ limit: 2 })).json.count).toBe(1);
	});

	it('inserts, changes, shows and removes calls', async () => {
		const { emulator, report } = await visit();
		await control(emulator, 'POST', 'calls', [{ id: 'a' }, { id: 'b' }]);
		expect((await control(emulator, 'PATCH', 'calls/a', { status: 'BUSY' })).json()).toMatchObject({
			id: 'a',
			status: 'BUSY',
		});
		expect((await control(emulator, 'GET', 'calls/a')).json()).toMatchObject({ status: 'BUSY' });
		await control(emulator, 'DELETE', 'calls/b');
		expect(ids(await report())).toEqual(['a']);
	});

	it('revokes tokens and resets', async () => {
		const { emulator, report } = await visit();
		await control(emulator, 'POST', 'revoke-tokens');
		expect((await report()).status).toBe(401);
		await control(emulator, 'POST', 'reset');
		expect(emulator.log.count()).toBe(0);
	});

	it('moves rows, puts the clock forward, withdraws tokens', async () => {
		const { emulator, report } = await visit({ calls: 9, now: () => new Date(0) });
		await control(emulator, 'POST', 'moves', { beforePage: 1, leave: 1 });
		expect((await report()).json.count).toBe(8);
		expect((await control(emulator, 'POST', 'clock', { advanceSeconds: 60 })).json()).toEqual({
			now: '1970-01-01T00:01:00.000Z',
		});
		await control(emulator, 'POST', 'withdraw-tokens', { everyMs: 1000 });
		await control(emulator, 'POST', 'clock', { advanceSeconds: 1 });
		expect((await report()).status).toBe(401);
	});

	it('tells the table of readings', async () => {
		const table = (await control(await open(), 'GET', 'readings/table')).json();
		expect(table.count).toMatchObject({ preset: 'total', fact: expect.any(String) });
	});

	it('says what it does not understand', async () => {
		const emulator = await open();
		expect((await control(emulator, 'POST', 'nothing')).status).toBe(404);
		expect((await control(emulator, 'POST', 'calls')).status).toBe(400);
	});
});

describe('the command line', () => {
	it('starts what it is told to, and says where it is in one line', async () => {
		const args = [
			'--port',
			'0',
			'--calls',
			'7',
			'--seed',
			'3',
			'--to',
			'2025-03-01T00:00:00Z',
			'--email',
			'а@б.рф',
			'--password',
			'п а',
		];
		const { emulator, line } = await startFromArguments(args);
		const other = await open({ calls: 7, data: { seed: 3, to: '2025-03-01T00:00:00Z' } });
		try {
			expect(line).toBe(
				`TWIN24 emulator: ${emulator.url} (recordings: ${emulator.recordsUrl}), 7 calls`,
			);
			expect((await login(emulator, { email: 'а@б.рф', password: 'п а' })).status).toBe(200);
			expect(emulator.table.all().map(({ id, createdAt }) => [id, createdAt])).toEqual(
				other.table.all().map(({ id, createdAt }) => [id, createdAt]),
			);
		} finally {
			await emulator.close();
		}
	});

	it('sets readings from a file and one by one, which win', async () => {
		const file = join(await mkdtemp(join(tmpdir(), 'readings-')), 'probe.json');
		await writeFile(file, JSON.stringify({ readings: { count: 'page', maxPageSize: 500 } }));
		const args = ['--readings', file, '--reading', 'count=absent', '--reading', 'pageFrom=1'];
		const { emulator } = await startFromArguments(['--port', '0', '--calls', '0', ...args]);
		await emulator.close();
		expect(emulator.readings).toMatchObject({ count: 'absent', maxPageSize: 500, pageFrom: 1 });
	});

	it('lets calls come, tasks dial and webhooks be sent at the pace that it is told', async () => {
		const pace = ['--call-every', '1', '--dial-every', '0', '--webhook-second', '5'];
		const { emulator } = await startFromArguments(['--port', '0', '--calls', '0', ...pace]);
		try {
			await new Promise<void>((resolve) => {
				emulator.dialler.listen(() => resolve());
			});
			expect(emulator.table.size).toBeGreaterThan(0);
			expect(emulator.webhooks.secondMs).toBe(5);
		} finally {
			await emulator.close();
		}
	});

	it('says in a sentence that a port is taken', async () => {
		const { port } = new URL((await open()).url);
		const sentence = `Port ${port} is taken: end the program that uses it, or choose another with --port.`;
		await expect(startFromArguments(['--port', port])).rejects.toThrow(new Error(sentence));
	});

	it.each([
		[['--calls', 'many'], '--calls takes a whole number'],
		[['--port', '70000'], '--port takes a whole number up to 65535'],
		[['--speed', '9'], 'What is "--speed" for?'],
		[['7'], 'What is "7" for?'],
		[['--seed'], 'What is "--seed" for?'],
		[['--from', 'вчера'], 'Not a time: вчера'],
		[['--reading', 'cuont=page'], 'No such reading: cuont'],
		[['--readings', 'nowhere.json'], '--readings nowhere.json: ENOENT'],
	])('refuses %j', async (args, sentence) => {
		await expect(startFromArguments(['--port', '0', ...args])).rejects.toThrow(sentence);
	});
});
