/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test: it needs a small server, files and time */
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import express from 'express';
import type { IDataObject, INode, JsonObject } from 'n8n-workflow';

import { createEngine, type Engine } from '../../../../tools/n8n-engine';
import { SampleApi, SampleNode, SampleTrigger } from './sample-node';

/** A login that gives token1, token2, …, and three resources behind it. */
class SampleServer {
	logins: IDataObject[] = [];

	requests: Array<{ path: string; query: unknown; authorization?: string }> = [];

	validToken = '';

	url = '';

	/** How many requests were given up by the other side. */
	aborted = 0;

	private server?: Server;

	async open(): Promise<void> {
		const app = express();
		app.use(express.json());
		app.post('/login', (request, response) => {
			this.logins.push(request.body as IDataObject);
			if ((request.body as IDataObject).password !== 'right') {
				response.status(401).json({ error: 'Неверный пароль', details: null });
				return;
			}
			this.validToken = `token${this.logins.length}`;
			response.json({ token: this.validToken });
		});
		app.use((request, response, next) => {
			const { authorization } = request.headers;
			this.requests.push({ path: request.path, query: request.query, authorization });
			if (authorization === `Bearer ${this.validToken}`) next();
			else response.status(401).json({ error: 'Token is expired.', details: null });
		});
		app.get('/things', (request, response) => {
			if (request.query.name === 'bad') {
				response.status(422).json({ error: 'Плохое имя', details: 'name' });
				return;
			}
			response.json([{ name: request.query.name ?? 'thing', id: 1 }, { id: 2 }]);
		});
		app.get('/slow', (_request, response) => {
			response.on('close', () => (this.aborted += 1));
		});
		app.get('/file', (_request, response) => {
			response.type('audio/mpeg').send(Buffer.from([0xff, 0xfb, 0x00, 0x80]));
		});
		await new Promise<void>((resolve) => {
			this.server = app.listen(0, '127.0.0.1', () => resolve());
		});
		this.url = `http://127.0.0.1:${(this.server?.address() as AddressInfo).port}`;
	}

	reset(): void {
		this.logins = [];
		this.requests = [];
		this.validToken = '';
		this.aborted = 0;
	}

	close(): void {
		this.server?.closeAllConnections();
		this.server?.close();
	}
}

