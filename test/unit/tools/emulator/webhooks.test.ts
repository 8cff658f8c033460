/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a receiver of webhooks, never published */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import type { Readings, TaskSettings, WebhookUrl } from '../../../../tools/emulator';
import { Deliveries } from '../../../../tools/emulator/webhooks/deliveries';
import { diallingVisit, PERSON } from './dialling';
import type { DiallingVisit } from './dialling';
import { closeAll } from './support';

type Body = Record<string, unknown> & { event?: string };

/** A receiver: what came, in order, and what it answers next (200 otherwise). */
interface Receiver {
	url: string;
	received: Body[];
	headers: Array<Record<string, unknown>>;
	answers: number[];
}

const servers: Server[] = [];

afterEach(async () => {
	await closeAll();
	for (const server of servers.splice(0)) {
		server.close();
		server.closeAllConnections();
	}
});

async function receiver(): Promise<Receiver> {
	const found: Receiver = { url: '', received: [], headers: [], answers: [] };
	const server = createServer(async (request, response) => {
		found.headers.push(request.headers);
		found.received.push((await json(request)) as Body);
		response.writeHead(found.answers.shift() ?? 200).end();
	});
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	found.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=geheim`;
	return found;
}

/** Dials one person whose task has this webhook; resolves when all was taken. */
async function dialOnce(
	readings: Partial<Readings> = {},
	{
		status = 'ANSWERED',
		hook,
		more = {},
		person = {},
		answers = [],
	}: {
		status?: string;
		hook?: (url: string) => WebhookUrl;
		more?: Partial<TaskSettings>;
		person?: object;
		answers?: number[];
	} = {},
): Promise<Receiver & { visitor: DiallingVisit }> {
	const target = await receiver();
	target.answers.push(...answers);
	const visitor = await diallingVisit(readings, { webhookSecond: 1 });
	const webhookUrls = [hook?.(target.url) ?? target.url];
	const id = await visitor.createReady({ webhookUrls, ...more });
	await visitor.add(id, [{ ...PERSON, ...person }], { forceStart: true });
	visitor.emulator.dialler.setOutcomes('*', [status]);
	visitor.emulator.dialler.advance();
	await visitor.emulator.webhooks.settled();
	return { ...target, visitor };
}

const one = ({ received }: Receiver, event: string) =>
	received.find((body) => body.event === event)!;

const events = ({ received }: Receiver) => received.map(({ event }) => event);

/** Those of a person: the task's own are a series apart. */
const ofPerson = (target: Receiver) =>
	events(target).filter((event) => event !== 'AUTOCALL_STATUS_CHANGED');

describe('the webhooks of a call', () => {
	it('tell it as in the facts’ sample', async () => {
		const person = { variables: { name: 'Ann' }, callbackData: { row: '7' } };
		const target = await dialOnce({}, { person });
		const [call] = (await target.visitor.report({ phone: '79000000001' })).json.items;
		expect(one(target, 'CALL_ENDED')).toEqual({
			event: 'CALL_ENDED',
			type: 'OUTGOING',
			id: call.id,
			taskId: call.taskId,
			botId: call.botId,
			status: 'ANSWERED',
			callFrom: '74950000000',
			callTo: '79000000001',
			startedAt: '2026-03-02T09:00:05+00:00',
			finishedAt: new Date(Date.parse('2026-03-02T09:00:05Z') + call.duration * 1000)
				.toISOString()
				.replace('.000Z', '+00:00'),
			variables: { name: 'Ann' },
			result: {
				confirmation: call.dialogResults,
				initialVariables: { recordPath: call.recordPath },
			},
			flow: [{ messages: call.messages.map(({ author, text }) => ({ author, text })) }],
			callbackData: { row: '7' },
		});
		expect(one(target, 'CANDIDATE_CHANGED')).toEqual({
			event: 'CANDIDATE_CHANGED',
			taskId: call.taskId,
			lastCallId: call.id,
			callbackData: { row: '7' },
		});
		expect(
			target.received.filter(({ event }) => event === 'AUTOCALL_STATUS_CHANGED'),
		).toMatchObject(
			['READY', 'PROCESS', 'FINISHED'].map((status) => ({ status, taskId: call.taskId })),
		);
	});

	it('come in order: the transfer, the end, the person', async () => {
		const target = await receiver();
		const visitor = await diallingVisit();
		const id = await visitor.createReady({ webhookUrls: [target.url] });
		const people = Array.from({ length: 60 }, (_, i) => ({ phone: [String(79_000_000_000 + i)] }));
		await visitor.add(id, people, { forceStart: true });
		const { dialler, webhooks } = visitor.emulator;
		dialler.setOutcomes('*', Array<string>(60).fill('ANSWERED'));
		dialler.advance(60);
		await webhooks.settled();
		const transferred = target.received.filter(({ event }) => event === 'CALL_REDIRECTED');
		expect(transferred.length).toBeGreaterThan(0);
		for (const { id: callId } of transferred) {
			const ofCall = target.received.filter((body) => [body.id, body.lastCallId].includes(callId));
			expect(
				ofCall.map(({ event }) => event).filter((event) => event !== 'EFFICIENCY_REACHED'),
			).toEqual(['CALL_REDIRECTED', 'CALL_ENDED', 'CANDIDATE_CHANGED']);
		}
	});

	it('or the other way round', async () => {
		const target = await dialOnce({ hookOrder: 'outOfOrder' }, { status: 'BUSY' });
		expect(ofPerson(target)).toEqual(['CANDIDATE_CHANGED', 'CALL_ENDED']);
	});

	it('a redial is told before it happens, the person only after the last', async () => {
		const redialStrategyOptions = { redialStrategyEn: true, busy: { redial: true, time: 600 } };
		const target = await dialOnce({}, { status: 'BUSY', more: { redialStrategyOptions } });
		const { emulator } = target.visitor;
		expect(ofPerson(target)).toEqual(['CALL_ENDED', 'RECALL_SCHEDULED']);
		expect(one(target, 'RECALL_SCHEDULED').recallAt).toBe('2026-03-02T09:10:05+00:00');
		emulator.clock.advance(600);
		emulator.dialler.setOutcomes('*', ['BUSY']);
		emulator.dialler.advance();
		await emulator.webhooks.settled();
		expect(ofPerson(target).slice(2)).toEqual(['CALL_ENDED', 'CANDIDATE_CHANGED']);
	});

	it.each([
		['list', []],
		['object', {}],
	] as const)('empty maps as %s, empty callback data as a list', async (emptyMaps, empty) => {
		const target = await dialOnce({ emptyMaps }, { status: 'NOANSWER' });
		expect(one(target, 'CALL_ENDED')).toMatchObject({
			variables: empty,
			result: empty,
			flow: [],
			callbackData: [],
		});
	});

	it.each([
		['same', true],
		['other', false],
	] as const)('with %s id as the report', async (hookId, isSame) => {
		const target = await dialOnce({ hookId });
		const [call] = (await target.visitor.report({ phone: '79000000001' })).json.items;
		const { id } = one(target, 'CALL_ENDED');
		expect(id === call.id).toBe(isSame);
		expect(one(target, 'CANDIDATE_CHANGED').lastCallId).toBe(id);
		expect(id).toMatch(/^[0-9a-f-]{36}$/);
	});

	it('with more keys, and times ahead, under those readings', async () => {
		const target = await dialOnce({ hookExtras: true, hookLead: 7200 });
		expect(one(target, 'CALL_ENDED')).toMatchObject({
			startedAt: '2026-03-02T11:00:05+00:00',
			clientExternalId: '7',
			duration: expect.any(Number),
		});
	});

	it('only those that an object lists, unless what it leaves out is on', async () => {
		const hook = (url: string) => ({
			url,
			partialResults: false,
			delay: 2,
			events: {
				CALL_ENDED: { name: 'CALL_ENDED', value: true },
				CANDIDATE_CHANGED: { name: 'CANDIDATE_CHANGED', value: false },
			},
		});
		expect(events(await dialOnce({}, { hook, status: 'BUSY' }))).toEqual(['CALL_ENDED']);
		const all = await dialOnce({ unlistedEvents: 'on' }, { hook, status: 'BUSY' });
		expect(new Set(events(all))).toEqual(new Set(['CALL_ENDED', 'AUTOCALL_STATUS_CHANGED']));
	});
});

describe('the delivery', () => {
	it('is tried again until 200, and every try is on record', async () => {
		const target = await dialOnce({}, { hook: callEndedOnly, answers: [500, 404, 204] });
		expect(events(target)).toEqual(Array<string>(4).fill('CALL_ENDED'));
		expect(new Set(target.received.map((body) => JSON.stringify(body))).size).toBe(1);
		expect(target.visitor.emulator.webhooks.attempts).toMatchObject(
			[500, 404, 204, 200].map((status, i) => ({
				delivery: 1,
				attempt: i + 1,
				status,
				error: null,
				event: 'CALL_ENDED',
				url: target.url,
			})),
		);
	});

	it('grows its pauses', async () => {
		const waits: number[] = [];
		const deliveries = new Deliveries(async (ms) => {
			if (ms > 0) waits.push(ms);
			await Promise.resolve();
		});
		const { url, answers } = await receiver();
		answers.push(...Array<number>(6).fill(500));
		deliveries.send([{ url, body: {} }]);
		await deliveries.settled();
		expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000]);
	});

	it('is given up after a day', async () => {
		const visitor = await diallingVisit({}, { webhookSecond: 0 });
		const { url } = await receiver();
		const gone = url.replace(/:\d+\//, ':9/');
		const answer = await visitor.send('POST', '/__emulator/webhooks', { url: gone, body: {} });
		expect(answer.status).toBe(200);
		await visitor.emulator.webhooks.settled();
		const { attempts } = visitor.emulator.webhooks;
		expect(attempts).toHaveLength(18);
		expect(attempts[0]).toMatchObject({ status: null, error: expect.any(String) });
	});

	it('may come twice', async () => {
		const target = await dialOnce({ hookTimes: 'twice' }, { hook: callEndedOnly });
		expect(events(target)).toEqual(['CALL_ENDED', 'CALL_ENDED']);
	});

	it('may be late', async () => {
		const target = await receiver();
		const visitor = await diallingVisit({ hookLate: 30 }, { webhookSecond: 1 });
		const id = await visitor.createReady({ webhookUrls: [callEndedOnly(target.url)] });
		await visitor.add(id, [PERSON], { forceStart: true });
		visitor.emulator.dialler.advance();
		await Promise.resolve();
		expect([visitor.emulator.webhooks.pending, target.received]).toEqual([1, []]);
		await visitor.emulator.webhooks.settled();
		expect(events(target)).toEqual(['CALL_ENDED']);
	});

	it('of many at once is whole, each once', async () => {
		const target = await receiver();
		const visitor = await diallingVisit();
		const id = await visitor.createReady({ webhookUrls: [callEndedOnly(target.url)] });
		const people = Array.from({ length: 300 }, (_, i) => ({ phone: [String(79_000_000_000 + i)] }));
		await visitor.add(id, people, { forceStart: true });
		expect(visitor.emulator.dialler.advance(300)).toHaveLength(300);
		await visitor.emulator.webhooks.settled();
		expect(new Set(target.received.map(({ callTo }) => callTo)).size).toBe(300);
		expect(target.received).toHaveLength(300);
	});
});

describe('webhooks by control', () => {
	it('post any body to any address, with headers, and show the record', async () => {
		const target = await receiver();
		const visitor = await diallingVisit();
		const control = async (method: string, name: string, body?: unknown) =>
			await visitor.send(method, `/__emulator/${name}`, body);
		await control('POST', 'webhooks/settings', {
			secondMs: 1,
			headers: { 'x-forwarded-for': '87.251.83.190' },
		});
		target.answers.push(503);
		await control('POST', 'webhooks', [
			{ url: target.url, body: { event: 'NEW_EVENT', more: 1 } },
			{ url: target.url, body: '[1]', delay: 3 },
		]);
		await visitor.emulator.webhooks.settled();
		expect(target.received).toHaveLength(3);
		expect(target.received).toEqual(expect.arrayContaining([{ event: 'NEW_EVENT', more: 1 }, [1]]));
		expect(target.headers[0]['x-forwarded-for']).toBe('87.251.83.190');
		expect((await control('GET', 'webhooks')).json).toMatchObject({
			pending: 0,
			attempts: [{ event: 'NEW_EVENT', status: 503 }, {}, {}],
		});
		await control('DELETE', 'webhooks');
		expect(visitor.emulator.webhooks.attempts).toEqual([]);
		expect((await control('POST', 'webhooks', { url: 'nowhere', body: {} })).status).toBe(400);
	});

	it.each([
		['absent', false],
		['present', true],
	] as const)('the incoming hook comes twice, event key %s', async (incomingEvent, hasEvent) => {
		const target = await receiver();
		const visitor = await diallingVisit({ incomingEvent });
		const body = { url: target.url, phone: '79000000009', number: '74951112233' };
		await visitor.send('POST', '/__emulator/incoming-call', body);
		await visitor.emulator.webhooks.settled();
		const [first, second] = target.received;
		expect(first).toMatchObject({ number: '74951112233', callingNumber: '79000000009' });
		expect(second).toEqual({
			...first,
			recordPath: expect.stringContaining('.mp3'),
			totalCost: expect.any(String),
		});
		expect('event' in first).toBe(hasEvent);
	});

	it('the page shows them without what may be secret in an address', async () => {
		const target = await dialOnce();
		const { text } = await target.visitor.get('/');
		expect(text).toContain('CALL_ENDED');
		expect(text).not.toContain('geheim');
	});
});

describe('a call out of the blue', () => {
	it('is made with a result of choice, stands in the report, and is told', async () => {
		const target = await receiver();
		const visitor = await diallingVisit();
		const taskId = await visitor.create({ webhookUrls: [target.url] });
		const given = { status: 'ANSWERED', phone: '79000000009', dialogResults: 'Согласие' };
		const made = (await visitor.send('POST', '/__emulator/call', given)).json;
		expect(made).toMatchObject({ ...given, taskId });
		expect((await visitor.report({ phone: '79000000009' })).json.items[0]).toEqual(made);
		await visitor.emulator.webhooks.settled();
		expect(one(target, 'CALL_ENDED')).toMatchObject({
			callTo: '79000000009',
			result: { confirmation: 'Согласие' },
		});
		expect(visitor.emulator.dialler.ledger().dialled).toEqual([]);
	});

	it('needs nothing said, and refuses what cannot be', async () => {
		const { emulator } = await diallingVisit();
		const calls = [emulator.makeCall(), emulator.makeCall()];
		expect(emulator.table.all()).toEqual(calls);
		expect(() => emulator.makeCall({ status: 'DIAL' })).toThrow('A call cannot end with DIAL.');
		expect(() => emulator.makeCall({ taskId: 'none' })).toThrow('There is no task none.');
	});

	it('comes by itself every so often', async () => {
		const visitor = await diallingVisit({}, { callEvery: 1 });
		const three = new Promise<void>((resolve) => {
			let calls = 0;
			visitor.emulator.dialler.listen(({ kind }) => {
				if (kind === 'attempt' && ++calls === 3) resolve();
			});
		});
		await three;
		expect((await visitor.report()).json.count).toBeGreaterThanOrEqual(3);
	});
});

function callEndedOnly(url: string): WebhookUrl {
	return { url, events: { CALL_ENDED: { name: 'CALL_ENDED', value: true } } };
}
