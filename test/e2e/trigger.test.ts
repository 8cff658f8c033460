/* eslint-disable @n8n/community-nodes/no-restricted-imports -- keeps n8n's folder from one life to the next, never published */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DEMO_ACCOUNT, startEmulator, type Emulator, type NewCall } from '../../tools/emulator';
import {
	CREDENTIAL_TYPE,
	emulatorCredential,
	finishedCallsWorkflow,
	itemsOf,
	waitFor,
} from '../../tools/n8n-host';
import { startN8n, type N8n } from '../../tools/n8n-host/start-n8n';
import { watchBeganAt } from './support/watch';

/** The first installation of n8n is part of it. */
const START_TIMEOUT = 25 * 60_000;

/** n8n polls every minute at most; the rest is for a busy machine. */
const POLL_TIMEOUT = 150_000;

const TRIGGER = 'Twin24 Calls Trigger';
const TRIGGER_ID = 'b5e3c9d2-1a70-4a55-9a14-6f0c6f9d7f01';

describe('the trigger in a real n8n that is killed', () => {
	let emulator: Emulator;
	let n8n: N8n;
	let userFolder: string;
	let workflowId: string;
	let activatedAt: number;

	beforeAll(async () => {
		userFolder = await mkdtemp(join(tmpdir(), 'twin24-trigger-'));
		emulator = await startEmulator({ calls: 500 });
		n8n = await startN8n({ install: 'dist', userFolder });
		const account = emulatorCredential(emulator.url, DEMO_ACCOUNT);
		const credential = await n8n.client.saveCredential('TWIN24', CREDENTIAL_TYPE, account);
		workflowId = await n8n.client.importWorkflow(
			finishedCallsWorkflow({ name: TRIGGER, id: TRIGGER_ID }, credential, {
				fieldSet: 'selected',
				fields: ['id'],
			}),
		);
	}, START_TIMEOUT);

	afterAll(async () => {
		await n8n?.kill();
		await emulator?.close();
		if (userFolder) await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
	});

	/** Activates the workflow, and waits until n8n, which does it in its own time, has saved what the trigger keeps. */
	const activate = async () => {
		await n8n.client.publishWorkflow(workflowId);
		activatedAt = await waitFor(
			'the activation',
			POLL_TIMEOUT,
			async () => await watchBeganAt(n8n, workflowId, TRIGGER_ID),
		);
	};

	const killHard = async () => await n8n.kill();
	const startAgain = async () => {
		n8n = await startN8n({ install: 'nothing', userFolder });
	};

	/** Puts calls into the report that have just ended, some a while ago and out of order. */
	const arrive = (...minutesAgo: number[]) => {
		const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
		emulator.table.insert(
			minutesAgo.map((minutes): NewCall => ({
				createdAt: at(60),
				updatedAt: at(minutes),
				status: 'ANSWERED',
			})),
		);
	};

	/** IDs of the calls that all executions were started with. */
	const told = async (): Promise<string[]> => {
		const { results } = await n8n.client.rest<{ results: Array<{ id: string }> }>(
			'GET',
			'/executions?limit=100',
		);
		const executions = await Promise.all(
			results.map(async ({ id }) => await n8n.client.executionEnd(id)),
		);
		return executions.flatMap((execution) =>
			itemsOf<{ id: string }>(execution, TRIGGER).map(({ id }) => id),
		);
	};

	/** What the trigger should have told of by now, from the emulator's own table. */
	const due = () =>
		emulator.table
			.all()
			.filter((call) => Date.parse(call.updatedAt) >= activatedAt)
			.map(({ id }) => id)
			.sort();

	const untilAllAreTold = async () =>
		await waitFor('an execution for every call', POLL_TIMEOUT, async () => {
			const ids = await told();
			return due().every((id) => ids.includes(id)) || undefined;
		});

	test(
		'starts the workflow once for every call, over three lives of n8n',
		async () => {
			await activate();
			expect(await told()).toEqual([]);

			// Killed before anything was ever told: the start is known all the same.
			await killHard();
			arrive(0, 0, 0);
			await startAgain();
			await untilAllAreTold();

			// Killed in the middle of a poll, with the request under way.
			const inPoll = new Promise<void>((resolve) => {
				emulator.faults.add({
					kind: 'latency',
					service: 'calls',
					ms: () => (resolve(), 0),
					times: 1,
				});
				emulator.faults.add({ kind: 'hang', service: 'calls' });
			});
			arrive(0, 0);
			await inPoll;
			await killHard();
			emulator.faults.clear();
			arrive(0);
			await startAgain();
			await untilAllAreTold();

			// And a life without accidents: the cron polls, late arrivals included.
			arrive(0.5, 0, 0.25);
			await untilAllAreTold();

			expect((await told()).sort()).toEqual(due());
			expect(due()).toHaveLength(9);
		},
		15 * 60_000,
	);
});
