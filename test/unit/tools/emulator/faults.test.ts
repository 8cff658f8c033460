/* eslint-disable @n8n/community-nodes/no-restricted-globals -- looks at what the emulator says on stderr, never published */
import { DEMO_ACCOUNT } from '../../../../tools/emulator';
import type { Fault } from '../../../../tools/emulator';
import { Tokens } from '../../../../tools/emulator/tokens';
import { closeAll, ids, login, signIn, visit } from './support';

afterEach(closeAll);

const statuses = [400, 401, 402, 403, 404, 408, 422, 425, 429, 500, 502, 503, 504];

describe('which requests a fault meets', () => {
	async function struck(fault: Partial<Fault>, requests = 6): Promise<boolean[]> {
		const { emulator, report } = await visit({ calls: 3 });
		emulator.faults.add({ kind: 'status', status: 503, ...fault } as Fault);
		const found: boolean[] = [];
		for (let offset = 0; offset < requests; offset++)
			found.push((await report({ offset })).status === 503);
		return found;
	}
	const [x, o] = [true, false];

	it.each([
		['all of them', {}, [x, x, x, x, x, x]],
		['the first two', { times: 2 }, [x, x, o, o, o, o]],
		['after three', { skip: 3 }, [o, o, o, x, x, x]],
		['every second', { every: 2 }, [o, x, o, x, o, x]],
		['every second, twice, after one', { every: 2, skip: 1, times: 2 }, [o, o, x, o, x, o]],
		[
			'those of a query',
			{ match: ({ offset }: Record<string, string>) => Number(offset) > 3 },
			[o, o, o, o, x, x],
		],
		['those with a value', { query: { offset: '2' } }, [o, o, x, o, o, o]],
		['another service', { service: 'tasks' as const }, [o, o, o, o, o, o]],
	])('%s', async (_name, scope, expected) => {
		expect(await struck(scope)).toEqual(expected);
	});

	it('some, by a probability with a seed', async () => {
		const [one, again, other] = [
			await struck({ probability: 0.5, seed: 3 }, 40),
			await struck({ probability: 0.5, seed: 3 }, 40),
			await struck({ probability: 0.5, seed: 4 }, 40),
		];
		expect(one).toEqual(again);
		expect(one).not.toEqual(other);
		expect(one).toContain(true);
		expect(one).toContain(false);
	});

	it('may be taken back, alone or all', async () => {
		const { emulator, report } = await visit();
		const back = emulator.faults.add({ kind: 'status', status: 500 });
		emulator.faults.add({ kind: 'status', status: 502 });
		expect((await report()).status).toBe(500);
		back();
		expect((await report()).status).toBe(502);
		emulator.faults.clear();
		expect((await report()).status).toBe(200);
	});
});

describe('errors', () => {
	it.each(statuses)('%d comes in {error, details}', async (status) => {
		const { emulator, report } = await visit();
		emulator.faults.add({ kind: 'status', status });
		const answer = await report();
		expect(answer.status).toBe(status);
		expect(answer.json).toEqual({ error: expect.any(String), details: expect.any(String) });
	});

	it('a body of your own, JSON or not', async () => {
		const { emulator, report } = await visit();
		emulator.faults.add({
			kind: 'status',
			status: 400,
			body: { errors: ['раз', 'два'] },
			times: 1,
		});
		emulator.faults.add({ kind: 'status', status: 502, body: '<html>Bad gateway</html>' });
		expect((await report()).json).toEqual({ errors: ['раз', 'два'] });
		const html = await report();
		expect([html.headers.get('content-type'), html.text]).toEqual([
			'text/html; charset=utf-8',
			'<html>Bad gateway</html>',
		]);
	});

	it('Retry-After in seconds, as a date, or not at all', async () => {
		const { emulator, report } = await visit();
		emulator.faults.add({ kind: 'status', status: 429, retryAfter: 7, times: 1 });
		emulator.faults.add({
			kind: 'status',
			status: 429,
			retryAfter: 'date',
			retryAfterSeconds: 60,
			times: 1,
		});
		emulator.faults.add({ kind: 'status', status: 429 });
		expect((await report()).headers.get('retry-after')).toBe('7');
		expect(Date.parse((await report()).headers.get('retry-after') ?? '')).toBeGreaterThan(
			Date.now(),
		);
		expect((await report()).headers.has('retry-after')).toBe(false);
	});

	it('may be told only after the request was carried out', async () => {
		const { emulator } = await visit();
		emulator.faults.add({ service: 'auth', kind: 'reset', carriedOut: true, times: 1 });
		emulator.faults.add({ service: 'auth', kind: 'status', status: 504, carriedOut: true });
		const issued: number[] = [];
		const { email, password } = DEMO_ACCOUNT;
		const tokens = jest.spyOn(Tokens.prototype, 'issue');
		await expect(login(emulator, { email, password })).rejects.toThrow();
		issued.push(tokens.mock.calls.length);
		expect((await login(emulator, { email, password })).status).toBe(504);
		issued.push(tokens.mock.calls.length);
		tokens.mockRestore();
		expect(issued).toEqual([2, 4]);
	});

	it('a 429 may ask for a long time', async () => {
		const { emulator, report } = await visit();
		emulator.faults.add({ kind: 'status', status: 429, retryAfter: 1800 });
		expect((await report()).headers.get('retry-after')).toBe('1800');
	});

	it.each([200, 403, 503])('a web page with %d', async (status) => {
		const { emulator, report } = await visit();
		emulator.faults.add({ kind: 'html', status });
		const answer = await report();
		expect([answer.status, answer.json]).toEqual([status, undefined]);
	});

	it('the login may fail too', async () => {
		const { emulator } = await visit();
		emulator.faults.add({ service: 'auth', kind: 'status', status: 500, times: 1 });
		expect((await login(emulator, {})).status).toBe(500);
		expect(await signIn(emulator)).toEqual(expect.any(String));
	});

	it('a web page with 200', async () => {
		const { emulator, report } = await visit();
		emulator.faults.add({ kind: 'html' });
		const { status, headers, text } = await report();
		expect(status).toBe(200);
		expect(headers.get('content-type')).toContain('text/html');
		expect(text).toContain('<html');
	});
});

