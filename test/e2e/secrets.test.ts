/* eslint-disable @n8n/community-nodes/no-restricted-imports -- looks into n8n's files on the developer's machine, never published */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startEmulator, type Emulator } from '../../tools/emulator';
import { CREDENTIAL_TYPE, emulatorCredential, type SavedCredential } from '../../tools/n8n-host';
import { startN8n, type N8n } from '../../tools/n8n-host/start-n8n';
import { callsWorkflow } from '../../tools/n8n-host/calls-workflow';

/** The first installation of n8n is part of it. */
const START_TIMEOUT = 25 * 60_000;

/** The password: words that occur nowhere else. */
const WORDS = 'Zebra-quartz-7391';
const ACCOUNT = { email: 'secrets@twin24.test', password: WORDS, companyId: 1758 };

describe('password and token', () => {
	let emulator: Emulator;
	let n8n: N8n;
	let userFolder: string;
	let outside: Outside;
	let credential: SavedCredential;
	const workflows: string[] = [];
	const executions: string[] = [];

	/** Runs the node; gives the execution's id. */
	const run = async (name: string, parameters: Parameters<typeof callsWorkflow>[2]) => {
		const workflow = await n8n.client.importWorkflow(
			callsWorkflow(name, credential, { resource: 'call', ...parameters }),
		);
		workflows.push(workflow);
		const execution = await n8n.client.runWorkflow(workflow);
		executions.push(execution.id);
		return execution;
	};

	beforeAll(async () => {
		userFolder = await mkdtemp(join(tmpdir(), 'twin24-secrets-'));
		outside = await watchOutside();
		emulator = await startEmulator({ calls: 50, accounts: [ACCOUNT] });
		n8n = await startN8n({
			install: 'dist',
			userFolder,
			// The loudest n8n can be, with a proxy before all that is not this machine.
			env: { ...outside.env, N8N_LOG_LEVEL: 'debug', N8N_LOG_OUTPUT: 'console' },
		});
		credential = await n8n.client.saveCredential(
			'TWIN24',
			CREDENTIAL_TYPE,
			emulatorCredential(emulator.url, ACCOUNT),
		);

		const [call] = [...emulator.table.all()].filter(({ recordPath }) => recordPath);
		await run('Search', { operation: 'search', returnAll: true, period: 'allTime' });
		await run('Recording', {
			operation: 'getRecording',
			recording: { __rl: true, mode: 'id', value: call.id },
		});
		emulator.faults.add({ kind: 'status', status: 403, service: 'calls', times: 1 });
		await run('Refused', { operation: 'search', period: 'allTime' });
		emulator.faults.add({ kind: 'status', status: 500, service: 'calls', times: 1 });
		await run('Asked again', { operation: 'search', period: 'allTime' });
		emulator.revokeTokens();
		await run('New login', { operation: 'search', period: 'allTime' });
	}, START_TIMEOUT);

	afterAll(async () => {
		await n8n?.stop();
		await emulator?.close();
		await outside?.close();
		await rm(userFolder, { recursive: true, force: true });
	});

	it('were used by what the other tests look at', () => {
		expect(emulator.log.count('auth')).toBeGreaterThanOrEqual(2);
		expect(emulator.log.count('records')).toBe(1);
		expect(
			emulator.log.entries.filter(({ service }) => service === 'calls').map(({ status }) => status),
		).toEqual(expect.arrayContaining([200, 401, 403, 500]));
	});

	it('would be found', async () => {
		const body = JSON.stringify(ACCOUNT);
		const headers = { 'content-type': 'application/json' };
		const answer = await fetch(`${emulator.url}/api/v1/auth/login`, {
			method: 'POST',
			headers,
			body,
		});
		expect(secretsIn(`${await answer.text()} ${body}`)).toEqual(
			expect.arrayContaining([expect.stringMatching(/^eyJ/), WORDS]),
		);
	});

	it('are in no saved execution, errors included', async () => {
		for (const id of executions) {
			const execution = await n8n.client.rest<object>('GET', `/executions/${id}`);
			expect(secretsIn(JSON.stringify(execution))).toEqual([]);
		}
	});

	it('are in no exported workflow', async () => {
		for (const id of workflows) {
			const workflow = await n8n.client.rest<object>('GET', `/workflows/${id}`);
			expect(secretsIn(JSON.stringify(workflow))).toEqual([]);
		}
	});

	it('are not handed out with the credential', async () => {
		const data = await n8n.client.rest<object>(
			'GET',
			`/credentials/${credential.id}?includeData=true`,
		);
		expect(JSON.stringify(data)).toContain(ACCOUNT.email);
		expect(secretsIn(JSON.stringify(data))).toEqual([]);
	});

	it('are in no line of a log that tells everything', () => {
		expect(n8n.logs.length).toBeGreaterThan(20);
		expect(secretsIn(n8n.logs.join('\n'))).toEqual([]);
	});

	it('lie in the database encrypted, as does all that n8n has written', async () => {
		const entries = await readdir(join(userFolder, '.n8n'), {
			recursive: true,
			withFileTypes: true,
		});
		const files = entries.filter(
			(entry) => entry.isFile() && !entry.parentPath.includes('node_modules'),
		);
		expect(files.map(({ name }) => name)).toContain('database.sqlite');
		for (const { parentPath, name } of files) {
			const text = await readFile(join(parentPath, name), 'latin1');
			expect({ name, secrets: secretsIn(text) }).toEqual({ name, secrets: [] });
		}
	});

	it('go to the hosts of the credential alone: not to the one of the recordings, and nobody else is asked', () => {
		const withToken = emulator.log.entries
			.filter(({ authorization }) => authorization)
			.map(({ service }) => service);
		expect(new Set(withToken)).toEqual(new Set(['calls']));
		expect(outside.asked).toEqual([]);
	});
});

/** The password, and every token of TWIN24's, in a text. */
function secretsIn(text: string): string[] {
	const tokens = (text.match(/eyJ[\w-]+\.eyJ[\w-]+/g) ?? []).filter((token) =>
		Buffer.from(token.split('.')[1], 'base64url').toString().includes('company_id'),
	);
	return [...tokens, ...(text.includes(WORDS) ? [WORDS] : [])];
}

interface Outside {
	env: Record<string, string>;
	/** What was to be reached beyond this machine. */
	asked: string[];
	close(): Promise<void>;
}

/** A proxy that lets nothing through and remembers what was asked of it. */
async function watchOutside(): Promise<Outside> {
	const asked: string[] = [];
	const server: Server = createServer((request, response) => {
		asked.push(String(request.url));
		response.writeHead(502).end();
	});
	server.on('connect', (request, socket) => {
		asked.push(String(request.url));
		socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const proxy = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const own = '127.0.0.1,localhost';
	return {
		asked,
		env: {
			HTTP_PROXY: proxy,
			http_proxy: proxy,
			HTTPS_PROXY: proxy,
			https_proxy: proxy,
			NO_PROXY: own,
			no_proxy: own,
		},
		close: async () =>
			await new Promise((done) => {
				server.close(() => done());
				server.closeAllConnections();
			}),
	};
}
