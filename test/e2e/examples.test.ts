/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the example files, and stands in for nothing but a CRM's door */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import type { INode } from 'n8n-workflow';
import type { Browser, BrowserContext } from 'playwright-core';

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

/** Midnight today, UTC: the time zone of the n8n that the tests start. */
const midnight = () => Math.floor(Date.now() / DAY) * DAY;

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

	/** Runs an example from its first node; services that cannot be reached here are switched off. */
	const run = async (name: string, change: (node: INode) => Partial<INode>): Promise<Execution> => {
		const file = read(name);
		const nodes = file.nodes.map((node) => ({ ...node, ...change(node) }));
		const trigger = nodes.find(({ type }) => /trigger/i.test(type));
		const id = await n8n.client.importWorkflow({ ...file, nodes }, [credential, ...services]);
		return await n8n.client.executionEnd(await n8n.client.startWorkflow(id, trigger?.name));
	};

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
		let server: Server;

		beforeAll(async () => {
			server = createServer((request, response) => {
				let body = '';
				request.on('data', (chunk) => (body += String(chunk)));
				request.on('end', () => {
					const { filter, fields } = JSON.parse(body);
					if (fields) leads.push(fields);
					const found = leads.filter(({ ORIGIN_ID }) => ORIGIN_ID === filter?.ORIGIN_ID);
					response.setHeader('content-type', 'application/json');
					response.end(
						JSON.stringify(
							fields ? { result: leads.length } : { result: found, total: found.length },
						),
					);
				});
			});
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		});
		afterAll(() => server.close());

		test('gets a lead for each answered call with a result, and none twice', async () => {
			const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
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
});
