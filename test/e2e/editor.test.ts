/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads what the browser has downloaded, never published */
import { parse } from 'csv-parse/sync';
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext } from 'playwright-core';

import { DEMO_ACCOUNT, type Emulator } from '../../tools/emulator';
import { waitFor, type SavedCredential } from '../../tools/n8n-host';
import type { Editor } from '../../tools/n8n-editor/editor';
import { OWNER, type N8n } from '../../tools/n8n-host/start-n8n';
import { openContext, walk } from '../../tools/n8n-editor/walk';
import { CALLS, callsWorkflow } from '../../tools/n8n-host/calls-workflow';
import { chain, MANUAL_TRIGGER, workflowNode } from '../../tools/n8n-host/workflow-chain';
import { Stage } from './support/stage';

/** The first installation of n8n is part of it. */
const START_TIMEOUT = 25 * 60_000;

describe('the editor, as a newcomer meets it', () => {
	let stage: Stage;
	let emulator: Emulator;
	let n8n: N8n;
	let browser: Browser;
	/** Signed in, and shared by the walks, which then need not load the editor anew. */
	let signedIn: BrowserContext;
	let credential: SavedCredential;

	beforeAll(async () => {
		const now = DateTime.utc();
		stage = await Stage.open({
			calls: 400,
			data: { from: now.minus({ days: 6 }).toISO(), to: now.minus({ minutes: 5 }).toISO() },
		});
		({ emulator, n8n, credential } = stage);
		({ browser, signedIn } = await stage.openBrowser());
	}, START_TIMEOUT);

	afterAll(async () => {
		await stage?.close();
	});

	beforeEach(() => emulator.reset());

	/** Opens a saved workflow of one Twin24 Calls node with these parameters. */
	const openCalls = async (editor: Editor, parameters: Parameters<typeof callsWorkflow>[2]) => {
		const workflow = callsWorkflow('Calls', credential, {
			resource: 'call',
			operation: 'search',
			...parameters,
		});
		await editor.openWorkflow(await n8n.client.importWorkflow(workflow));
	};

	it('signs in and creates a credential: a wrong password is named, the right one passes', async () => {
		await walk(await openContext(browser), n8n, 'credential', async (editor) => {
			await editor.signIn(OWNER);
			const dialog = await editor.newCredential('Twin24 API');
			await dialog.fill('email', DEMO_ACCOUNT.email);
			await dialog.fill('password', 'not the password');
			await editor.picture('credential');
			await dialog.toggle('customUrls');
			for (const field of ['baseUrl', 'authUrl', 'tasksUrl'])
				await dialog.fill(field, emulator.url);

			await dialog.save();
			expect(await dialog.readFailure()).toContain('password');
			await editor.picture('credential-wrong-password');
			expect(emulator.log.count('auth')).toBe(1);

			await dialog.fill('password', DEMO_ACCOUNT.password);
			await dialog.save();
			await dialog.seesSuccess();
			await editor.picture('credential-tested');
		});
	});

	it.each(['twin24', 'call statistics', 'voice bot'])('finds the node by "%s"', async (words) => {
		await walk(signedIn, n8n, 'nodes-panel', async (editor) => {
			await editor.newWorkflow();
			await editor.searchNodes(words, 'Twin24 Calls');
			await editor.picture(`nodes-panel-${words.replace(' ', '-')}`);
		});
	});

	it('builds a search: action, period, filters, a task from the list; runs it; sees one row per call', async () => {
		const [task] = emulator.tasks;
		const matching = [...emulator.table.all()].filter(
			(call) => call.status === 'ANSWERED' && call.taskId === task.id,
		);
		const expected = Math.min(matching.length, 50);
		await walk(signedIn, n8n, 'search', async (editor) => {
			await editor.newWorkflow();
			await editor.searchNodes('twin24', 'Twin24 Calls');
			const details = await editor.addAction('Twin24 Calls', 'Search calls');
			await editor.picture('search-parameters');

			await details.choose('period', 'Last 7 Days');
			// All filters, and nothing that is not one.
			expect(await details.additions('Filters')).toEqual(
				expect.arrayContaining(['Call IDs', 'Keyword', 'Other Fields', 'Phone', 'Status', 'Task']),
			);
			expect(await details.additions('Filters')).not.toContain('Given as Text');
			await details.add('Filters', 'Status');
			await details.add('Filters', 'Task');
			await details.openList('taskId');
			await details.entry(task.name).waitFor();
			await editor.picture('task-list');
			await details.entry(task.name).click();

			await details.execute();
			await details.seesItems(expected);
			await details.show(details.output, 'Schema');
			await details.output.getByText('messagesAsString').waitFor();
			await editor.picture('search');

			await details.show(details.output, 'Table');
			// The editor shows 25 rows a page.
			const rows = details.output.locator('tbody tr');
			await rows.nth(Math.min(expected, 25) - 1).waitFor();
			await editor.picture('search-table');
			expect(
				await rows.filter({ hasText: 'ANSWERED' }).filter({ hasText: task.name }).count(),
			).toBe(Math.min(expected, 25));

			await details.close();
			await editor.picture('canvas');
		});
	});

	it('offers the fields of a call to the next node before anything has run', async () => {
		await walk(signedIn, n8n, 'schema', async (editor) => {
			await openCalls(editor, {});
			const next = await editor.addNext('Edit Fields (Set)');
			for (const field of ['phone', 'startedAt', 'duration', 'messagesAsString']) {
				await next.input.getByText(field, { exact: true }).first().waitFor();
			}
			await editor.picture('schema');
			expect(emulator.log.count('calls')).toBe(0);
		});
	});

	it('hands a CSV to the browser', async () => {
		await walk(signedIn, n8n, 'csv', async (editor) => {
			await openCalls(editor, { returnAll: true, output: 'csv' });
			const details = await editor.openNode(CALLS);
			await details.execute();
			await details.output.getByText('Download').first().waitFor();
			await editor.picture('csv');
			const download = await details.download();
			expect(download.suggestedFilename()).toMatch(/\.csv$/);
			const text = await readFile(await download.path(), 'utf8');
			expect(text.startsWith('\uFEFF')).toBe(true);
			expect(parse(text, { bom: true, columns: true, delimiter: ';' })).toHaveLength(400);
		});
	});

	it('stops a long run with the stop button', async () => {
		await walk(signedIn, n8n, 'stop', async (editor) => {
			emulator.faults.add({ kind: 'hang', service: 'calls' });
			await openCalls(editor, { returnAll: true });
			await editor.executeWorkflow();
			await waitFor(
				'the request that hangs',
				30_000,
				() => emulator.log.count('calls') > 0 || undefined,
			);
			await editor.picture('running');
			await editor.stopExecution();

			const status = await waitFor('the end of the execution', 30_000, async () => {
				const [newest] = (
					await n8n.client.rest<{ results: Array<{ status: string }> }>(
						'GET',
						'/executions?limit=1',
					)
				).results;
				return newest.status === 'running' ? undefined : newest.status;
			});
			expect(status).toBe('canceled');
			await editor.page.getByTestId('stop-execution-button').waitFor({ state: 'hidden' });
			await editor.picture('stopped');
		});
	});

	/** Opens the node with these parameters behind one that yields this many items, and runs it. */
	const runAfter = async (editor: Editor, items: number, parameters: IDataObject) => {
		const workflow = chain(
			`After ${items}`,
			workflowNode('Start', MANUAL_TRIGGER),
			workflowNode('Before', 'n8n-nodes-base.code', {
				typeVersion: 2,
				parameters: { jsCode: `return Array.from({ length: ${items} }, () => ({ json: {} }));` },
			}),
			workflowNode(CALLS, 'n8n-nodes-twin24.twin24Calls', { parameters, credential }),
		);
		await editor.openWorkflow(await n8n.client.importWorkflow(workflow));
		const details = await editor.openNode(CALLS);
		await details.execute();
		return details;
	};

	// The hint is n8n's own. It knows lists by the names of their operations, which are ours.
	it.each([
		{ resource: 'call', operation: 'search', limit: 4 },
		{ resource: 'task', operation: 'getMany', limit: 4 },
	])(
		'hints at Execute Once where $resource $operation yields the same for each of several items, and then no more',
		async (parameters) => {
			const { resource, limit } = parameters;
			await walk(signedIn, n8n, `execute-once-${resource}`, async (editor) => {
				const afterOne = await runAfter(editor, 1, parameters);
				await afterOne.seesItems(limit);
				expect(await afterOne.hint('Execute Once').count()).toBe(0);

				const afterThree = await runAfter(editor, 3, parameters);
				await afterThree.seesItems(3 * limit);
				await afterThree.hint('Execute Once').waitFor();
				await editor.picture(`execute-once-${resource}`);

				await afterThree.toggleSetting('executeOnce');
				await afterThree.execute();
				await afterThree.seesItems(limit);
				await afterThree.hint('Execute Once').waitFor({ state: 'hidden' });
			});
		},
	);

	it('says in plain words what is wrong with a parameter', async () => {
		await walk(signedIn, n8n, 'bad-input', async (editor) => {
			await openCalls(editor, {
				period: 'custom',
				from: '2024-03-08T00:00:00',
				to: '2024-03-01T00:00:00',
			});
			const details = await editor.openNode(CALLS);
			await details.execute();
			await details.output
				.getByText(/"From" .+ is not before "To"/)
				.first()
				.waitFor();
			await editor.picture('bad-input');
			expect(emulator.log.count('calls')).toBe(0);
		});
	});
});
