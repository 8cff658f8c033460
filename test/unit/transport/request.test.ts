import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { CancelledError } from '../../../nodes/Twin24/transport/cancellation';
import {
	createRequester,
	RequestError,
	wasNotAccepted,
} from '../../../nodes/Twin24/transport/request';
import type { ApiRequest, Context, Priority } from '../../../nodes/Twin24/transport/request';

let accounts = 0;

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
	behave: (attempt: number, options: IHttpRequestOptions) => unknown = () => 'fine';
	private readonly startedAt = Date.now();

	private readonly context = {
		getCredentials: async () => this.credential,
		getExecutionCancelSignal: () => this.stop.signal,
		getExecutionId: () => '1',
		getNode: () => ({ id: 'node' }),
		logger: { warn: (message: string) => this.warnings.push(message) },
		helpers: {
			httpRequestWithAuthentication: async (_credential: string, options: IHttpRequestOptions) => {
				this.times.push(Date.now() - this.startedAt);
				return await this.behave(this.asked.push(options), options);
			},
		},
	} as unknown as Context;

	async request(
		request: Partial<ApiRequest> = {},
		priority: Partial<Priority> = {},
	): Promise<unknown> {
		const requester = await createRequester(this.context, {
			parallelRequests: 4,
			order: 0,
			...priority,
		});
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
			json: true,
			returnFullResponse: false,
			disableFollowRedirect: true,
			timeout: 120_000,
			abortSignal: expect.any(AbortSignal),
		},
	]);
	expect(execution.warnings).toEqual([]);
});

test('a time limit that the user set is kept', async () => {
	await execution.request({}, { connection: { timeout: 250 } });
	expect(execution.asked[0].timeout).toBe(250);
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
			'The error is on the side of TWIN24. Try again later. TWIN24 says: Обслуживание',
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
