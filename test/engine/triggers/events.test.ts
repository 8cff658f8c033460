/* eslint-disable @n8n/community-nodes/no-restricted-imports -- posts what TWIN24 may post, and more than that */
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { WebhookHost, WebhookOptions } from '../../../tools/n8n-engine';
import { Setting } from '../support/setting';

const HOUR = 3_600_000;

const ALL_EVENTS = [
	'callEnded',
	'callRedirected',
	'contactDone',
	'efficiencyReached',
	'incomingCall',
	'recallScheduled',
	'taskStatusChanged',
];

/** The node's time: the real one, and what the tests add to it. */
let later = 0;

describe('the events trigger', () => {
	let setting: Setting;
	const hosts: WebhookHost[] = [];
	let workflows = 0;

	beforeAll(async () => {
		const now = Date.now;
		jest.spyOn(Date, 'now').mockImplementation(() => now() + later);
		setting = await Setting.open({ webhookSecond: 1 });
	});
	afterAll(async () => {
		jest.restoreAllMocks();
		await setting.close();
	});
	beforeEach(async () => {
		later = 0;
		await setting.reset();
	});
	afterEach(async () => {
		for (const host of hosts.splice(0)) await host.close();
	});

	/** A workflow in a process of its own: what the node keeps in memory begins anew. */
	const serve = async (parameters: INodeParameters = {}, options: WebhookOptions = {}) => {
		const host = await setting.engine.serveWebhook('twin24EventsTrigger', {
			workflowId: `workflow${++workflows}`,
			...options,
			parameters,
		});
		hosts.push(host);
		return host;
	};

	/** Lets TWIN24 post these, each until it is taken; all begin at once. */
	const deliver = async (host: WebhookHost, ...bodies: object[]) => {
		for (const body of bodies) setting.twin24.webhooks.send([{ url: host.url, body }]);
		await setting.twin24.webhooks.settled();
	};

	const post = async (
		host: WebhookHost,
		body: string | Buffer,
		headers: Record<string, string> = {},
	) => {
		const answer = await fetch(host.url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', connection: 'close', ...headers },
			body: new Uint8Array(Buffer.from(body)),
		});
		return { status: answer.status, text: await answer.text() };
	};

	const ended = (id: string, more: object = {}) => ({ event: 'CALL_ENDED', id, ...more });
	const idsOf = ({ items }: WebhookHost) => items.map(({ callId }) => callId).sort();

	test('starts the workflow with the events chosen, and takes all others', async () => {
		const host = await serve();
		await deliver(host, { event: 'CANDIDATE_CHANGED', lastCallId: 'a' }, ended('a'));
		expect(idsOf(host)).toEqual(['a']);
		const { attempts } = setting.twin24.webhooks;
		expect(attempts.map(({ status }) => status)).toEqual([200, 200]);
	});

	test('tells of a call of TWIN24 by its ID, number, result and recording in the report', async () => {
		const host = await serve();
		const { twin24 } = setting;
		twin24.tasks[0].settings.webhookUrls = [host.url];
		const call = twin24.makeCall({ taskId: twin24.tasks[0].id, status: 'ANSWERED' });
		await twin24.webhooks.settled();
		expect(host.items).toEqual([
			expect.objectContaining({
				event: 'CALL_ENDED',
				callId: call.id,
				taskId: call.taskId,
				phone: call.phone,
				status: 'ANSWERED',
				recordPath: call.recordPath,
				transcript: call.messages.map(({ author, text }) => `${author}: ${text}`).join('\n'),
			}),
		]);
	});

	test('starts once for each event, however often, in whatever order and side by side it comes', async () => {
		const host = await serve({ events: ALL_EVENTS });
		const bodies = Array.from({ length: 60 }, (_, i) => [
			ended(`c${i}`),
			{ event: 'CALL_REDIRECTED', id: `c${i}`, redirectDestination: 'ch' },
			{ event: 'CANDIDATE_CHANGED', taskId: 't', lastCallId: `c${i}` },
		]).flat();
		const shuffled = [1, 7, 11, 13].flatMap((step) =>
			bodies.map((_, i) => bodies[(i * step) % bodies.length]),
		);
		await deliver(host, ...shuffled, ...bodies);
		expect(host.items).toHaveLength(bodies.length);
		expect(new Set(host.items.map(({ event, callId }) => `${event} ${callId}`)).size).toBe(
			bodies.length,
		);
	});

	test('loses none of 2,000 events that come at once, and doubles none when all come again', async () => {
		const host = await serve();
		const bodies = Array.from({ length: 2000 }, (_, i) => ended(`c${i}`));
		await deliver(host, ...bodies);
		await deliver(host, ...bodies);
		expect(idsOf(host)).toEqual(bodies.map(({ id }) => id).sort());
		expect(setting.twin24.webhooks.attempts.every(({ status }) => status === 200)).toBe(true);
	});

	test('knows an event for the 24 hours in which it may come again, over a restart and a new name too', async () => {
		const host = await serve();
		await deliver(host, ended('a'), ended('b'));
		later = 25 * HOUR;
		await deliver(host, ended('a'), ended('b'));
		expect(idsOf(host)).toEqual(['a', 'b']);

		const again = await serve({}, { staticData: host.staticData, name: 'Renamed' });
		await deliver(again, ended('a'), ended('b'), ended('c'));
		expect(idsOf(again)).toEqual(['c']);
	});

	test('forgets in time: what is kept does not grow for ever', async () => {
		const host = await serve();
		for (let day = 0; day < 10; day++) {
			later = day * 24 * HOUR;
			await deliver(host, ...Array.from({ length: 20 }, (_, i) => ended(`${day} ${i}`)));
		}
		expect(JSON.stringify(host.staticData).length).toBeLessThan(1000);
	});

	test('an event that n8n could not start the workflow with comes again until it could', async () => {
		let failures = 3;
		const host = await serve(
			{},
			{
				onExecution: () => {
					if (failures-- > 0) throw new Error('The database is locked');
				},
			},
		);
		await deliver(host, ended('a'), ended('a'), ended('a'));
		expect(idsOf(host)).toEqual(['a']);
		const { attempts } = setting.twin24.webhooks;
		expect(attempts.filter(({ status }) => status === 500)).toHaveLength(3);
		// What another request saved meanwhile does not hold it as told.
		expect(Object.keys(host.staticData)).toHaveLength(1);
	});

	test('an event whose sender has hung up before n8n answered is started once', async () => {
		let finish = () => {};
		const isHeld = new Promise<void>((resolve) => (finish = resolve));
		let started = () => {};
		const isStarted = new Promise<void>((resolve) => (started = resolve));
		const host = await serve({}, { onExecution: async () => (started(), await isHeld) });
		const sender = request(host.url, { method: 'POST' }).on('error', () => {});
		sender.end(JSON.stringify(ended('a')));
		await isStarted;
		const second = post(host, JSON.stringify(ended('a')));
		sender.destroy();
		// Nobody knows yet what becomes of the first: to be asked again.
		expect((await second).status).toBe(503);
		finish();
		await deliver(host, ended('a'));
		expect(idsOf(host)).toEqual(['a']);
	});

	test('a task that is paused, goes on and is paused again says so three times, and a repeat once', async () => {
		const host = await serve({ events: ['taskStatusChanged'] });
		const status = (word: string) => ({ event: 'AUTOCALL_STATUS_CHANGED', id: 't', status: word });
		for (const word of ['PAUSED', 'PAUSED', 'PROCESS', 'PROCESS', 'PAUSED', 'PAUSED'])
			await deliver(host, status(word));
		expect(host.items.map((item) => item.status)).toEqual(['PAUSED', 'PROCESS', 'PAUSED']);
		const again = await serve({ events: ['taskStatusChanged'] }, { staticData: host.staticData });
		await deliver(again, status('PAUSED'));
		expect(again.items).toEqual([]);
	});

	test('of an incoming call both posts come, the second with recording and cost', async () => {
		const host = await serve({ events: ['incomingCall'] });
		for (const reading of ['present', 'absent'] as const) {
			setting.twin24.readings.incomingEvent = reading;
			await fetch(`${setting.twin24.url}/__emulator/incoming-call`, {
				method: 'POST',
				body: JSON.stringify({ url: host.url }),
			});
			await setting.twin24.webhooks.settled();
		}
		expect(
			host.items.map(({ event, recordPath, price }) => [event, !recordPath, price === null]),
		).toEqual([
			['INCOMING_CALL', true, true],
			['INCOMING_CALL', false, false],
			['INCOMING_CALL', true, true],
			['INCOMING_CALL', false, false],
		]);
		expect(host.items.every(({ phone, callId }) => phone && callId)).toBe(true);
	});

	test('hands on the body as it is with output Raw, and events unknown here only to who wants all', async () => {
		const body = { event: 'SOMETHING_NEW', id: 'x', result: [], deep: { er: [1, null] } };
		const all = await serve({ events: ALL_EVENTS, output: 'raw' });
		await deliver(all, body);
		expect(all.items).toEqual([body]);
		const some = await serve({ events: ALL_EVENTS.slice(1), output: 'raw' });
		await deliver(some, body);
		expect(some.items).toEqual([]);
	});

	test.each<[string, string | Buffer, Record<string, string>]>([
		['is no JSON', '{"event": "CALL_EN', {}],
		['is empty', '', {}],
		['tells of no event', '[]', {}],
		['tells of no event', '{"hello": "secret"}', {}],
		['tells of no event', 'null', {}],
		['is no JSON', 'event=CALL_ENDED', { 'content-type': 'application/x-www-form-urlencoded' }],
		['is no JSON', '<a>secret', { 'content-type': 'text/xml' }],
		['is no JSON', '--x\r\n\r\nsecret', { 'content-type': 'multipart/form-data; boundary=x' }],
		['is larger than n8n allows', ' '.repeat(5000), {}],
		['cannot be decompressed', 'secret', { 'content-encoding': 'gzip' }],
	])(
		'a body that %s is taken with 200, starts nothing and leaves a line in the log',
		async (why, body, headers) => {
			const host = await serve({ events: ALL_EVENTS }, { limit: 1000 });
			expect(await post(host, body, headers)).toMatchObject({
				status: 200,
				text: expect.stringContaining(why) as string,
			});
			expect(host.executions).toEqual([]);
			const lines = setting.engine.logs('warn');
			expect(lines).toEqual([
				expect.objectContaining({ message: expect.stringContaining(why) as string }),
			]);
			expect(JSON.stringify(lines)).not.toContain('secret');
		},
	);

	test.each<[string, Buffer | string, Record<string, string>]>([
		['with a type that is not JSON', JSON.stringify(ended('a')), { 'content-type': 'text/plain' }],
		['with no known type', JSON.stringify(ended('a')), { 'content-type': 'x/y; charset=cp1251' }],
		['with a byte order mark', `\uFEFF${JSON.stringify(ended('a'))}`, {}],
		['compressed', gzipSync(JSON.stringify(ended('a'))), { 'content-encoding': 'gzip' }],
	])('an event is read %s', async (_, body, headers) => {
		const host = await serve();
		expect(await post(host, body, headers)).toMatchObject({ status: 200 });
		expect(idsOf(host)).toEqual(['a']);
	});

	test('an event is read, too, where n8n has parsed the body itself', async () => {
		// As in a workflow that was written by hand: without the option that the editor adds.
		const host = await serve({ options: { ipWhitelist: '' } });
		await deliver(host, ended('a'));
		expect(idsOf(host)).toEqual(['a']);
		// Then it is n8n that refuses what it cannot parse.
		expect((await post(host, '{')).status).toBe(422);
	});

	test('only the addresses allowed may post, those of a client behind trusted proxies', async () => {
		const options = { ipWhitelist: '87.251.83.160/27, 2001:db8::/32', binaryData: true };
		const host = await serve({ options }, { proxyHops: 1 });
		const from = async (forwarded: string) =>
			(await post(host, JSON.stringify(ended(forwarded)), { 'x-forwarded-for': forwarded })).status;
		expect(await from('87.251.83.190')).toBe(200);
		expect(await from('2001:db8::1')).toBe(200);
		expect(await from('87.251.83.192')).toBe(403);
		// What a client says of itself is not believed.
		expect(await from('87.251.83.190, 10.0.0.1')).toBe(403);
		expect(idsOf(host)).toEqual(['2001:db8::1', '87.251.83.190']);
		const direct = await serve({ options });
		expect((await post(direct, JSON.stringify(ended('a')))).status).toBe(403);
		const local = await serve({ options: { ipWhitelist: '127.0.0.1', binaryData: true } });
		expect((await post(local, JSON.stringify(ended('a')))).status).toBe(200);
	});

	test('a test in the editor shows an event again and again, and the workflow does not know it from that', async () => {
		const before = await serve();
		await deliver(before, ended('a'));
		const { staticData } = before;
		const workflowId = 'tested';
		const host = await serve({}, { mode: 'manual', staticData, workflowId });
		await deliver(host, ended('a'), ended('a'), ended('b'), ended('b'));
		expect(idsOf(host)).toEqual(['a', 'a', 'b', 'b']);
		expect(host.staticData).toEqual(staticData);
		const active = await serve({}, { staticData, workflowId });
		await deliver(active, ended('b'));
		expect(idsOf(active)).toEqual(['b']);
	});

	test.each<[string, INodeParameters]>([
		['"Events" is empty', { events: [] }],
		['"Events" is "callStarted"', { events: ['callStarted'] }],
		['"Output" is "flat"', { output: 'flat' }],
		['"IP(s) Allowlist" has an entry', { options: { ipWhitelist: '300.1.1.1' } }],
		['"Options" is given as one expression', { options: '={{ ({ ip: "::1" }) }}' }],
	])('a wrong parameter is an error and no event is taken: %s', async (message, parameters) => {
		const host = await serve(parameters);
		expect((await post(host, JSON.stringify(ended('a')))).status).toBe(500);
		expect(host.errors[0].message).toContain(message);
		expect(host.executions).toEqual([]);
	});

	test('what another process has told of is known here, and what both have is kept', async () => {
		const first = await serve();
		await deliver(first, ended('a'));
		const second = await serve({}, { staticData: first.staticData });
		await deliver(second, ended('a'), ended('b'));
		expect(idsOf(second)).toEqual(['b']);
		const third = await serve({}, { staticData: second.staticData });
		await deliver(third, ended('a'), ended('b'));
		expect(third.items).toEqual([]);
	});

	test('events side by side do not overwrite what is saved of each other', async () => {
		let go = () => {};
		const all = new Promise<void>((resolve) => (go = resolve));
		let begun = 0;
		const host = await serve({}, { onExecution: async () => (++begun === 10 && go(), await all) });
		const bodies = Array.from({ length: 10 }, (_, i) => ended(`c${i}`));
		await deliver(host, ...bodies);
		const again = await serve({}, { staticData: host.staticData });
		await deliver(again, ...bodies);
		expect(again.items).toEqual([]);
	});

	test('what another node has overwritten is saved again with the next post, be it a repeat', async () => {
		const host = await serve();
		await deliver(host, ended('a'));
		host.staticData = {};
		await deliver(host, ended('a'));
		const again = await serve({}, { staticData: host.staticData });
		await deliver(again, ended('a'));
		expect(again.items).toEqual([]);
	});

	test('leaves the static data of other nodes alone', async () => {
		const staticData: IDataObject = { global: { 'twin24CallsTrigger x': { began: 1 } } };
		const host = await serve({}, { staticData });
		await deliver(host, ended('a'));
		expect(host.staticData.global).toMatchObject(staticData.global as IDataObject);
	});
});
