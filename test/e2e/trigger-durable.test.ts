import { DEMO_ACCOUNT, startEmulator, type Emulator } from '../../tools/emulator';
import {
	CREDENTIAL_TYPE,
	emulatorCredential,
	finishedCallsWorkflow,
	itemsOf,
	waitFor,
	type SavedCredential,
} from '../../tools/n8n-host';
import { startN8n, type N8n } from '../../tools/n8n-host/start-n8n';
import { watchBeganAt } from './support/watch';

/** The first installation of n8n is part of it. */
const START_TIMEOUT = 25 * 60_000;

/** n8n polls every minute at most; the rest is for a busy machine. */
const POLL_TIMEOUT = 150_000;

const NODE_ID = 'b5e3c9d2-1a70-4a55-9a14-6f0c6f9d7f11';

describe('the trigger under n8n’s durable scheduler with durable cursors', () => {
	let emulator: Emulator;
	let n8n: N8n;
	let credential: SavedCredential;
	let workflowId: string;

	beforeAll(async () => {
		emulator = await startEmulator({ calls: 500 });
		n8n = await startN8n({
			install: 'dist',
			env: {
				N8N_SCHEDULER_ENABLED: 'true',
				N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
				N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
				N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
			},
		});
		const account = emulatorCredential(emulator.url, DEMO_ACCOUNT);
		credential = await n8n.client.saveCredential('TWIN24', CREDENTIAL_TYPE, account);
		workflowId = await n8n.client.importWorkflow(
			finishedCallsWorkflow({ name: 'First name', id: NODE_ID }, credential, {
				fieldSet: 'selected',
				fields: ['id'],
			}),
		);
	}, START_TIMEOUT);

	afterAll(async () => {
		await n8n?.kill();
		await emulator?.close();
	});

	/** 0 before it ever began. */
	const beganAt = async () => (await watchBeganAt(n8n, workflowId, NODE_ID)) ?? 0;

	/** Activates the workflow, and waits until n8n, which does it in its own time, has done it. */
	const activate = async () => {
		const before = await beganAt();
		await n8n.client.publishWorkflow(workflowId);
		await waitFor(
			'the activation',
			POLL_TIMEOUT,
			async () => (await beganAt()) > before || undefined,
		);
	};

	const endNow = (): string => {
		const time = new Date().toISOString();
		return emulator.table.insert([{ createdAt: time, updatedAt: time, status: 'ANSWERED' }])[0].id;
	};

	/** IDs of the calls that all executions were started with. */
	const told = async (): Promise<unknown[]> => {
		const { results } = await n8n.client.rest<{ results: Array<{ id: string }> }>(
			'GET',
			'/executions?limit=100',
		);
		const executions = await Promise.all(
			results.map(async ({ id }) => await n8n.client.executionEnd(id)),
		);
		return executions.flatMap((execution) =>
			['First name', 'Second name'].flatMap((name) =>
				itemsOf<{ id: string }>(execution, name).map(({ id }) => id),
			),
		);
	};
	const untilTold = async (id: string) =>
		await waitFor(
			'its execution',
			POLL_TIMEOUT,
			async () => (await told()).includes(id) || undefined,
		);

	test(
		'tells of every call of an activation once, and of none between two',
		async () => {
			await activate();
			const beforeFirstTick = endNow();
			await untilTold(beforeFirstTick);

			await n8n.client.rest('PATCH', `/workflows/${workflowId}`, {
				...finishedCallsWorkflow({ name: 'Second name', id: NODE_ID }, credential, {
					fieldSet: 'selected',
					fields: ['id'],
				}),
			});
			const whileRenamed = endNow();
			await n8n.client.publishWorkflow(workflowId);
			await untilTold(whileRenamed);

			await n8n.client.rest('POST', `/workflows/${workflowId}/deactivate`, {});
			endNow();
			await activate();
			const afterwards = endNow();
			await untilTold(afterwards);

			expect((await told()).sort()).toEqual([beforeFirstTick, whileRenamed, afterwards].sort());
		},
		15 * 60_000,
	);
});