describe('connections', () => {
	it.each(['length', 'chunked'] as const)('a body cut off, sent by %s', async (encoding) => {
		const { emulator, report } = await visit({ calls: 50 });
		emulator.faults.add({ kind: 'cutOff', encoding, at: 0.5, times: 1 });
		await expect(report({ limit: 50 })).rejects.toThrow();
		expect((await report({ limit: 50 })).json.items).toHaveLength(50);
	});

	it('an answer that drips is whole in the end, and ends with the client', async () => {
		const { emulator, report, token } = await visit({ calls: 1 });
		emulator.faults.add({ kind: 'drip', ms: 1, bytes: 100 });
		expect((await report()).json.count).toBe(1);
		emulator.faults.clear();
		emulator.faults.add({ kind: 'drip', ms: 1 });
		const abort = new AbortController();
		const { body } = await fetch(`${emulator.url}/api/v1/search/cis/calls`, {
			signal: abort.signal,
			headers: { authorization: `Bearer ${token}` },
		});
		const first = await body!.getReader().read();
		expect(first.value!.length).toBeLessThan(100);
		abort.abort();
	});

	it.each(['checksum', 'truncated', 'notGzip'] as const)('gzip with %s', async (variant) => {
		const { emulator, report } = await visit({ calls: 30 });
		emulator.faults.add({ kind: 'corruptGzip', variant, times: 1 });
		// Node's own client reads what there is of a gzip that ends too soon.
		const read = await report({ limit: 30 }).catch(() => undefined);
		expect(read?.json).toBeUndefined();
		expect((await report({ limit: 30 })).json.count).toBe(30);
	});

	it("the emulator's own failure is a 500 and one line", async () => {
		const { emulator, report } = await visit();
		const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
		emulator.faults.beforePage(() => {
			throw new Error('a hook\nof a test');
		});
		const { status, json } = await report({ limit: 3 });
		const lines = said.mock.calls.map(([line]) => line);
		said.mockRestore();
		expect([status, json.error]).toEqual([500, 'The emulator itself failed.']);
		expect(lines).toEqual([
			'The emulator itself failed at GET /api/v1/search/cis/calls: a hook of a test\n',
		]);
	});

	it('reset before any answer', async () => {
		const { emulator, report } = await visit();
		emulator.faults.add({ kind: 'reset', times: 1 });
		await expect(report()).rejects.toThrow('fetch failed');
		expect(emulator.log.entries.at(-1)).toMatchObject({ service: 'calls', status: 0 });
		expect((await report()).status).toBe(200);
	});

	it('no answer until the client gives up', async () => {
		const { emulator, token } = await visit();
		let arrived = () => {};
		const reached = new Promise<void>((resolve) => (arrived = resolve));
		emulator.faults.add({ kind: 'hang', match: () => (arrived(), true) });
		const abort = new AbortController();
		const request = fetch(`${emulator.url}/api/v1/search/cis/calls`, {
			signal: abort.signal,
			headers: { authorization: `Bearer ${token}` },
		});
		await reached;
		abort.abort();
		await expect(request).rejects.toThrow('aborted');
	});

	it('no answer until the emulator ends', async () => {
		const { emulator, report } = await visit();
		emulator.faults.add({ kind: 'hang', match: () => (void emulator.close(), true) });
		await expect(report()).rejects.toThrow();
	});

	it('latencies add up to the other faults', async () => {
		const { emulator, report } = await visit();
		const asked: string[] = [];
		emulator.faults.add(
			{ kind: 'latency', ms: ({ query }) => (asked.push(query.offset), 1) },
			{ kind: 'latency', ms: 1 },
			{ kind: 'status', status: 500 },
		);
		expect((await report({ offset: 3 })).status).toBe(500);
		expect(asked).toEqual(['3']);
	});
});