/** Waits for something that must come within seconds. */
async function until(isSo: () => boolean): Promise<void> {
	for (const end = Date.now() + 3000; !isSo();) {
		if (Date.now() > end) throw new Error(`It did not come to ${String(isSo)}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

const server = new SampleServer();
let engine: Engine;

const account = (password = 'right') => ({ url: server.url, email: 'a@b.ru', password });
const credentials = (password?: string) => ({ sampleApi: account(password) });

beforeAll(async () => {
	await server.open();
	engine = await createEngine({ nodes: [SampleNode, SampleTrigger], credentials: [SampleApi] });
});
beforeEach(() => server.reset());
afterAll(() => {
	engine.close();
	server.close();
});

describe('run', () => {
	it('exchanges the login over HTTP, then sends the token', async () => {
		const { items, error, status } = await engine.run({ credentials: credentials() });

		expect(error).toBeUndefined();
		expect(status).toBe('success');
		expect(items.map(({ json }) => json.id)).toEqual([1, 2]);
		expect(server.logins).toEqual([{ email: 'a@b.ru', password: 'right' }]);
		expect(server.requests.map(({ authorization }) => authorization)).toEqual(['Bearer token1']);
	});

	it('evaluates expressions for each input item', async () => {
		const { items } = await engine.run({
			items: [{ who: 'Анна' }, { who: 'Boris' }],
			parameters: { name: '={{ $json.who.toUpperCase() }}' },
			credentials: credentials(),
		});

		expect(items.map(({ json }) => json.name)).toEqual(['АННА', undefined, 'BORIS', undefined]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 1 },
			{ item: 1 },
		]);
	});

	it('knows the time zone of the workflow', async () => {
		const { items } = await engine.run({
			parameters: { name: '={{ $now.zoneName }}' },
			timezone: 'Asia/Vladivostok',
			credentials: credentials(),
		});

		expect(items[0].json).toMatchObject({
			name: 'Asia/Vladivostok',
			zone: 'Asia/Vladivostok',
		});
	});

	it('hands on the error as n8n shows it', async () => {
		const { items, error, status } = await engine.run({
			parameters: { name: 'bad' },
			credentials: credentials(),
		});

		expect(items).toEqual([]);
		expect(status).toBe('error');
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '422' });
	});

	it('gives one error item on Continue, and another output on Continue (using error output)', async () => {
		const options = {
			items: [{ who: 'good' }, { who: 'bad' }],
			parameters: { name: '={{ $json.who }}' },
			credentials: credentials(),
		};
		const regular = await engine.run({ ...options, continueOnFail: true });
		const separate = await engine.run({ ...options, continueOnFail: 'error' });

		expect(regular.items.map(({ json }) => json.error !== undefined)).toEqual([false, false, true]);
		expect(separate.items).toHaveLength(2);
		expect(separate.errorItems).toHaveLength(1);
	});

	it('refuses what n8n refuses before it starts', async () => {
		const { error } = await engine.run({
			parameters: { resource: 'file', fileName: '' },
			credentials: credentials(),
		});

		expect(error?.name).toBe('WorkflowHasIssuesError');
		expect(server.requests).toEqual([]);
	});

	it('retries as "Retry On Fail" says', async () => {
		await engine.run({
			parameters: { name: 'bad' },
			credentials: credentials(),
			retry: { maxTries: 3, waitBetweenTries: 1 },
		});

		expect(server.requests).toHaveLength(3);
	});

	it('stops at once when cancelled: the request is given up', async () => {
		const execution = await engine.start({
			parameters: { resource: 'slow' },
			credentials: credentials(),
		});
		await until(() => server.requests.length > 0);
		execution.cancel();
		const { status } = await execution.result;

		expect(status).toBe('canceled');
		await until(() => server.aborted > 0);
	});

	it('takes an abort signal for the stop button', async () => {
		const stop = new AbortController();
		setTimeout(() => stop.abort(), 200);
		const { status } = await engine.run({
			parameters: { resource: 'slow' },
			credentials: credentials(),
			signal: stop.signal,
		});

		expect(status).toBe('canceled');
	});

	it('stores files as n8n does, and reads them back', async () => {
		const { items } = await engine.run({
			parameters: { resource: 'file', fileName: 'a.mp3' },
			credentials: credentials(),
		});

		expect(items[0].binary?.data).toMatchObject({ mimeType: 'audio/mpeg', fileName: 'a.mp3' });
		expect([...(await engine.readBinary(items[0]))]).toEqual([0xff, 0xfb, 0x00, 0x80]);
	});

	it('captures what is logged, and prints nothing', async () => {
		const print = jest.fn();
		const streams = [process.stdout, process.stderr].map((stream) =>
			jest.spyOn(stream, 'write').mockImplementation(print),
		);
		const consoles = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
			jest.spyOn(console, level).mockImplementation(print),
		);
		engine.clearLogs();
		await engine.run({ parameters: { name: 'bad' }, credentials: credentials() });

		expect(engine.logs('warn').map(({ message }) => message)).toContain('sample: asking');
		expect(engine.logs('debug').length).toBeGreaterThan(0);
		expect(print).not.toHaveBeenCalled();
		for (const spy of [...streams, ...consoles]) spy.mockRestore();
	});
});

describe('credentials', () => {
	it('are saved with the token, encrypted, and read for every request', async () => {
		const stored = await engine.credentialStore.create('sampleApi', account());
		const reads = engine.credentialStore.reads;
		const updates = engine.credentialStore.updates;
		await engine.run({ credentials: { sampleApi: stored } });
		await engine.run({ credentials: { sampleApi: stored } });

		expect(await engine.credentialStore.dataOf(stored)).toMatchObject({ token: 'token1' });
		expect(engine.credentialStore.rawOf(stored)).not.toContain('token1');
		expect(server.logins).toHaveLength(1);
		expect(engine.credentialStore.updates - updates).toBe(1);
		expect(engine.credentialStore.reads - reads).toBeGreaterThanOrEqual(4);
	});

	it('are renewed once when the token is refused', async () => {
		const { credentials: saved } = await engine.run({ credentials: credentials() });
		server.validToken = 'another';
		const { items } = await engine.run({ credentials: saved });

		expect(items).toHaveLength(2);
		expect(server.logins).toHaveLength(2);
		expect(await engine.credentialStore.dataOf(saved.sampleApi)).toMatchObject({ token: 'token2' });
	});

	it('keep the old token when the user edits them, as n8n does', async () => {
		const { credentials: saved } = await engine.run({ credentials: credentials() });
		await engine.credentialStore.edit(saved.sampleApi, { password: 'wrong' });
		const { items } = await engine.run({ credentials: saved });

		expect(items).toHaveLength(2);
		expect(server.logins).toHaveLength(1);
	});

	it('that are missing are an error of n8n', async () => {
		const { error } = await engine.run({});

		expect(error?.message).toContain('does not have any credentials set');
	});
});

describe('testCredential', () => {
	/** Until 2.0 an error of n8n lost what caused it, so that the dialog fell back on its message. */
	const keepsCause = () => {
		const { NodeApiError } = engine.n8n.workflow;
		return (
			new NodeApiError({} as INode, new Error('x') as unknown as JsonObject).cause !== undefined
		);
	};

	it('says what the dialog says', async () => {
		expect(await engine.testCredential(account(), 'sampleApi')).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		expect(await engine.testCredential(account('wrong'), 'sampleApi')).toEqual({
			status: 'Error',
			message: keepsCause()
				? 'Unauthorized'
				: 'Authorization failed - please check your credentials',
		});
	});

	it('shows the code of a failed connection', async () => {
		const unreachable = { ...account(), url: 'http://127.0.0.1:1' };

		expect(await engine.testCredential(unreachable, 'sampleApi')).toEqual({
			status: 'Error',
			message: keepsCause()
				? 'ECONNREFUSED'
				: 'The service refused the connection - perhaps it is offline',
		});
	});

	it('reuses a token that is saved, as n8n does', async () => {
		const { credentials: saved } = await engine.run({ credentials: credentials() });
		await engine.testCredential(saved.sampleApi, 'sampleApi');

		expect(server.logins).toHaveLength(1);
	});
});

describe('listSearch and loadOptions', () => {
	it('run with the parameters of the panel, the filter and the page', async () => {
		const found = await engine.listSearch('things', {
			parameters: { name: 'panel' },
			credentials: credentials(),
			filter: 'x',
			paginationToken: '2',
		});

		expect(found).toEqual({
			results: [
				{ name: 'panel x 2', value: 1 },
				{ name: ' x 2', value: 2 },
			],
		});
		expect(server.logins).toHaveLength(1);
	});
});

describe('poll', () => {
	const poll = async (staticData: IDataObject, name = 'new') =>
		await engine.poll('sampleTrigger', {
			staticData,
			parameters: { name },
			credentials: credentials(),
		});

	const polled = (polls: number) => ({ 'node:TWIN24': { polls } });

	it('remembers from poll to poll', async () => {
		const first = await poll({});
		const second = await poll(first.savedStaticData);

		expect(first.items).toHaveLength(2);
		expect(first.savedStaticData).toEqual(polled(1));
		expect(second.savedStaticData).toEqual(polled(2));
	});

	it('saves nothing when nothing was emitted or an error thrown', async () => {
		const nothing = await poll(polled(7), 'nothing');
		const failed = await poll(polled(7), 'bad');

		expect(nothing).toMatchObject({
			items: null,
			staticData: polled(8),
			savedStaticData: polled(7),
		});
		expect(failed).toMatchObject({ items: null, savedStaticData: polled(7) });
		expect(failed.error).toBeInstanceOf(engine.n8n.workflow.NodeApiError);
	});

	it('runs a manual test through the whole engine', async () => {
		const { items, savedStaticData } = await engine.poll('sampleTrigger', {
			mode: 'manual',
			parameters: { name: 'new' },
			credentials: credentials(),
		});

		expect(items?.[0].json).toMatchObject({ mode: 'manual' });
		expect(savedStaticData).toEqual({});
	});
});

describe('the folder of the instance', () => {
	it('is removed with the engine', async () => {
		const other = await createEngine({ nodes: [SampleNode], credentials: [SampleApi] });
		const { Container } = engine.n8n.di;
		const folder = Container.get(engine.n8n.core.InstanceSettings).n8nFolder;
		other.close();
		expect(existsSync(folder)).toBe(true);
		engine.close();
		expect(existsSync(folder)).toBe(false);
		engine = await createEngine({ nodes: [SampleNode], credentials: [SampleApi] });
		const { items } = await engine.run({ credentials: credentials() });
		expect(items).toHaveLength(2);
	});
});
