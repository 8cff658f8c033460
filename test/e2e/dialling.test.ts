import type { IDataObject } from 'n8n-workflow';
import type { BrowserContext } from 'playwright-core';

import type { Emulator } from '../../tools/emulator';
import { walk } from '../../tools/n8n-editor/walk';
import {
	chain,
	finishedCallsWorkflow,
	itemsOf,
	MANUAL_TRIGGER,
	NO_OP,
	waitFor,
	workflowNode,
	type Execution,
	type SavedCredential,
} from '../../tools/n8n-host';
import type { N8n } from '../../tools/n8n-host/start-n8n';
import { Stage } from './support/stage';
import { watchBeganAt } from './support/watch';

const START_TIMEOUT = 25 * 60_000;

/** n8n polls every minute at most; the rest is for a busy machine. */
const POLL_TIMEOUT = 150_000;

const LEADS = [
	{ id: 'lead-1', phone: '+7 900 000-00-01' },
	{ id: 'lead-2', phone: '+7 900 000-00-02' },
	{ id: 'lead-3', phone: '+7 900 000-00-03' },
];

const leadsOf = (prefix: string) =>
	[1, 2, 3].map((number) => ({
		id: `${prefix}-${number}`,
		phone: `+7 900 ${String(nextNumber++)}`,
	}));
let nextNumber = 2_000_000;

/** Gives out some people. */
const leadsNode = (leads: IDataObject[]) =>
	workflowNode('Leads', 'n8n-nodes-base.code', {
		parameters: { jsCode: `return ${JSON.stringify(leads.map((json) => ({ json })))};` },
	});

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

const TRIGGER = 'Finished';

