import { endedCallsWorkflow, itemsOf, waitFor, type Server } from '../../tools/n8n-host';
import { startCluster, type Cluster } from '../../tools/n8n-host/queue';
import { OWNER } from '../../tools/n8n-host/start-n8n';

const TRIGGER = 'Ended calls';
const WEBHOOK_ID = '7b0c4a52-53a5-4a0e-b0c9-4f0b7f0a9d0f';
const EVENTS = 60;

/** The first installation of n8n is part of it. */
const START_TIMEOUT = 25 * 60_000;

/** Far longer than it takes; only a test that will fail waits for so long. */
const PATIENCE = 3 * 60_000;

describe('the events trigger in queue mode', () => {
	let cluster: Cluster;
	let intake: Server;

	beforeAll(async () => {
		cluster = await startCluster(OWNER, { workers: 1 });
		intake = await cluster.addWebhookProcess();
		await cluster.client.publishWorkflow(
			await cluster.client.importWorkflow(endedCallsWorkflow({ name: TRIGGER }, WEBHOOK_ID)),
		);
	}, START_TIMEOUT);

	afterAll(async () => await cluster?.stop());

	/** Posts the end of a call to the process that only takes webhooks in, as TWIN24 does. @returns whether that took it */
	const post = async (id: string): Promise<boolean> => {
		const { status } = await fetch(`${intake.url}/webhook/${WEBHOOK_ID}/events`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ event: 'CALL_ENDED', id, status: 'ANSWERED', callTo: '79000000001' }),
		});
		return status === 200;
	};

	/** IDs of the calls that executions were started with, in whatever order. */
	const told = async (): Promise<string[]> => {
		const { results } = await cluster.client.rest<{ results: Array<{ id: string }> }>(
			'GET',
			'/executions?limit=100',
		);
		const ended = await Promise.all(
			results.map(async ({ id }) => await cluster.client.executionEnd(id)),
		);
		return ended
			.flatMap((execution) => itemsOf<{ callId: string }>(execution, TRIGGER))
			.map(({ callId }) => callId)
			.sort();
	};

	test('takes events in by a webhook process, and a worker runs each once, though each is posted twice', async () => {
		const ids = Array.from({ length: EVENTS }, (_, index) => `k-${String(index).padStart(3, '0')}`);
		// Publishing reaches the other processes in n8n's own time.
		await waitFor('the webhook', PATIENCE, async () => await post(ids[0]));
		const taken = await Promise.all([...ids, ...ids].map(async (id) => await post(id)));
		const left = [...ids, ...ids].filter((_, index) => !taken[index]);
		for (const id of left) await waitFor(`event ${id}`, PATIENCE, async () => await post(id));
		const all = await waitFor('the executions', PATIENCE, async () => {
			const started = await told();
			return started.length >= EVENTS ? started : undefined;
		});
		expect(all).toEqual(ids);
	});
});
