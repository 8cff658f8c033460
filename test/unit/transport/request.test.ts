import type {
	IAllExecuteFunctions,
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { sleep } from 'n8n-workflow';

import { authenticate } from '../../../nodes/Twin24/transport/authenticate';
import { CancelledError } from '../../../nodes/Twin24/transport/cancellation';
import { login } from '../../../nodes/Twin24/transport/login';
import {
	createRequester,
	RequestError,
	wasNotAccepted,
} from '../../../nodes/Twin24/transport/request';
import type {
	ApiRequest,
	Context,
	Priority,
	Requester,
} from '../../../nodes/Twin24/transport/request';

let accounts = 0;

type Send = (options: IHttpRequestOptions, signal: AbortSignal) => unknown;

/**
 * n8n's helper as far as it matters here: the credential, the login and the abort signal are those of the
 * context that it is called on, and a 401 is asked a second time with a new token.
 */
const sendAsN8n = (send: Send) =>
	async function (this: IAllExecuteFunctions, type: string, options: IHttpRequestOptions) {
		const credentials = await this.getCredentials<ICredentialDataDecryptedObject>(type);
		const signal = (this as IExecuteFunctions).getExecutionCancelSignal()!;
		const { helpers } = this as unknown as IHttpRequestHelper;
		const signIn = async () =>
			Object.assign(credentials, { token: await login({ helpers }, credentials) });
		const attempt = async () =>
			await send(authenticate(credentials, { ...options, abortSignal: signal }), signal);
		if (!credentials.token) await signIn();
		try {
			return await attempt();
		} catch (error) {
			if (statusOf(error) !== 401) return await Promise.reject(error as Error);
			await signIn();
			return await attempt();
		}
	};

const statusOf = (error: unknown) => {
	const { response, cause } = error as {
		response?: { status: number };
		cause?: { response?: { status: number } };
	};
	return (response ?? cause?.response)?.status;
};

/** n8n's execution of the node: a credential, a log, a stop button, and an API that does what it is told. */
class Execution {
	readonly credential: ICredentialDataDecryptedObject = {
		email: `user${++accounts}@example.com`,
		password: 'hunter2',
	};
	readonly asked: IHttpRequestOptions[] = [];
	/** When each request came, in milliseconds from the start. */
	readonly times: number[] = [];
	readonly warnings: string[] = [];
	readonly stop = new AbortController();
	/** The requests of the logins. */
	readonly logins: IHttpRequestOptions[] = [];
	/** What ends each request. */
	readonly signals: AbortSignal[] = [];
	behave: (attempt: number, options: IHttpRequestOptions) => unknown = () => 'fine';
	private readonly startedAt = Date.now();

	/** How often n8n took the credential out of its store. */
	credentialReads = 0;

	private readonly context = {
		getCredentials: async () => {
			this.credentialReads++;
			return { ...this.credential };
		},
		getExecutionCancelSignal: () => this.stop.signal,
		getExecutionId: () => '1',
		getNode: () => ({ id: 'node' }),
		logger: { warn: (message: string) => this.warnings.push(message) },
		helpers: {
			httpRequest: async (options: IHttpRequestOptions) => {
				this.logins.push(options);
				return { token: `token${this.logins.length}` };
			},
			httpRequestWithAuthentication: sendAsN8n((options, signal) => {
				this.times.push(Date.now() - this.startedAt);
				this.signals.push(signal);
				return this.behave(this.asked.push(options), options);
			}),
		},
	} as unknown as Context;

	async requester(priority: Partial<Priority> = {}): Promise<Requester> {
		return await createRequester(this.context, { parallelRequests: 4, order: 0, ...priority });
	}

	async request(
		request: Partial<ApiRequest> = {},
		priority: Partial<Priority> = {},
	): Promise<unknown> {
		const requester = await this.requester(priority);
		return await requester.request({ service: 'analyse', path: '/api', ...request }, (body) =>
			body === 'junk' ? undefined : body,
		);
	}
}

const answer = (status: number, data: unknown = {}, headers: Record<string, string> = {}) =>
	Object.assign(new Error('n8n'), { cause: { message: 'x', response: { status, data, headers } } });

const fail = (error: Error) => () => {
	throw error;
};

const failureOf = async (promise: Promise<unknown>): Promise<RequestError> => {
	const error = await promise.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(RequestError);
	return error as RequestError;
};

const MINUTE = 60_000;

let execution: Execution;
beforeEach(() => {
	jest.useFakeTimers({ now: Date.parse('2026-03-01T09:00:00Z') });
	jest.spyOn(Math, 'random').mockReturnValue(1);
	execution = new Execution();
});
afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

test('a request is made once, follows no redirect and gives up after two minutes of silence', async () => {
	expect(await execution.request()).toBe('fine');
	expect(execution.asked).toEqual([
		{
			baseURL: 'https://analyse.twin24.ai',
			url: '/api',
			method: 'GET',
			encoding: 'arraybuffer',
			returnFullResponse: false,
			disableFollowRedirect: true,
			timeout: 120_000,
			abortSignal: expect.any(AbortSignal),
			sendCredentialsOnCrossOriginRedirect: false,
			headers: { Accept: 'application/json', Authorization: 'Bearer token1' },
		},
	]);
	expect(execution.warnings).toEqual([]);
});

test('a time limit that the user set is kept', async () => {
	await execution.request({}, { connection: { timeout: 250 } });
	expect(execution.asked[0].timeout).toBe(250);
});

test('an answer in bytes is read as JSON, with or without a byte order mark, or as the text that it is', async () => {
	const bytes = (text: string) => new TextEncoder().encode(text);
	execution.behave = () => bytes('{"items": ["ё"]}');
	expect(await execution.request()).toEqual({ items: ['ё'] });
	execution.behave = () => bytes('\ufeff[1]');
	expect(await execution.request()).toEqual([1]);
	execution.behave = () => bytes('<html>');
	expect(await execution.request()).toBe('<html>');
});

describe('an answer that only has to be read', () => {
	const ask = async (
		{ request }: Requester,
		log: string[],
		path: string,
		isFollowed: boolean,
	): Promise<unknown> => {
		const read = (body: unknown) => {
			log.push(`read ${path}`);
			return body;
		};
		return await request({ service: 'analyse', path }, read, { received: () => isFollowed });
	};

	test.each([
		['leaves its place to the next request of the same work', true, ['b', 'read a']],
		['keeps its place where none waits', false, ['read a', 'b']],
	])('%s', async (_what, isFollowed, then) => {
		const log: string[] = [];
		execution.behave = (_attempt, { url }) => {
			log.push(url);
			return 'fine';
		};
		const requester = await execution.requester({ parallelRequests: 1 });
		const both = Promise.all(['a', 'b'].map((path) => ask(requester, log, path, isFollowed)));
		await jest.advanceTimersByTimeAsync(10);
		await both;
		expect(log).toEqual(['a', ...then, 'read b']);
	});

	test('and cannot be read is asked for again', async () => {
		execution.behave = (attempt) => (attempt === 1 ? 'junk' : 'fine');
		const { request } = await execution.requester();
		const received = jest.fn(() => true);
		const asking = request(
			{ service: 'analyse', path: '/' },
			(body) => (body === 'junk' ? undefined : body),
			{ received },
		);
		await jest.advanceTimersByTimeAsync(MINUTE);
		expect(await asking).toBe('fine');
		expect(received).toHaveBeenCalledTimes(2);
	});
});

describe("n8n's stored credential", () => {
	test('is taken out once for many requests', async () => {
		const { request } = await execution.requester();
		for (let page = 0; page < 5; page++)
			await request({ service: 'analyse', path: '/' }, (body) => body);
		expect(execution.credentialReads).toBe(1);
		expect(execution.logins).toHaveLength(1);
	});

	test('is taken out anew once its token was refused: another may have stored a better one', async () => {
		const { request } = await execution.requester();
		await request({ service: 'analyse', path: '/' }, (body) => body);
		execution.behave = (attempt) => (attempt <= 3 ? fail(answer(401))() : 'fine');
		const asking = request({ service: 'analyse', path: '/' }, (body) => body);
		await jest.advanceTimersByTimeAsync(MINUTE);
		expect(await asking).toBe('fine');
		expect(execution.credentialReads).toBe(2);
	});
});

describe('what may pass by itself', () => {
	test.each([
		['a server error', fail(answer(500))],
		['408', fail(answer(408))],
		['425', fail(answer(425))],
		['429', fail(answer(429))],
		['a broken connection', fail(Object.assign(new Error('read'), { code: 'ECONNRESET' }))],
		['silence', fail(Object.assign(new Error('timeout'), { code: 'ECONNABORTED' }))],
		['an answer that is none', () => 'junk'],
	])('is asked again: %s', async (_what, behave) => {
		execution.behave = (attempt) => (attempt === 1 ? behave() : 'fine');
		const asking = execution.request();
		await jest.advanceTimersByTimeAsync(MINUTE);
		expect(await asking).toBe('fine');
		expect(execution.asked).toHaveLength(2);
	});

	test('is asked five times more, with growing pauses, and the error says how often and for how long', async () => {
		execution.behave = fail(answer(503, { error: 'Обслуживание' }));
		const asking = failureOf(execution.request());
		await jest.advanceTimersByTimeAsync(MINUTE);
		const { message, description, status } = await asking;
		expect(message).toBe(
			"TWIN24's calls report failed to answer (HTTP 503), after 6 attempts in 15.5 s",
		);
		expect(description).toBe(
			'The cause is on the side of TWIN24. Try again later. TWIN24 says: Обслуживание',
		);
		expect(status).toBe(503);
		expect(execution.times).toEqual([0, 500, 1500, 3500, 7500, 15_500]);
	});

	test("is told in n8n's log: what happened, the wait, the attempt", async () => {
		execution.behave = (attempt) => (attempt < 3 ? fail(answer(502))() : 'fine');
		const asking = execution.request();
		await jest.advanceTimersByTimeAsync(MINUTE);
		await asking;
		expect(execution.warnings).toEqual([
			"TWIN24: TWIN24's calls report failed to answer (HTTP 502); asking again in 0.5 s (1 of 5)",
			"TWIN24: TWIN24's calls report failed to answer (HTTP 502); asking again in 1.0 s (2 of 5)",
		]);
	});

	test('frees its place for others while it pauses', async () => {
		execution.behave = (_attempt, { url }) =>
			url === '/broken' && execution.asked.length < 5 ? fail(answer(500))() : url;
		const broken = [1, 2, 3, 4].map(async () => await execution.request({ path: '/broken' }));
		await jest.advanceTimersByTimeAsync(1);
		expect(await execution.request({ path: '/other' })).toBe('/other');
		await jest.advanceTimersByTimeAsync(MINUTE);
		await Promise.all(broken);
	});
});

describe('Retry-After', () => {
	test.each([
		['seconds', '20'],
		['a date', 'Sun, 01 Mar 2026 09:00:20 GMT'],
	])('is waited for, in %s', async (_how, header) => {
		execution.behave = (attempt) =>
			attempt === 1 ? fail(answer(429, {}, { 'retry-after': header }))() : 'fine';
		const asking = execution.request();
		await jest.advanceTimersByTimeAsync(MINUTE);
		await asking;
		expect(execution.times).toHaveLength(2);
		expect(execution.times[1]).toBeGreaterThanOrEqual(20_000);
		expect(execution.times[1]).toBeLessThan(21_100);
	});

	test('never shortens our own pause', async () => {
		execution.behave = (attempt) =>
			attempt === 1 ? fail(answer(503, {}, { 'retry-after': '0' }))() : 'fine';
		const asking = execution.request();
		await jest.advanceTimersByTimeAsync(MINUTE);
		await asking;
		expect(execution.times).toEqual([0, 500]);
	});

	test('of more than ten minutes is not waited for: the error tells when to come back', async () => {
		execution.behave = fail(answer(429, {}, { 'retry-after': '3600' }));
		const { message } = await failureOf(execution.request());
		expect(message).toBe(
			"TWIN24's calls report is receiving too many requests (HTTP 429), after 1 attempt in 0.0 s; it asks to come back in 60 min",
		);
		expect(execution.asked).toHaveLength(1);
	});

	test('a 429 holds back all requests of the account, another error only its own', async () => {
		for (const [status, held] of [
			[429, true],
			[503, false],
		] as const) {
			execution = new Execution();
			execution.behave = (_attempt, { url }) =>
				url === '/first' && execution.asked.length === 1
					? fail(answer(status, {}, { 'retry-after': '30' }))()
					: url;
			const first = execution.request({ path: '/first' });
			await jest.advanceTimersByTimeAsync(1);
			const second = execution.request({ path: '/second' });
			await jest.advanceTimersByTimeAsync(20_000);
			expect(execution.asked.some(({ url }) => url === '/second')).toBe(!held);
			await jest.advanceTimersByTimeAsync(MINUTE);
			expect(await Promise.all([first, second])).toEqual(['/first', '/second']);
		}
	});
});

describe('what cannot pass by itself', () => {
	test.each([[400], [402], [403], [404], [405], [422]])('is not repeated: %i', async (status) => {
		execution.behave = fail(answer(status));
		const error = await failureOf(execution.request());
		expect(error.message).toMatch(new RegExp(`\\(HTTP ${status}\\)$`));
		expect(wasNotAccepted(error)).toBe(status === 400 || status === 422);
		expect(execution.asked).toHaveLength(1);
		expect(execution.warnings).toEqual([]);
	});

	test('a credential that is not filled in stops it before any request', async () => {
		execution.credential.password = '';
		await expect(execution.request()).rejects.toThrow(
			'The Password of the TWIN24 credential is empty',
		);
		expect(execution.asked).toEqual([]);
	});
});

describe('stopping the execution', () => {
	test('ends a request under way at once', async () => {
		execution.behave = async () => await new Promise(() => {});
		const asking = execution.request();
		const cancelled = expect(asking).rejects.toBeInstanceOf(CancelledError);
		await jest.advanceTimersByTimeAsync(1);
		execution.stop.abort();
		await cancelled;
	});

	test('ends a pause at once, and nothing is asked again', async () => {
		execution.behave = fail(answer(503, {}, { 'retry-after': '300' }));
		const cancelled = expect(execution.request()).rejects.toBeInstanceOf(CancelledError);
		await jest.advanceTimersByTimeAsync(1000);
		execution.stop.abort();
		await cancelled;
		await jest.advanceTimersByTimeAsync(10 * MINUTE);
		expect(execution.asked).toHaveLength(1);
	});

	test('is not mistaken for a failure when n8n aborts the request itself', async () => {
		execution.behave = async () =>
			await new Promise((_, reject) =>
				execution.stop.signal.addEventListener('abort', () => reject(new Error('canceled'))),
			);
		const cancelled = expect(execution.request()).rejects.toBeInstanceOf(CancelledError);
		await jest.advanceTimersByTimeAsync(1);
		execution.stop.abort();
		await cancelled;
		expect(execution.warnings).toEqual([]);
	});
});

describe('a request that may do harm when it is made twice', () => {
	const code = (name: string) => Object.assign(new Error('x'), { cause: { code: name } });

	test.each<[string, () => unknown]>([
		['302', fail(answer(302))],
		['408', fail(answer(408))],
		['425', fail(answer(425))],
		['500', fail(answer(500))],
		['502', fail(answer(502))],
		['503 with Retry-After', fail(answer(503, {}, { 'retry-after': '1' }))],
		['504', fail(answer(504))],
		['a time-out', fail(code('ECONNABORTED'))],
		['a time-out of the network', fail(code('ETIMEDOUT'))],
		['a broken connection', fail(code('ECONNRESET'))],
		['a broken pipe', fail(code('EPIPE'))],
		['an answer cut off', fail(code('ERR_BAD_RESPONSE'))],
		['a damaged answer', fail(code('Z_DATA_ERROR'))],
		['an unknown error', fail(new Error('who knows'))],
		['an answer that is none', () => 'junk'],
	])(
		'is not made again where its outcome is not known, and the error says so: %s',
		async (_what, behave) => {
			execution.behave = behave;
			const error = await failureOf(execution.request({ method: 'POST', body: { phone: '7' } }));
			expect(error.outcomeUnknown).toBe(true);
			expect(error.message).toMatch(/; the request may or may not have been carried out$/);
			expect(error.description).toMatch(/^Look in TWIN24 before you send it again/);
			expect(execution.asked).toHaveLength(1);
		},
	);

	test.each<[string, () => unknown]>([
		['429', fail(answer(429))],
		['a refused connection', fail(code('ECONNREFUSED'))],
		['an unknown address', fail(code('ENOTFOUND'))],
		['an address that cannot be looked up', fail(code('EAI_AGAIN'))],
	])('is made again where it was certainly not carried out: %s', async (_what, behave) => {
		execution.behave = (attempt) => (attempt === 1 ? behave() : 'done');
		const asking = execution.request({ method: 'POST' });
		await jest.advanceTimersByTimeAsync(MINUTE);
		expect(await asking).toBe('done');
		expect(execution.asked).toHaveLength(2);
	});

	test.each<[string, () => unknown]>([
		['400', fail(answer(400))],
		['402', fail(answer(402))],
		['403', fail(answer(403))],
		['404', fail(answer(404))],
		['405', fail(answer(405))],
		['422', fail(answer(422))],
		['a web page in front of TWIN24', fail(answer(403, '<html><body>no</body></html>'))],
		['a certificate', fail(code('SELF_SIGNED_CERT_IN_CHAIN'))],
	])('is known not to be done when it was refused: %s', async (_what, behave) => {
		execution.behave = behave;
		const error = await failureOf(execution.request({ method: 'POST' }));
		expect(error.outcomeUnknown).toBe(false);
		expect(error.message).not.toContain('may or may not');
		expect(execution.asked).toHaveLength(1);
	});

	test.each([
		['GET', undefined, 2],
		['HEAD', undefined, 2],
		['POST', undefined, 1],
		['PATCH', undefined, 1],
		['PUT', undefined, 1],
		['DELETE', undefined, 1],
		['POST', true, 2],
		['GET', false, 1],
	] as const)(
		'is any but GET and HEAD, unless it says otherwise: %s, %p',
		async (method, repeatable, asked) => {
			execution.behave = (attempt) => (attempt === 1 ? fail(answer(500))() : 'fine');
			const asking = execution.request({ method, repeatable }).catch(() => undefined);
			await jest.advanceTimersByTimeAsync(MINUTE);
			await asking;
			expect(execution.asked).toHaveLength(asked);
		},
	);

	test('is sent as JSON to its service, and may be answered with nothing at all', async () => {
		execution.behave = () => '';
		const { request } = await execution.requester();
		const nothing = await request(
			{
				service: 'cis',
				path: '/api/v1/telephony/autoCall/1/pause',
				method: 'POST',
				query: { a: 1 },
				body: [{ b: 2 }],
				accepts: 'anything',
			},
			() => undefined,
		);
		expect(nothing).toBeUndefined();
		expect(execution.asked).toEqual([
			expect.objectContaining({
				baseURL: 'https://cis.twin24.ai',
				url: '/api/v1/telephony/autoCall/1/pause',
				method: 'POST',
				qs: { a: 1 },
				body: [{ b: 2 }],
				headers: expect.objectContaining({ Accept: 'application/json' }),
			}),
		]);
	});
});

describe('a refused token', () => {
	const refuseFirst = (count: number) => (attempt: number) =>
		attempt <= count ? fail(answer(401))() : 'fine';

	test.each([
		['GET', 1],
		['GET', 2],
		['GET', 4],
		['POST', 2],
	] as const)('is replaced and the request sent again: %s, %i in a row', async (method, count) => {
		execution.behave = refuseFirst(count);
		const asking = execution.request({ method });
		await jest.advanceTimersByTimeAsync(MINUTE);
		expect(await asking).toBe('fine');
		const sent = execution.asked.map(({ headers }) => headers?.Authorization);
		expect(sent).toEqual(
			Array.from({ length: count + 1 }, (_, index) => `Bearer token${index + 1}`),
		);
	});

	test('after five in a row is an error, and others are told so without being asked', async () => {
		execution.behave = fail(answer(401));
		const asking = failureOf(execution.request());
		await jest.advanceTimersByTimeAsync(5000);
		const { message, outcomeUnknown } = await asking;
		expect(message).toBe("TWIN24's calls report did not accept the login (HTTP 401)");
		expect(outcomeUnknown).toBe(false);
		expect(execution.asked).toHaveLength(5);
		const next = await failureOf(execution.request());
		expect(next.message).toContain('accepted none of them (HTTP 401)');
		expect(execution.asked).toHaveLength(5);
		expect(execution.logins).toHaveLength(5);
	});

	test('is not thought of where a web page answers with 401', async () => {
		execution.behave = fail(answer(401, '<html><body>Sign in to the proxy</body></html>'));
		const { message } = await failureOf(execution.request());
		expect(message).toBe(
			"A web page in front of TWIN24's calls report refused the request (HTTP 401)",
		);
		// The second one is n8n's own.
		expect(execution.asked).toHaveLength(2);
	});
});

describe('the connection', () => {
	const proxy = { host: 'proxy.example.com', port: 8080 };

	test('that the user set is that of the login, too', async () => {
		const connection = { proxy, skipSslCertificateValidation: true, timeout: 1000 };
		await execution.request({}, { connection });
		expect(execution.asked).toEqual([
			expect.objectContaining({ proxy, skipSslCertificateValidation: true, timeout: 1000 }),
		]);
		expect(execution.logins).toEqual([
			expect.objectContaining({ proxy, skipSslCertificateValidation: true, timeout: 60_000 }),
		]);
	});

	test('checks certificates unless the credential says otherwise, and then no request does', async () => {
		await execution.request();
		execution.credential.password = 'another';
		execution.credential.allowUnauthorizedCerts = true;
		await execution.request();
		const checks = ({ skipSslCertificateValidation: skips }: IHttpRequestOptions) => skips !== true;
		expect(execution.asked.map(checks)).toEqual([true, false]);
		expect(execution.logins.map(checks)).toEqual([true, false]);
	});
});

describe('a request that nobody waits for any more', () => {
	const underWay = async () => await new Promise(() => {});

	test.each(['stopped', 'unwanted'])('is aborted: %s', async (how) => {
		execution.behave = underWay;
		const unwanted = new AbortController();
		const { request } = await execution.requester();
		const asking = request({ service: 'analyse', path: '/' }, (body) => body, {
			unwanted: unwanted.signal,
		});
		const cancelled = expect(asking).rejects.toBeInstanceOf(CancelledError);
		await jest.advanceTimersByTimeAsync(1);
		expect(execution.signals.map(({ aborted }) => aborted)).toEqual([false]);
		(how === 'stopped' ? execution.stop : unwanted).abort();
		await cancelled;
		expect(execution.signals.map(({ aborted }) => aborted)).toEqual([true]);
	});

	test('is not sent at all when it waits in the queue', async () => {
		execution.behave = underWay;
		const first = execution.request({}, { parallelRequests: 1 }).catch(() => undefined);
		await jest.advanceTimersByTimeAsync(1);
		const unwanted = new AbortController();
		const { request } = await execution.requester();
		const asking = request({ service: 'analyse', path: '/' }, (body) => body, {
			unwanted: unwanted.signal,
		});
		const cancelled = expect(asking).rejects.toBeInstanceOf(CancelledError);
		await jest.advanceTimersByTimeAsync(1);
		unwanted.abort();
		await cancelled;
		execution.stop.abort();
		await first;
		expect(execution.asked).toHaveLength(1);
	});
});

test('a 429 lets no other request out in its place, and no more than before when it is over', async () => {
	let inFlight = 0;
	let most = 0;
	execution.behave = async (attempt) => {
		most = Math.max(most, ++inFlight);
		await sleep(100);
		inFlight--;
		return attempt <= 2 ? fail(answer(429, {}, { 'retry-after': '5' }))() : 'fine';
	};
	const all = Array.from(
		{ length: 6 },
		async () => await execution.request({}, { parallelRequests: 2 }),
	);
	await jest.advanceTimersByTimeAsync(4500);
	expect(execution.asked).toHaveLength(2);
	await jest.advanceTimersByTimeAsync(MINUTE);
	expect(await Promise.all(all)).toEqual(Array.from({ length: 6 }, () => 'fine'));
	expect(most).toBe(2);
});

test('a 429 that asks for an hour: nobody asks until ten minutes before its end, and then waits for it', async () => {
	execution.behave = (attempt) =>
		attempt === 1 ? fail(answer(429, {}, { 'retry-after': '3600' }))() : 'fine';
	await failureOf(execution.request());
	await jest.advanceTimersByTimeAsync(30 * MINUTE);
	const { message, status } = await failureOf(execution.request());
	expect(message).toMatch(/too many requests \(HTTP 429\).*; it asks to come back in 30 min$/);
	expect(status).toBe(429);
	await jest.advanceTimersByTimeAsync(25 * MINUTE);
	const waiting = execution.request();
	await jest.advanceTimersByTimeAsync(4 * MINUTE);
	expect(execution.asked).toHaveLength(1);
	await jest.advanceTimersByTimeAsync(2 * MINUTE);
	expect(await waiting).toBe('fine');
});
