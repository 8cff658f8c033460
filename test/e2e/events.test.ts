/* eslint-disable @n8n/community-nodes/no-restricted-imports -- keeps n8n's folder and address from one life to the next, never published */
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'flatted';
import type { IRunExecutionData } from 'n8n-workflow';

import { startEmulator, type Emulator } from '../../tools/emulator';
import { endedCallsWorkflow, waitFor } from '../../tools/n8n-host';
import { startN8n, type N8n } from '../../tools/n8n-host/start-n8n';

/** The first installation of n8n is part of it. */
const START_TIMEOUT = 25 * 60_000;

const TIMEOUT = 5 * 60_000;

const TRIGGER = 'Twin24 Events Trigger';
const WEBHOOK_ID = '2f4a0f8e-8f0b-4a53-9d7c-3c3b1b0e7a11';

/** In megabytes. */
const LARGEST_BODY = 1;

/** An execution as n8n has saved it. */
interface Saved {
	data: string;
}

describe('the events trigger in a real n8n that is killed', () => {
	let emulator: Emulator;
	let n8n: N8n;
	let userFolder: string;
	/** The address that TWIN24 knows, whatever port n8n has just now. */
	let door: Server;

	beforeAll(async () => {
		userFolder = await mkdtemp(join(tmpdir(), 'twin24-events-'));
		emulator = await startEmulator({ webhookSecond: 200 });
		door = createServer((client) => {
			const server = connect(Number(new URL(n8n.url).port), '127.0.0.1');
			client.on('error', () => server.destroy()).on('close', () => server.destroy());
			server.on('error', () => client.destroy()).on('close', () => client.destroy());
			client.pipe(server).pipe(client);
		});
		await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
		await start('dist');
		await n8n.client.publishWorkflow(
			await n8n.client.importWorkflow(endedCallsWorkflow({ name: TRIGGER }, WEBHOOK_ID)),
		);
		await untilItServes();
	}, START_TIMEOUT);

	afterAll(async () => {
		emulator?.webhooks.clear();
		await n8n?.kill();
		door?.close();
		await emulator?.close();
		if (userFolder) await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
	});

	const start = async (install: 'dist' | 'nothing') => {
		const env = { N8N_PAYLOAD_SIZE_MAX: String(LARGEST_BODY) };
		n8n = await startN8n({ install, userFolder, env });
	};

	const url = () =>
		`http://127.0.0.1:${(door.address() as AddressInfo).port}/webhook/${WEBHOOK_ID}/events`;

	const post = async (body: string) =>
		(
			await fetch(url(), {
				method: 'POST',
				headers: { 'content-type': 'application/json', connection: 'close' },
				body,
			})
		).status;

	/** n8n publishes in its own time. What tells of no event starts nothing. */
	const untilItServes = async () =>
		await waitFor('the webhook', TIMEOUT, async () =>
			(await post('{}').catch(() => 0)) === 200 ? true : undefined,
		);

	const ended = (id: string) => ({
		event: 'CALL_ENDED',
		id,
		taskId: 't-1',
		callTo: '79000000001',
		status: 'ANSWERED',
		result: [],
	});

	/** TWIN24 posts each event until it is taken, and once more after that. */
	const deliver = (ids: string[]) => {
		for (const id of ids) emulator.webhooks.send([{ url: url(), body: ended(id), twice: true }]);
	};

	/** What an execution was started with: n8n may have been killed before the trigger's node has run in it. */
	const begunWith = (text: string): string[] => {
		const { resultData, executionData } = parse(text) as IRunExecutionData;
		const stack = (executionData?.nodeExecutionStack ?? []).filter(
			({ node }) => node.name === TRIGGER,
		);
		const items = [
			...(resultData.runData[TRIGGER] ?? []).flatMap(({ data }) => data?.main[0] ?? []),
			...stack.flatMap(({ data }) => data.main[0] ?? []),
		];
		return items.map(({ json }) => String(json.callId));
	};

	/**
	 * IDs of the calls that all executions were started with, by execution. One that n8n was killed in may
	 * never end: it counts as it is.
	 */
	const told = async (): Promise<string[]> => {
		const { results } = await n8n.client.rest<{ results: Array<{ id: string }> }>(
			'GET',
			'/executions?limit=100',
		);
		expect(results.length).toBeLessThan(100);
		const executions = await Promise.all(
			results.map(async ({ id }) => await n8n.client.rest<Saved>('GET', `/executions/${id}`)),
		);
		return executions.flatMap(({ data }) => [...new Set(begunWith(data))]).sort();
	};

	/** Resolves when so many posts have been answered. */
	const untilTaken = async (count: number) =>
		await waitFor('the first events', TIMEOUT, async () => {
			const taken = emulator.webhooks.attempts.filter(({ status }) => status === 200);
			return taken.length >= count || undefined;
		});

	test(
		'starts the workflow once for every event; twice at most where the crash cut its answer off',
		async () => {
			const ids = Array.from({ length: 60 }, (_, i) => `k-${String(i).padStart(2, '0')}`);
			const { attempts } = emulator.webhooks;
			const answered = (isTaken: boolean) =>
				attempts
					.filter(({ status }) => (status === 200) === isTaken)
					.map(({ body }) => (body as { id: string }).id);
			const doubledIn = (found: string[]) => found.filter((id, i) => found.indexOf(id) !== i);

			deliver(ids);
			await untilTaken(20);
			await n8n.kill();
			const takenBefore = answered(true);
			await start('nothing');
			await emulator.webhooks.settled();
			const cutOff = answered(false);
			expect(cutOff.length).toBeGreaterThan(0);
			const found = await told();
			expect([...new Set(found)]).toEqual(ids);
			expect(doubledIn(found).filter((id) => !cutOff.includes(id))).toEqual([]);

			// The crash may also have kept n8n from saving which events it had just taken: these may come again.
			deliver(ids);
			await emulator.webhooks.settled();
			const foundAgain = await told();
			const mayDouble = [...cutOff, ...takenBefore];
			expect(doubledIn(foundAgain).filter((id) => !mayDouble.includes(id))).toEqual([]);

			// Once all is told and nothing is under way, a crash changes nothing.
			await n8n.kill();
			await start('nothing');
			await untilItServes();
			deliver(ids);
			await emulator.webhooks.settled();
			expect(await told()).toEqual(foundAgain);
		},
		15 * 60_000,
	);

	test(
		'takes what is no JSON or too large, lest it come for a day, and starts nothing',
		async () => {
			const before = await told();
			expect(await post('{"event": "CALL_EN')).toBe(200);
			expect(await post(JSON.stringify({ event: ' '.repeat(LARGEST_BODY * 1024 * 1024) }))).toBe(
				200,
			);
			expect(await told()).toEqual(before);
		},
		TIMEOUT,
	);
});
