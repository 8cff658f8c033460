import type { IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { failureOf, statusFailure } from './failure';
import type { Failure } from './failure';
import { limited } from './limiter';
import { CancelledError, untilAborted } from './pause';
import { REQUEST_TIMEOUT } from './request';
import type { Turn } from './request';
import { untilDone } from './retry';
import type { Outcome } from './retry';

/** Takes a file as it comes; what it throws ends the download. */
type Store<T> = (bytes: AsyncGenerator<Buffer>) => Promise<T>;

interface Answer {
	body: AsyncIterable<Buffer> & { destroy(): void };
	headers: Record<string, unknown>;
	statusCode: number;
}

/** What came is no recording. */
class NotSoundError extends Error {
	constructor(readonly failure: Failure) {
		super(failure.message);
	}
}

const refusal = (message: string, description: string, status?: number): Failure => ({
	message,
	description,
	status,
	retryable: false,
});

const MISSING = (status: number) =>
	refusal(
		`There is no recording at its address (HTTP ${status})`,
		'TWIN24 may have deleted it, or not stored it yet: then try again some minutes after the call.',
		status,
	);
const FORBIDDEN = (status: number) =>
	refusal(
		`The recording may not be read (HTTP ${status})`,
		'Its link may have run out: get the call again for a new one. The TWIN24 login is never sent along with it.',
		status,
	);
const WEB_PAGE = refusal(
	'The address of the recording gave a web page or a text instead of sound',
	'Open the address in a browser to see what it says.',
);
const EMPTY = refusal(
	'The recording is empty',
	'The call may have just ended: try again in some minutes.',
);

/** Says of an answer's head that it is none of a recording. */
const headFailure = ({ statusCode, headers }: Answer): Failure | undefined => {
	if (statusCode === 404 || statusCode === 410) return MISSING(statusCode);
	if (statusCode === 401 || statusCode === 403) return FORBIDDEN(statusCode);
	if (statusCode < 200 || statusCode > 299) return statusFailure(statusCode, undefined, headers);
	const type = String(headers['content-type'] ?? '');
	return /^(text\/|application\/(json|xml|xhtml))/i.test(type) ? WEB_PAGE : undefined;
};

/**
 * Downloads a recording without any login, redirects included, bit by bit.
 *
 * @param options its address, and proxy, certificates and time-out as the user set them
 * @param store takes the bytes; called anew for each attempt
 * @throws RequestError when there is no recording, or it still fails after all retries
 * @throws CancelledError when the execution is stopped
 */
export const download = async <T>(
	context: IExecuteSingleFunctions,
	options: IHttpRequestOptions,
	turn: Turn,
	store: Store<T>,
): Promise<T> => {
	const signal = context.getExecutionCancelSignal();
	const group = `${context.getExecutionId?.() ?? ''}/${context.getNode().id}`;
	const key = `recordings ${new URL(options.url).host}`;
	const lane = { key, limit: turn.parallelRequests, group, order: turn.order, signal };

	const attempt = async (): Promise<Outcome<T>> => {
		try {
			const answer = (await untilAborted(
				context.helpers.httpRequest({
					...options,
					method: 'GET',
					encoding: 'stream',
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
					sendCredentialsOnCrossOriginRedirect: false,
					abortSignal: signal,
				}),
				signal,
			)) as Answer;
			const failure = headFailure(answer);
			if (!failure) return { value: await store(soundOf(answer, signal)) };
			answer.body.destroy();
			return { failure };
		} catch (error) {
			if (error instanceof CancelledError || signal?.aborted)
				return await Promise.reject(new CancelledError()); // nodeError.ts makes n8n's error of it, once
			return {
				failure: error instanceof NotSoundError ? error.failure : failureOf({ cause: error }),
			};
		}
	};

	return await untilDone(async () => await limited(lane, attempt), {
		logger: context.logger,
		signal,
	});
};

/** The body as it comes, if it is none of what is never sound. One that stands still for too long has failed. */
async function* soundOf({ body }: Answer, signal?: AbortSignal): AsyncGenerator<Buffer> {
	const chunks = body[Symbol.asyncIterator]();
	let isFirst = true;
	try {
		for (;;) {
			const { done, value } = await nextOf(chunks, signal);
			if (done) break;
			if (isFirst && /^\s*</.test(value.toString('latin1', 0, 64)))
				throw new NotSoundError(WEB_PAGE);
			isFirst = false;
			yield value;
		}
		if (isFirst) throw new NotSoundError(EMPTY);
	} finally {
		body.destroy();
	}
}

const nextOf = async (
	chunks: AsyncIterator<Buffer>,
	stopped?: AbortSignal,
): Promise<IteratorResult<Buffer>> => {
	const stalled = AbortSignal.timeout(REQUEST_TIMEOUT);
	const signal = stopped ? AbortSignal.any([stopped, stalled]) : stalled;
	return await untilAborted(chunks.next(), signal).catch(async (error: unknown) => {
		const isStall = stalled.aborted && !stopped?.aborted;
		return await Promise.reject(
			isStall ? Object.assign(new Error('No more bytes came'), { code: 'ETIMEDOUT' }) : error,
		);
	});
};
