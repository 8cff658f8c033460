/* eslint-disable @n8n/community-nodes/no-restricted-imports -- keeps n8n's folder from one life to the next, never published */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chain, waitFor, workflowNode } from '../../tools/n8n-host';
import { startN8n, type N8n } from '../../tools/n8n-host/start-n8n';
import { Stage } from './support/stage';

const START_TIMEOUT = 25 * 60_000;

/** Far longer than it takes; only a test that will fail waits for so long. */
const PATIENCE = 60_000;

const LEADS = [1, 2, 3].map((number) => ({
	id: `lead-${number}`,
	phone: `+7 900 000-00-0${number}`,
}));

describe('an execution that was phoning people when n8n was killed', () => {
	let stage: Stage;
	let userFolder: string;
	/** The one that goes on after the kill. */
	let n8n: N8n | undefined;

	beforeAll(async () => {
		userFolder = await mkdtemp(join(tmpdir(), 'twin24-dialling-'));
		stage = await Stage.open({ calls: 20 }, { userFolder });
	}, START_TIMEOUT);

	afterAll(async () => {
		await n8n?.stop();
		await stage?.close();
		if (userFolder) await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
	});

	const sent = () => stage.emulator.dialler.ledger().sent.map(({ externalId }) => externalId);

	test('phones nobody when it is retried, and says where to look', async () => {
		const { emulator, credential } = stage;
		emulator.faults.add({ kind: 'hang', service: 'contacts', carriedOut: true, skip: 1 });
		const path = 'phone-leads';
		const phoning = await stage.n8n.client.importWorkflow(
			chain(
				'Phone the leads',
				workflowNode('Hook', 'n8n-nodes-base.webhook', {
					typeVersion: 2,
					webhookId: '0f3c7d52-5f0e-4b50-9d86-4b3a1f0c2a10',
					parameters: { path },
				}),
				workflowNode('Leads', 'n8n-nodes-base.code', {
					parameters: { jsCode: `return ${JSON.stringify(LEADS.map((json) => ({ json })))};` },
				}),
				workflowNode('Phone', 'n8n-nodes-twin24.twin24Calls', {
					credential,
					parameters: {
						resource: 'call',
						operation: 'start',
						botId: { __rl: true, mode: 'id', value: emulator.bots[0].id },
						phone: '={{ $json.phone }}',
						externalId: '={{ $json.id }}',
					},
				}),
			),
		);
		await stage.n8n.client.publishWorkflow(phoning);
		await waitFor('the webhook', PATIENCE, async () => {
			const { ok } = await fetch(`${stage.n8n.url}/webhook/${path}`);
			return ok;
		});
		await waitFor('the second request', PATIENCE, () => sent().length === 2);
		await stage.n8n.kill();
		emulator.faults.clear();

		n8n = await startN8n({ install: 'nothing', userFolder });
		const { client } = n8n;
		const id = await waitFor('the crashed execution', PATIENCE, async () => {
			const { results } = await client.rest<{ results: Array<{ id: string; status: string }> }>(
				'GET',
				'/executions?limit=100',
			);
			return results.find(({ status }) => status === 'crashed')?.id;
		});
		for (const loadWorkflow of [false, true]) {
			const { status, data } = await client.retryExecution(id, { loadWorkflow });
			expect([status, data.resultData.error?.message]).toEqual([
				'error',
				'n8n was ended while it ran this execution, and has not saved who was phoned: nobody is sent by a retry',
			]);
		}
		expect(sent()).toEqual(['lead-1', 'lead-2']);
	}, 300_000);
});
