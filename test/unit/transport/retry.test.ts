import type { Failure } from '../../../nodes/Twin24/transport/failure';
import { RequestError, retry } from '../../../nodes/Twin24/transport/retry';
import { CancelledError } from '../../../nodes/Twin24/transport/cancellation';

const failure = (over: Partial<Failure> = {}): Failure => ({
	message: 'TWIN24 is not available',
	description: 'Try again later',
	retryable: true,
	mayBeDone: false,
	...over,
});

const logger = { debug: jest.fn(), info: jest.fn(), warn: jest.fn(), error: jest.fn() };

beforeEach(() => {
	jest.useFakeTimers();
	jest.clearAllMocks();
});
afterEach(() => jest.useRealTimers());

/** Lets attempts fail, the last ones succeed if there are fewer failures than attempts. */
const run = async (
	failures: Failure[],
	{ repeatable = true, signal }: { repeatable?: boolean; signal?: AbortSignal } = {},
) => {
	const left = [...failures];
	const attempt = jest.fn(async () => {
		const next = left.shift();
		return next ? { failure: next } : { value: 'answer' };
	});
	const result = retry(attempt, { repeatable, logger, signal }).catch((error: unknown) => error);
	return { attempt, result };
};

const always = (over: Partial<Failure> = {}) => Array.from({ length: 20 }, () => failure(over));

describe('asking again', () => {
	test('goes on until an attempt succeeds', async () => {
		const { attempt, result } = await run([failure(), failure()]);
		await jest.advanceTimersByTimeAsync(60_000);
		expect(await result).toBe('answer');
		expect(attempt).toHaveBeenCalledTimes(3);
	});

	test('takes place up to five times', async () => {
		const { attempt, result } = await run(always());
		await jest.advanceTimersByTimeAsync(600_000);
		expect(await result).toBeInstanceOf(RequestError);
		expect(attempt).toHaveBeenCalledTimes(6);
		expect(logger.warn).toHaveBeenCalledTimes(5);
		expect(logger.warn.mock.calls[4][0]).toMatch(
			/is not available; asking again in \d+\.\d s \(5 of 5\)/,
		);
	});

	test('does not where it cannot help', async () => {
		const { attempt, result } = await run(always({ retryable: false }));
		expect(await result).toMatchObject({ message: 'TWIN24 is not available' });
		expect(attempt).toHaveBeenCalledTimes(1);
	});

	test('waits as long as TWIN24 asks', async () => {
		const { attempt, result } = await run([failure({ retryAfter: 100_000 })]);
		await jest.advanceTimersByTimeAsync(99_999);
		expect(attempt).toHaveBeenCalledTimes(1);
		await jest.advanceTimersByTimeAsync(1);
		expect(await result).toBe('answer');
	});

	test('waits at least a pause of its own', async () => {
		const { attempt, result } = await run([failure({ retryAfter: 1 })]);
		await jest.advanceTimersByTimeAsync(249);
		expect(attempt).toHaveBeenCalledTimes(1);
		await jest.advanceTimersByTimeAsync(251);
		expect(await result).toBe('answer');
	});

	test('waits ten minutes at the most, and says when to come back', async () => {
		const patient = await run([failure({ retryAfter: 600_000 })]);
		await jest.advanceTimersByTimeAsync(600_000);
		expect(await patient.result).toBe('answer');
		const { attempt, result } = await run([failure({ retryAfter: 600_001 })]);
		expect(((await result) as Error).message).toBe(
			'TWIN24 is not available, after 1 attempt in 0.0 s; it asks to come back in 11 min',
		);
		expect(attempt).toHaveBeenCalledTimes(1);
	});

	test('ends when the execution is stopped', async () => {
		const stop = new AbortController();
		const { attempt, result } = await run(always(), { signal: stop.signal });
		await jest.advanceTimersByTimeAsync(1);
		stop.abort();
		expect(await result).toBeInstanceOf(CancelledError);
		expect(attempt).toHaveBeenCalledTimes(1);
	});
});

describe('what must not be repeated', () => {
	test('is not sent twice where it may have been carried out', async () => {
		const { attempt, result } = await run(
			always({ mayBeDone: true, apiWords: 'Busy', status: 502 }),
			{
				repeatable: false,
			},
		);
		await jest.advanceTimersByTimeAsync(600_000);
		const error = (await result) as RequestError;
		expect(attempt).toHaveBeenCalledTimes(1);
		expect(error).toMatchObject({ outcomeUnknown: true, status: 502, apiWords: 'Busy' });
		expect(error.message).toMatch(/may or may not have been carried out/);
		expect(error.description).toMatch(/Look in TWIN24 .* TWIN24 says: Busy$/);
	});

	test('says nothing in the name of TWIN24 when that said nothing', async () => {
		const { result } = await run(always({ mayBeDone: true }), { repeatable: false });
		expect(((await result) as RequestError).description).toMatch(/is not repeated by itself\.$/);
	});

	test('is not sent twice either after a failure of which it is known that nothing was done', async () => {
		const { attempt, result } = await run([failure(), failure({ mayBeDone: true })], {
			repeatable: false,
		});
		await jest.advanceTimersByTimeAsync(600_000);
		expect(await result).toMatchObject({ outcomeUnknown: true });
		expect(attempt).toHaveBeenCalledTimes(2);
	});

	test('is sent again where it certainly was not carried out', async () => {
		const { attempt, result } = await run([failure()], { repeatable: false });
		await jest.advanceTimersByTimeAsync(600_000);
		expect(await result).toBe('answer');
		expect(attempt).toHaveBeenCalledTimes(2);
	});

	test('what may be repeated is, though it may have been carried out', async () => {
		const { result } = await run([failure({ mayBeDone: true })]);
		await jest.advanceTimersByTimeAsync(600_000);
		expect(await result).toBe('answer');
	});
});

describe('the last failure', () => {
	test('tells what happened, how often and for how long it was tried', async () => {
		const { result } = await run(always({ status: 503, apiWords: 'Busy', isWebPage: true }));
		await jest.advanceTimersByTimeAsync(600_000);
		const error = (await result) as RequestError;
		expect(error.message).toMatch(/^TWIN24 is not available, after 6 attempts in \d+\.\d s$/);
		expect(error).toMatchObject({
			name: 'RequestError',
			description: 'Try again later',
			status: 503,
			apiWords: 'Busy',
			isWebPage: true,
			outcomeUnknown: false,
		});
	});

	test('tells of the attempts before, when it is one that is not tried again', async () => {
		const { result } = await run([failure(), failure({ message: 'Refused', retryable: false })]);
		await jest.advanceTimersByTimeAsync(600_000);
		const error = (await result) as RequestError;
		expect(error.message).toMatch(/^Refused, after 2 attempts in 0\.\d s$/);
		expect(error.isWebPage).toBe(false);
	});
});
