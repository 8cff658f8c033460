import type { IExecuteSingleFunctions } from 'n8n-workflow';

import { allowsUnauthorizedCerts } from './account';
import { dispatch, REQUEST_TIMEOUT, UnusableAnswerError } from './dispatch';
import type { Priority } from './dispatch';
import { statusFailure } from './failure';
import type { Failure } from './failure';
import { CREDENTIAL } from './request';
import { settled } from './settled';
import { untilAborted, withSignals } from './cancellation';

/** How many times the allowed silence a whole recording may take: half an hour unless the user set a time-out. */
const SILENCES_PER_DOWNLOAD = 15;

/** Takes a file as it comes; what it throws ends the download. */
type Store<T> = (bytes: AsyncGenerator<Buffer>) => Promise<T>;

interface Answer {
	body: AsyncIterable<Buffer> & { destroy(): void };
	headers: Record<string, unknown>;
	statusCode: number;
}

const refusal = (message: string, description: string, status?: number): Failure => ({
	message,
	description,
	status,
	retryable: false,
	mayBeDone: true,
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
	if (statusCode < 200 || statusCode > 299)
		return statusFailure('recordings', statusCode, undefined, headers);
	const type = String(headers['content-type'] ?? '');
	return /^(text\/|application\/(json|xml|xhtml))/i.test(type) ? WEB_PAGE : undefined;
};

/**
 * Downloads a recording without any login, redirects included, bit by bit.
 *
 * @param store takes the bytes; called anew for each attempt
 * @throws RequestError when there is no recording, or it still fails after all retries
 * @throws CancelledError when the execution is stopped
 */
export const download = async <T>(
	context: IExecuteSingleFunctions,
	url: string,
	priority: Priority,
	store: Store<T>,
): Promise<T> => {
	const {
		proxy,
		skipSslCertificateValidation,
		timeout = REQUEST_TIMEOUT,
	} = priority.connection ?? {};
	const ignoresCertificates =
		skipSslCertificateValidation === true ||
		allowsUnauthorizedCerts(await context.getCredentials(CREDENTIAL));
	return await dispatch(context, priority, {
		party: 'recordings',
		queue: `recordings ${new URL(url).host}`,
		timeLimit: timeout * SILENCES_PER_DOWNLOAD,
		repeatable: true,
		read: (stored: T) => stored,
		send: async (signal) => {
			const answer = (await context.helpers.httpRequest({
				url,
				proxy,
				skipSslCertificateValidation: ignoresCertificates,
				timeout,
				method: 'GET',
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				sendCredentialsOnCrossOriginRedirect: false,
				abortSignal: signal,
			})) as Answer;
			const failure = headFailure(answer);
			if (!failure) return await store(soundOf(answer, timeout, signal));
			answer.body.destroy();
			throw new UnusableAnswerError(failure);
		},
	});
};

/** The body as it comes, if it is none of what is never sound. One that stands still for too long has failed. */
async function* soundOf(
	{ body }: Answer,
	timeout: number,
	signal: AbortSignal,
): AsyncGenerator<Buffer> {
	const chunks = body[Symbol.asyncIterator]();
	let isFirst = true;
	try {
		for (;;) {
			const { done, value } = await nextOf(chunks, timeout, signal);
			if (done) break;
			if (isFirst && /^\s*</.test(value.toString('latin1', 0, 64)))
				throw new UnusableAnswerError(WEB_PAGE);
			isFirst = false;
			yield value;
		}
		if (isFirst) throw new UnusableAnswerError(EMPTY);
	} finally {
		body.destroy();
	}
}

const nextOf = async (
	chunks: AsyncIterator<Buffer>,
	timeout: number,
	stopped: AbortSignal,
): Promise<IteratorResult<Buffer>> => {
	const stalled = AbortSignal.timeout(timeout);
	const reading = withSignals(
		[stopped, stalled],
		async (signal) => await untilAborted(chunks.next(), signal),
	);
	const result = await settled(reading);
	if (result.status === 'fulfilled') return result.value;
	if (stopped.aborted || !stalled.aborted) throw result.reason;
	throw Object.assign(new Error('No more bytes came'), { code: 'ETIMEDOUT' });
};