describe('garbage', () => {
	it.each([
		['null', null],
		['itemsNotArray', { count: 2, items: { 0: expect.any(String) } }],
		['itemsMissing', { count: 2 }],
		[
			'rowsWithoutIds',
			{ count: 2, items: [{ status: expect.any(String) }, { status: expect.any(String) }] },
		],
		['rowsNotObjects', { count: 2, items: [null, expect.any(String)] }],
		['countNotNumber', { count: expect.any(String), items: [{}, {}] }],
		['notJson', undefined],
		['empty', undefined],
	] as const)('%s', async (variant, expected) => {
		const { emulator, report } = await visit({ calls: 2 });
		emulator.faults.add({ kind: 'garbage', variant });
		const { status, json } = await report({ fields: 'id,status' });
		expect(status).toBe(200);
		if (expected) expect(json).toMatchObject(expected);
		else expect(json).toBe(expected);
		if (variant === 'rowsWithoutIds') expect(json.items[0]).not.toHaveProperty('id');
	});

	it('a body of your own, for the login too', async () => {
		const { emulator } = await visit();
		emulator.faults.add({ service: 'auth', kind: 'garbage', body: { token: 5 } });
		expect((await login(emulator, { email: 'a', password: 'b' })).json).toEqual({ token: 5 });
	});
});

describe('a report that changes while it is read', () => {
	it('hooks run before the rows of a page are read', async () => {
		const { emulator, report } = await visit({ calls: 2 });
		emulator.faults.beforePage(({ number, table }) => {
			if (number === 2) table.insert({ id: 'new' });
		});
		expect((await report()).json.count).toBe(2);
		expect(ids(await report())).toContain('new');
	});

	it('hooks may take their time, and be taken back', async () => {
		const { emulator, report } = await visit();
		const back = emulator.faults.beforePage(async ({ table }) => {
			await Promise.resolve();
			table.insert({});
		});
		expect((await report()).json.count).toBe(1);
		back();
		expect((await report()).json.count).toBe(1);
	});

	it('calls arrive and change every so many pages', async () => {
		const { emulator, report } = await visit({ calls: 10 });
		const before = new Map(emulator.table.all().map((call) => [call.id, call.updatedAt]));
		emulator.faults.arrivals({ every: 2, insert: 3, update: 1 });
		const counts: number[] = [];
		for (let i = 0; i < 5; i++) counts.push((await report()).json.count);
		expect(counts).toEqual([10, 13, 13, 16, 16]);
		const after = emulator.table.all();
		expect(
			after.filter(({ id, updatedAt }) => before.has(id) && before.get(id) !== updatedAt).length,
		).toBeLessThanOrEqual(2);
	});
});

describe('the log', () => {
	it('holds every request in order, without secrets', async () => {
		const { emulator, report, get, token } = await visit({ calls: 5 });
		await report({ limit: 3, from: '2020-01-01T00:00:00+03:00' });
		await report({ limit: 0 });
		await get('/api/v1/bots?token=geheim', {});
		expect(emulator.log.entries).toMatchObject([
			{
				service: 'auth',
				method: 'POST',
				path: '/api/v1/auth/login',
				status: 200,
				authorization: false,
				account: null,
			},
			{
				service: 'calls',
				method: 'GET',
				query: { limit: '3', from: '2020-01-01T00:00:00+03:00' },
				status: 200,
				rows: 3,
				authorization: true,
				account: 'demo@twin24.test',
			},
			{ service: 'calls', status: 422, rows: 0 },
			{ service: 'bots', status: 401, authorization: false },
		]);
		const text = JSON.stringify(emulator.log);
		for (const secret of [token, 'demo-password', 'geheim']) expect(text).not.toContain(secret);
		expect([
			emulator.log.count(),
			emulator.log.count('calls'),
			emulator.log.count('records'),
		]).toEqual([4, 2, 0]);
	});

	it('counts the requests in flight', async () => {
		const { emulator, report } = await visit();
		let waiting = 0;
		let release = () => {};
		const all = new Promise<void>((resolve) => (release = resolve));
		emulator.faults.beforePage(async () => {
			if (++waiting === 3) release();
			await all;
		});
		await Promise.all([report(), report(), report()]);
		await report();
		expect([
			emulator.log.maxInFlight('calls'),
			emulator.log.maxInFlight('auth'),
			emulator.log.maxInFlight(),
		]).toEqual([3, 1, 3]);
		emulator.log.clear();
		expect([emulator.log.count(), emulator.log.maxInFlight()]).toEqual([0, 0]);
	});

	it('never counts one client that asks in turn as two', async () => {
		const { emulator, report } = await visit({ calls: 500 });
		for (let i = 0; i < 30; i++) await report({ limit: 500 });
		expect(emulator.log.maxInFlight()).toBe(1);
	});
});

describe('reset', () => {
	it('brings faults, readings and log back, and keeps calls and tokens', async () => {
		const { emulator, report } = await visit({ calls: 2, readings: { count: 'page' } });
		emulator.faults.add({ kind: 'status', status: 500 });
		Object.assign(emulator.readings, { count: 'absent', answered: 'ANSWER' });
		emulator.table.insert({});
		emulator.reset();
		expect((await report({ limit: 1 })).json.count).toBe(1);
		expect(emulator.readings.answered).toBe('ANSWERED');
		expect([emulator.log.count(), emulator.table.size]).toEqual([1, 3]);
	});
});
