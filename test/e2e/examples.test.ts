/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the example files, never published */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DateTime } from 'luxon';
import type { INode } from 'n8n-workflow';
import type { Browser, BrowserContext, Locator } from 'playwright-core';

import { DEMO_ACCOUNT, startEmulator, type Call, type Emulator } from '../../tools/emulator';
import {
	CREDENTIAL_TYPE,
	emulatorCredential,
	itemsOf,
	REPOSITORY,
	type Execution,
	type SavedCredential,
	type WorkflowFile,
} from '../../tools/n8n-host';
import { startBrowser } from '../../tools/n8n-editor/browser';
import { postgresCredential, startPostgres, type Postgres } from '../../tools/n8n-host/queue';
import { NodeTypes } from './support/node-types';
import { startStandIn, type StandIn } from './support/stand-in';
import { exampleStep } from '../../tools/n8n-editor/screenshots';
import { startN8n, type N8n } from '../../tools/n8n-host/start-n8n';
import { openContext, walk } from '../../tools/n8n-editor/walk';

const FOLDER = join(REPOSITORY, 'examples');
const FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
	name.endsWith('.json'),
);
const read = (name: string) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as WorkflowFile;

const DAY = 86_400_000;
const START_TIMEOUT = 25 * 60_000;

/** Where an element stands in its page, in pixels. */
interface Box {
	right: number;
	width: number;
	height: number;
}

const boxOf = async (element: Locator): Promise<Box> =>
	await element.evaluate((shown: { getBoundingClientRect(): Box }) => {
		const { right, width, height } = shown.getBoundingClientRect();
		return { right, width, height };
	});

/** Midnight today in the examples' own time zone. */
const midnight = () => DateTime.now().setZone('Europe/Moscow').startOf('day').toMillis();