describe('people are phoned from a real n8n', () => {
	let stage: Stage;
	let emulator: Emulator;
	let n8n: N8n;
	let credential: SavedCredential;
	let signedIn: BrowserContext;

	beforeAll(async () => {
		stage = await Stage.open({ calls: 20, dialEvery: 200 });
		({ emulator, n8n, credential } = stage);
		({ signedIn } = await stage.openBrowser());
	}, START_TIMEOUT);

	afterAll(async () => {
		await stage?.close();
	});

	const twin24 = (name: string, parameters: IDataObject) =>
		workflowNode(name, 'n8n-nodes-twin24.twin24Calls', { parameters, credential });

	test('a task is made, leads are added and called, each once, and the calls arrive at the trigger', async () => {
		const watching = await n8n.client.importWorkflow(
			finishedCallsWorkflow({ name: TRIGGER }, credential),
		);
		await n8n.client.publishWorkflow(watching);
		await waitFor(
			'the activation',
			POLL_TIMEOUT,
			async () => await watchBeganAt(n8n, watching, TRIGGER),
		);

		const [bot] = emulator.bots;
		const calling = await n8n.client.importWorkflow(
			chain(
				'Call the leads',
				workflowNode('Start', MANUAL_TRIGGER),
				twin24('Create', {
					resource: 'task',
					operation: 'create',
					name: 'Leads of today',
					botId: byId(bot.id),
					callFrom: '00:00',
					callUntil: '23:59',
				}),
				leadsNode(LEADS),
				twin24('Add', {
					resource: 'contact',
					operation: 'addToTask',
					taskId: byId("={{ $('Create').first().json.id }}"),
					phone: '={{ $json.phone }}',
					externalId: '={{ $json.id }}',
				}),
				{
					...twin24('Play', {
						resource: 'task',
						operation: 'start',
						taskId: byId("={{ $('Create').first().json.id }}"),
					}),
					executeOnce: true,
				},
			),
		);
		const execution = await n8n.client.runWorkflow(calling, { timeout: POLL_TIMEOUT });
		expect(execution.data.resultData.error).toBeUndefined();
		expect(
			itemsOf<IDataObject>(execution, 'Add').map(({ externalId, phone }) => [externalId, phone]),
		).toEqual(LEADS.map(({ id, phone }) => [id, phone.replace(/\D/g, '')]));

		const external = () =>
			emulator.table
				.all()
				.map(({ externalId }) => externalId)
				.filter((id) => LEADS.some((lead) => lead.id === id));
		await waitFor('the calls', POLL_TIMEOUT, async () => external().length >= LEADS.length);
		for (const { accepted } of emulator.dialler.ledger().people) expect(accepted).toBe(1);

		await waitFor('the trigger', POLL_TIMEOUT, async () => {
			const { results } = await n8n.client.rest<{ results: Array<{ id: string }> }>(
				'GET',
				`/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId: watching }))}`,
			);
			const ended = await Promise.all(
				results.map(async ({ id }) => await n8n.client.executionEnd(id)),
			);
			const told = ended.flatMap((one) =>
				itemsOf<IDataObject>(one, TRIGGER).map(({ externalId }) => externalId),
			);
			return LEADS.every(({ id }) => told.includes(id));
		});
	}, 600_000);

	describe.each([
		['Call > Start', 'call', 'start'],
		['Contact > Add to Task', 'contact', 'addToTask'],
	])(
		'"Retry" in the list of executions, when %s failed half way,',
		(_name, resource, operation) => {
			/** Where and how they are phoned. */
			const parameters = (): IDataObject => ({
				resource,
				operation,
				taskId: byId(emulator.tasks.find(({ status }) => status === 'PAUSED')!.id),
				botId: byId(emulator.bots[0].id),
				phone: '={{ $json.phone }}',
				externalId: '={{ $json.id }}',
				...(operation === 'addToTask' ? { options: { batchSize: 1 } } : {}),
			});

			/** Three people, at the second of whom something goes wrong, and a retry: who was sent, and how often. */
			const retried = async (status: number, retry: { loadWorkflow: boolean }) => {
				const leads = leadsOf([operation, status, ...Object.values(retry)].join('-'));
				emulator.faults.clear();
				emulator.faults.add({
					kind: 'status',
					status,
					service: 'contacts',
					carriedOut: status >= 500,
					skip: 1,
					times: 1,
				});
				const calling = await n8n.client.importWorkflow(
					chain(
						'Retry',
						workflowNode('Start', MANUAL_TRIGGER),
						leadsNode(leads),
						twin24('Phone', parameters()),
					),
				);
				const first = await n8n.client.runWorkflow(calling);
				expect(first.status).toBe('error');
				const sentIn = async (execution: Execution) => {
					const { sent } = emulator.dialler.ledger();
					return {
						status: execution.status,
						error: execution.data.resultData.error?.message,
						sent: leads.map(
							({ id }) =>
								sent.filter(({ externalId, verdict }) => externalId === id && verdict !== 'refused')
									.length,
						),
					};
				};
				const before = await sentIn(first);
				const after = await sentIn(await n8n.client.retryExecution(first.id, retry));
				return { before, after };
			};

			test.each([false, true])(
				'sends whoever was refused or not sent yet, and nobody again (the workflow as saved now: %s)',
				async (loadWorkflow) => {
					const { before, after } = await retried(422, { loadWorkflow });
					expect(before).toMatchObject({ status: 'error', sent: [1, 0, 0] });
					expect(after).toEqual({ status: 'success', error: undefined, sent: [1, 1, 1] });
				},
			);

			test.each([false, true])(
				'sends nobody of whom nobody knows, and says so again (the workflow as saved now: %s)',
				async (loadWorkflow) => {
					const { before, after } = await retried(500, { loadWorkflow });
					expect(before).toMatchObject({ status: 'error', sent: [1, 1, 0] });
					expect(after).toMatchObject({ status: 'error', sent: [1, 1, 0] });
					expect(after.error).toContain('may or may not have been');
				},
			);
		},
	);

	test('the editor offers tasks and bots from lists', async () => {
		const [task] = emulator.tasks;
		await walk(signedIn, n8n, 'dialling', async (editor) => {
			const adding = chain(
				'Add somebody',
				workflowNode('Start', MANUAL_TRIGGER),
				twin24('Add', {
					resource: 'contact',
					operation: 'addToTask',
					phone: '+7 900 000-00-09',
					externalId: 'lead-9',
				}),
			);
			await editor.openWorkflow(await n8n.client.importWorkflow(adding));
			const details = await editor.openNode('Add');
			await details.openList('taskId');
			await details.entry(task.name).click();
			await details.execute();
			await details.seesItems(1);
			await editor.picture('add-to-task');
		});
		await walk(signedIn, n8n, 'create-task', async (editor) => {
			const creating = chain(
				'Make a task',
				workflowNode('Start', MANUAL_TRIGGER),
				twin24('Create', { resource: 'task', operation: 'create', name: 'Leads of June' }),
			);
			await editor.openWorkflow(await n8n.client.importWorkflow(creating));
			const details = await editor.openNode('Create');
			await details.openList('botId');
			await details.entry(emulator.bots[0].name).click();
			await editor.picture('create-task');
		});
	});

	test('an event arrives while the editor listens for a test event', async () => {
		const webhookId = 'b5e3c9d2-1a70-4a55-9a14-6f0c6f9d7f0e';
		await walk(signedIn, n8n, 'events', async (editor) => {
			const listening = chain(
				'Listen',
				workflowNode('Events', 'n8n-nodes-twin24.twin24EventsTrigger', { webhookId }),
				workflowNode('Next', NO_OP),
			);
			await editor.openWorkflow(await n8n.client.importWorkflow(listening));
			const details = await editor.openNode('Events');
			await editor.picture('events-trigger');
			await details.execute();
			const event = {
				event: 'CALL_ENDED',
				id: 'k-1',
				taskId: 't-1',
				callTo: '79000000001',
				status: 'ANSWERED',
				result: { confirmation: 'yes' },
			};
			await waitFor('the test URL', POLL_TIMEOUT, async () => {
				const { ok } = await fetch(`${n8n.url}/webhook-test/${webhookId}/events`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify(event),
				});
				return ok;
			});
			await details.seesItems(1);
			await details.output.getByText('79000000001').waitFor();
			await editor.picture('event-arrived');
		});
	});
});