describe('the examples', () => {
	let emulator: Emulator;
	let n8n: N8n;
	let credential: SavedCredential;
	let types: NodeTypes;
	let browser: Browser;
	let signedIn: BrowserContext;

	beforeAll(async () => {
		const from = new Date(midnight() - 3 * DAY).toISOString();
		emulator = await startEmulator({ calls: 600, data: { from, to: new Date().toISOString() } });
		n8n = await startN8n({ install: 'dist' });
		credential = await n8n.client.saveCredential(
			'TWIN24',
			CREDENTIAL_TYPE,
			emulatorCredential(emulator.url, DEMO_ACCOUNT),
		);
		types = await NodeTypes.of(n8n);
		browser = await startBrowser();
		signedIn = await openContext(browser, n8n);
	}, START_TIMEOUT);

	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
		await emulator?.close();
	});

	test.each(FILES)(
		'%s can be imported, n8n knows all its nodes and parameters, and the editor shows it',
		async (name) => {
			const file = read(name);
			expect(file.nodes.flatMap((node) => types.unknownIn(node))).toEqual([]);
			const id = await n8n.client.importWorkflow(file, [credential]);
			await walk(signedIn, n8n, 'example', async (editor) => {
				await editor.openWorkflow(id);
				const notes = file.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
				expect(await editor.nodesShown()).toBe(file.nodes.length - notes.length);
				await editor.picture(exampleStep(name));
			});
		},
	);

	/** Credentials of further services, for as long as they run. */
	const services: SavedCredential[] = [];

	/**
	 * Imports an example; services that cannot be reached here are switched off.
	 *
	 * @returns runs it, from its first trigger unless another is named, as often as it is called
	 */
	const imported = async (name: string, change: (node: INode) => Partial<INode>) => {
		const file = read(name);
		const nodes = file.nodes.map((node) => ({ ...node, ...change(node) }));
		const first = nodes.find(({ type }) => /trigger/i.test(type));
		const id = await n8n.client.importWorkflow({ ...file, nodes }, [credential, ...services]);
		return async (trigger = first?.name): Promise<Execution> =>
			await n8n.client.executionEnd(await n8n.client.startWorkflow(id, trigger));
	};

	/** Imports an example and runs it once. */
	const run = async (name: string, change: (node: INode) => Partial<INode>): Promise<Execution> =>
		await (
			await imported(name, change)
		)();

	const without =
		(...types: string[]) =>
		({ type }: INode) => ({ disabled: types.includes(type) });

	const yesterday = () => {
		const start = new Date(midnight() - DAY).toISOString();
		const end = new Date(midnight()).toISOString();
		return emulator.table.all().filter(({ createdAt }) => createdAt >= start && createdAt < end);
	};
	const ids = (calls: Array<{ id: string }>) => calls.map(({ id }) => id).sort();
	const answered = ({ status }: Call) => status === 'ANSWERED';

	test('Google Sheets is given every call of yesterday', async () => {
		const execution = await run(
			'yesterday-to-google-sheets.json',
			without('n8n-nodes-base.googleSheets'),
		);
		expect(execution.data.resultData.error).toBeUndefined();
		expect(ids(itemsOf(execution, 'Search Calls'))).toEqual(ids(yesterday()));
	});

	test('HubSpot is given the answered calls of yesterday that have a result and a contact', async () => {
		const execution = await run(
			'answered-calls-to-hubspot.json',
			without('n8n-nodes-base.hubspot'),
		);
		expect(execution.data.resultData.error).toBeUndefined();
		const due = yesterday().filter(
			(call) => answered(call) && call.dialogResults && call.externalId,
		);
		expect(due.length).toBeGreaterThan(0);
		expect(ids(itemsOf(execution, 'Result and Contact'))).toEqual(ids(due));
	});

	test('the e-mail has a row for each day, with all and with answered calls', async () => {
		const execution = await run('calls-per-day-by-email.json', without('n8n-nodes-base.emailSend'));
		expect(execution.data.resultData.error).toBeUndefined();
		const [report] = itemsOf<{ calls: number; answered: number; html: string }>(
			execution,
			'Make Report',
		);
		const counted = emulator.table.all();
		expect(report.calls).toBe(counted.length);
		expect(report.answered).toBe(counted.filter(answered).length);
		expect(report.html.match(/<tr>/g)!.length).toBeGreaterThan(30);
	});

	test('S3 is given the recordings of the answered calls of a minute or more', async () => {
		const execution = await run('recordings-to-s3.json', without('n8n-nodes-base.s3'));
		expect(execution.data.resultData.error).toBeUndefined();
		const due = yesterday().filter(
			(call) => answered(call) && call.recordPath && call.duration >= 60,
		);
		expect(due.length).toBeGreaterThan(0);
		const files = execution.data.resultData.runData['Got the File'][0].data!.main[0]!;
		expect(files).toHaveLength(due.length);
		for (const { binary } of files) expect(binary!.data.mimeType).toBe('audio/mpeg');
	});

	test('a Data Table holds each call of the week once, after a second run too, and the chart counts them', async () => {
		const start = await imported('calls-to-data-table.json', () => ({}));
		for (let night = 0; night < 2; night++) {
			const execution = await start();
			expect(execution.data.resultData.error).toBeUndefined();
			const rows = itemsOf<{ callId: string }>(execution, 'Last 30 Days');
			const found = ids(itemsOf<Call>(execution, 'Search Calls'));
			expect(found.length).toBeGreaterThan(0);
			expect(rows.map(({ callId }) => callId).sort()).toEqual(found);
			const [{ days }] = itemsOf<{ days: Record<string, { calls: number }> }>(
				execution,
				'Count per Day',
			);
			expect(Object.values(days).reduce((sum, { calls }) => sum + calls, 0)).toBe(rows.length);
			const [{ html }] = itemsOf<{ html: string }>(execution, 'Chart');
			for (const day of Object.keys(days)) expect(html).toContain(`<td>${day}</td>`);
		}
	});

	test('the chart shows in the editor, for each day, bars as long as their share of the busiest day', async () => {
		const id = await n8n.client.importWorkflow(read('calls-to-data-table.json'), [credential]);
		await walk(signedIn, n8n, 'chart', async (editor) => {
			await editor.openWorkflow(id);
			const details = await editor.openNode('Chart');
			await details.execute();
			const page = details.output.locator('iframe').contentFrame();
			const rows = page.locator('tr').filter({ has: editor.page.locator('td') });
			await rows.first().waitFor();
			const { right: edge } = await boxOf(page.locator('html'));
			const drawn: Array<{ count: number; length: number }> = [];
			for (const row of await rows.all()) {
				const cells = await row.locator('td').allInnerTexts();
				for (const [kind, name] of ['calls', 'answered'].entries()) {
					const bar = await boxOf(row.locator(`.${name}`));
					expect(bar.height).toBeGreaterThan(0);
					expect(bar.right).toBeLessThanOrEqual(edge);
					drawn.push({ count: Number(cells[kind + 1]), length: bar.width });
				}
			}
			const longest = Math.max(...drawn.map(({ length }) => length));
			const most = Math.max(...drawn.map(({ count }) => count));
			expect(longest).toBeGreaterThan(edge / 4);
			for (const { count, length } of drawn)
				expect(Math.abs(length / longest - count / most)).toBeLessThan(0.02);
			await editor.picture('chart');
		});
	});

	describe('Postgres', () => {
		let postgres: Postgres;

		beforeAll(async () => {
			postgres = await startPostgres();
			services.push(
				await n8n.client.saveCredential('Postgres', 'postgres', postgresCredential(postgres.port)),
			);
		});
		afterAll(async () => {
			services.length = 0;
			await postgres?.stop();
		});

		test('holds what changed in a week, each call once, after a second night too', async () => {
			const rows = async () =>
				await postgres.query('SELECT id, status FROM twin24_calls ORDER BY id');
			const there = () =>
				emulator.table
					.all()
					.map(({ id, status }) => `${id}\t${status}`)
					.sort();
			// Postgres takes no NUL in a text: one such transcript must not keep all the others out.
			emulator.table.update(emulator.table.all()[1].id, { messagesAsString: 'Робот: Ало\u0000' });
			const first = await run('nightly-upsert-to-postgres.json', () => ({}));
			expect(first.data.resultData.error).toBeUndefined();
			expect(await rows()).toEqual(there());

			const [late] = emulator.table.all();
			emulator.table.update(late.id, { status: late.status === 'BUSY' ? 'ANSWERED' : 'BUSY' });
			await run('nightly-upsert-to-postgres.json', () => ({}));
			expect(await rows()).toEqual(there());
		});
	});

	describe('Bitrix24', () => {
		/** The two doors of Bitrix24 that the example knocks at, with its own field names. */
		const leads: Array<{ TITLE: string; ORIGIN_ID: string; PHONE: Array<{ VALUE: string }> }> = [];
		let bitrix: StandIn;

		beforeAll(async () => {
			bitrix = await startStandIn(({ body }) => {
				const { filter, fields } = JSON.parse(body);
				if (fields) leads.push(fields);
				const found = leads.filter(({ ORIGIN_ID }) => ORIGIN_ID === filter?.ORIGIN_ID);
				return { json: fields ? { result: leads.length } : { result: found, total: found.length } };
			});
		});
		afterAll(async () => await bitrix?.close());

		test('gets a lead for each answered call with a result, and none twice', async () => {
			const { url } = bitrix;
			const change = (node: INode): Partial<INode> => {
				const text = JSON.stringify(node.parameters);
				return {
					parameters: JSON.parse(
						text
							.replace('https://example.bitrix24.ru/rest/1/SECRET', url)
							.replace(/"batchInterval":\d+/g, '"batchInterval":1'),
					),
				};
			};
			const first = await run('answered-calls-to-bitrix24.json', change);
			expect(first.data.resultData.error).toBeUndefined();
			const found = itemsOf<Call>(first, 'Answered Calls');
			const due = found.filter(({ dialogResults }) => dialogResults);
			expect(due.length).toBeGreaterThan(0);
			expect(leads.map(({ ORIGIN_ID }) => ORIGIN_ID).sort()).toEqual(ids(due));
			expect(leads[0].PHONE[0].VALUE).toMatch(/^\+\d{11}$/);

			await run('answered-calls-to-bitrix24.json', change);
			expect(leads).toHaveLength(due.length);
		});
	});

	describe('that phone people', () => {
		/** With a task chosen, no pauses between requests, and settings of the test. */
		const into =
			(taskId: string, settings: Record<string, unknown> = {}) =>
			(node: INode): Partial<INode> => {
				const parameters = JSON.parse(
					JSON.stringify(node.parameters).replace(/"batchInterval":\d+/g, '"batchInterval":1'),
				);
				if (parameters.operation === 'addToTask')
					parameters.taskId = { __rl: true, mode: 'id', value: taskId };
				for (const one of parameters.assignments?.assignments ?? [])
					if (one.name in settings) one.value = settings[one.name];
				return { parameters };
			};

		/** How often people of a task were sent, by external ID. */
		const sentTo = (taskId: string) =>
			Object.fromEntries(
				emulator.dialler
					.ledger()
					.people.filter(({ taskIds }) => taskIds.includes(taskId))
					.map(({ person, sent }) => [person, sent]),
			);

		/** A call in the report. */
		const called = (at: number, given: Partial<Call>) => {
			const { table } = emulator;
			const call = table.draft(new Date(at), given);
			table.insert([call]);
		};

		describe('for Bitrix24', () => {
			interface Lead {
				ID: string;
				STATUS_ID: string;
				PHONE: Array<{ VALUE: string }>;
				SOURCE_DESCRIPTION?: string;
			}
			const lead = (ID: string, phone: string): Lead => ({
				ID,
				STATUS_ID: 'NEW',
				PHONE: [{ VALUE: phone }],
			});
			const leads = [lead('1', '+7 901 000-00-01'), lead('2', '89010000002'), lead('3', 'none')];
			const comments: Array<{ ENTITY_ID: string; COMMENT: string }> = [];
			/** Whether Bitrix24 forgets that leads are in work. */
			let isForgetful = false;
			let bitrix: StandIn;

			beforeAll(async () => {
				const doors: Record<string, (body: { id?: string; fields: never }) => unknown> = {
					'/crm.lead.list.json': () => leads.filter(({ STATUS_ID }) => STATUS_ID === 'NEW'),
					'/crm.lead.update.json': ({ id, fields }) =>
						Object.assign(
							leads.find(({ ID }) => ID === id)!,
							isForgetful ? {} : fields,
						) && true,
					'/crm.timeline.comment.add.json': ({ fields }) => comments.push(fields),
				};
				bitrix = await startStandIn(({ path, body }) => ({
					json: { result: doors[path](JSON.parse(body)) },
				}));
			});
			afterAll(async () => await bitrix?.close());

			test('each new lead is sent once, whatever Bitrix24 remembers, and gets its result', async () => {
				const task = emulator.tasks[1];
				const change = into(task.id, { webhook: bitrix.url });
				const start = await imported('call-leads-from-bitrix24.json', change);
				isForgetful = true;
				expect((await start()).data.resultData.error).toBeUndefined();
				expect(sentTo(task.id)).toEqual({ 'lead-1': 1, 'lead-2': 1 });
				// The one that is wrong keeps nobody out, and a person is told why.
				expect(comments).toEqual([
					expect.objectContaining({ ENTITY_ID: '3', COMMENT: expect.stringMatching(/Phone/) }),
				]);

				isForgetful = false;
				leads.push(lead('4', '+7 901 000-00-04'));
				expect((await start()).data.resultData.error).toBeUndefined();
				expect(sentTo(task.id)).toEqual({ 'lead-1': 1, 'lead-2': 1, 'lead-4': 1 });
				expect(leads.at(-1)!.STATUS_ID).toBe('IN_PROCESS');
				expect(leads[2].STATUS_ID).toBe('NEW');

				called(Date.now(), { externalId: 'lead-2#redial-1', status: 'ANSWERED', isFinished: true });
				const told = await start('Call Finished');
				expect(told.data.resultData.error).toBeUndefined();
				expect(leads[1].SOURCE_DESCRIPTION).toMatch(/^TWIN24: ANSWERED/);
			});
		});

		describe('for amoCRM', () => {
			const phoneOf: Record<string, string> = { 71: '+7 905 000-00-01', 72: 'none' };
			const notes: Array<{ deal: string; text: string }> = [];
			let amo: StandIn;

			beforeAll(async () => {
				const deals = [51, 52].map((id, index) => ({
					id,
					_embedded: { contacts: [{ id: 71 + index }] },
				}));
				const answer = (path: string, body: string): unknown => {
					const [, , , kind, id] = path.split('/');
					if (body) return notes.push({ deal: id, text: JSON.parse(body)[0].params.text });
					if (kind === 'leads') return { _embedded: { leads: deals } };
					const values = [{ value: phoneOf[id] }];
					return { id: Number(id), custom_fields_values: [{ field_code: 'PHONE', values }] };
				};
				amo = await startStandIn(({ path, headers, body }) => ({
					status: headers.authorization === 'Bearer long-lived' ? 200 : 401,
					json: answer(new URL(path, 'http://amo').pathname, body),
				}));
				services.push(
					await n8n.client.saveCredential('amoCRM', 'httpBearerAuth', { token: 'long-lived' }),
				);
			});
			afterAll(async () => {
				services.length = 0;
				await amo?.close();
			});

			test('the contact of each deal is sent once, and the deal gets its result as a note', async () => {
				const task = emulator.tasks[3];
				const change = into(task.id, { address: amo.url });
				const start = await imported('call-leads-from-amocrm.json', change);
				expect((await start()).data.resultData.error).toBeUndefined();
				expect((await start()).data.resultData.error).toBeUndefined();
				expect(sentTo(task.id)).toEqual({ 'amo-51': 1 });
				expect(notes).toEqual([{ deal: '52', text: expect.stringMatching(/TWIN24: .*Phone/) }]);

				called(Date.now(), { externalId: 'amo-51', status: 'BUSY', isFinished: true });
				const told = await start('Call Finished');
				expect(told.data.resultData.error).toBeUndefined();
				expect(notes[1]).toEqual({ deal: '51', text: expect.stringMatching(/^TWIN24: BUSY/) });
			});
		});

		test('who was not reached yesterday is called again, twice at most and once a day', async () => {
			const noon = midnight() - DAY / 2;
			const call = (externalId: string, phone: string, status: string, at = noon) =>
				called(at, { externalId, phone, status, isFinished: true });
			call('new', '79020000001', 'NOANSWER');
			call('once#redial-1', '79020000002', 'BUSY');
			call('twice#redial-2', '79020000003', 'NOANSWER');
			call('reached', '79020000004', 'BUSY');
			call('reached', '79020000004', 'ANSWERED', noon + 60_000);
			call('today', '79020000005', 'NOANSWER');
			call('today', '79020000005', 'NOANSWER', midnight());
			call('two phones', '79020000006', 'NOANSWER');
			call('two phones', '79020000007', 'NOANSWER', noon + 60_000);
			call('same phone', '79020000001', 'NOANSWER', noon + 60_000);
			const task = emulator.tasks[2];
			const change = (hours: object) => (node: INode) => ({
				...into(task.id, { ...hours })(node),
				...without('n8n-nodes-base.emailSend')(node),
			});
			await run('redial-unanswered.json', change({ fromHour: 24 }));
			expect(sentTo(task.id)).toEqual({});

			const start = await imported(
				'redial-unanswered.json',
				change({ fromHour: 0, untilHour: 24 }),
			);
			expect((await start()).data.resultData.error).toBeUndefined();
			const sent = sentTo(task.id);
			expect(sent).toMatchObject({
				'new#redial-1': 1,
				'once#redial-2': 1,
				'two phones#redial-1': 1,
			});
			expect(Object.keys(sent).join()).not.toMatch(/twice|reached|today|same phone/);
			expect([...new Set(Object.values(sent))]).toEqual([1]);
			const phones = emulator.dialler
				.ledger()
				.sent.filter(({ taskId }) => taskId === task.id)
				.flatMap((one) => one.phones);
			expect(new Set(phones).size).toBe(phones.length);

			expect((await start()).data.resultData.error).toBeUndefined();
			expect(sentTo(task.id)).toEqual(sent);
		});

		test('each open row of a sheet is sent once, and gets what became of it', async () => {
			const rows = [
				{ id: 'row-1', phone: '+7 903 000-00-01', status: '' },
				{ id: 'row-2', phone: '+7 903 000-00-02', status: 'added' },
				{ id: 'row-3', phone: 'none', status: '' },
			];
			const task = emulator.tasks[4];
			const start = await imported('sheet-to-task.json', (node) => {
				if (node.name === 'Rows')
					return {
						type: 'n8n-nodes-base.code',
						typeVersion: 2,
						credentials: {},
						parameters: { jsCode: `return ${JSON.stringify(rows.map((json) => ({ json })))};` },
					};
				return { ...into(task.id)(node), ...without('n8n-nodes-base.googleSheets')(node) };
			});
			const first = await start();
			expect(first.data.resultData.error).toBeUndefined();
			expect(itemsOf(first, 'Row Is Added')).toHaveLength(1);
			expect(itemsOf(first, 'Say Why Not')).toHaveLength(1);
			expect(sentTo(task.id)).toEqual({ 'row-1': 1 });
			await start();
			expect(sentTo(task.id)).toEqual({ 'row-1': 1 });
		});

		test('a running task is paused when too few of its calls are answered, and not before', async () => {
			const task = emulator.tasks[5];
			emulator.dialler.add(task, {
				phones: ['79040000001'],
				externalId: 'waiting',
				variables: {},
				callbackData: null,
				timezone: null,
			});
			emulator.dialler.play(task);
			const change = (node: INode) => ({
				...into(task.id, { taskId: task.id })(node),
				...without('n8n-nodes-base.emailSend')(node),
			});
			const start = await imported('pause-task-when-answers-drop.json', change);
			const call = (status: string, calls: number) => {
				for (let n = 0; n < calls; n++)
					called(Date.now() - 60_000, { taskId: task.id, status, isFinished: true });
			};
			// More than enough answers for whatever the generated calls of this hour are.
			call('ANSWERED', 100);
			expect((await start()).data.resultData.error).toBeUndefined();
			expect(task.status).toBe('PROCESS');

			call('NOANSWER', 900);
			const second = await start();
			expect(second.data.resultData.error).toBeUndefined();
			expect(task.status).toBe('PAUSED');
			expect(itemsOf(second, 'Send Alert')).toHaveLength(1);

			expect((await start()).data.resultData.runData['Pause Task']).toBeUndefined();
		});

		test('a share of answers below that of last week is told, a higher one or one of too few calls is not', async () => {
			const start = await imported(
				'alert-when-answers-drop.json',
				without('n8n-nodes-base.emailSend'),
			);
			const alerts = async () => {
				const execution = await start();
				expect(execution.data.resultData.error).toBeUndefined();
				return execution.data.resultData.runData['Send Alert']
					? itemsOf(execution, 'Send Alert').length
					: 0;
			};
			/** Calls at noon in Moscow, on the weekday of yesterday a week before. */
			const lastWeek = (status: string, calls: number) => {
				const moscow = 3 * 3_600_000;
				const today = Math.floor((Date.now() + moscow) / DAY) * DAY - moscow;
				for (let n = 0; n < calls; n++)
					called(today - 8 * DAY + DAY / 2, { status, isFinished: true });
			};
			lastWeek('ANSWERED', 49);
			expect(await alerts()).toBe(0);
			lastWeek('NOANSWER', 951);
			expect(await alerts()).toBe(0);
			lastWeek('ANSWERED', 9_000);
			expect(await alerts()).toBe(1);
		});
	});
});
