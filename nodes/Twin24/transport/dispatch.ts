import { sleep } from 'n8n-workflow';
import type {
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

import { backoff } from './backoff';
import { CancelledError, untilAborted, withSignals } from './cancellation';
import { failureOf, timeLimitFailure } from './failure';
import type { Failure, Party } from './failure';
import { enqueue, HeldBackError, holdBack } from './limiter';
import { retry } from './retry';
import type { Outcome } from './retry';
import { settled } from './settled';

/** The contexts in which n8n runs our code; all of them can make authenticated requests. */
export type Context = IExecuteSingleFunctions | IPollFunctions | ILoadOptionsFunctions;

/** n8n's own Request Options, for every request of an operation. */
export interface Connection {
	proxy?: IHttpRequestOptions['proxy'];
	/** "Ignore SSL Issues" of the node; the credential has one of its own, and either is enough. */
	skipSslCertificateValidation?: boolean;
	/** Milliseconds of silence after which a request counts as failed. */
	timeout?: number;
}

/** Where the requests of one piece of work come in the queue, and how they are sent. */
export interface Priority {
	/** The most requests in flight. */
	parallelRequests: number;
	/** Index of the input item. */
	order: number;
	connection?: Connection;
}

/** Milliseconds without an answer after which a request counts as failed. */
export const REQUEST_TIMEOUT = 120_000;

/** An answer came, and it is not what was asked for. */
export class UnusableAnswerError extends Error {
	constructor(readonly failure: Failure) {
		super(failure.message);
		this.name = 'UnusableAnswerError';
	}
}

/** A request, to be made as often as it takes. */
interface Dispatch<Answer, T> {
	party: Party;
	/** Requests of one queue are limited together. */
	queue: string;
	/** Milliseconds that one attempt may take from the first byte sent to the last one read. */
	timeLimit: number;
	/** Whether asking again can do no harm. */
	repeatable: boolean;
	/** Fires when nobody waits for the answer any more. */
	unwanted?: AbortSignal;
	/** Makes one attempt. The signal ends it: nothing of it may stay under way. */
	send: (signal: AbortSignal) => Promise<Answer>;
	/** Takes what is wanted from the answer. */
	read: (answer: Answer) => T;
	/**
	 * Told when an answer is there and only has to be read. Returns whether another request takes its
	 * place: then it is read after that one has gone out.
	 */
	received?: () => boolean;
}

/** The signal of n8n's stop button, where there is one. */
const stopSignalOf = (context: Context): AbortSignal | undefined =>
	'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;

/**
 * Makes a request when its turn has come, and again as long as that may help and does no harm. A
 * request that is stopped, unwanted or too slow is aborted.
 *
 * @throws RequestError when it is refused, or still fails after all retries
 * @throws CancelledError when the execution is stopped, or the request is unwanted
 */
export const dispatch = async <Answer, T>(
	context: Context,
	{ parallelRequests, order }: Priority,
	{ party, queue, timeLimit, repeatable, unwanted, send, read, received }: Dispatch<Answer, T>,
): Promise<T> =>
	await withSignals([stopSignalOf(context), unwanted], async (signal) => {
		const group = `${context.getExecutionId?.() ?? ''}/${context.getNode().id}`;
		const job = { queue, limit: parallelRequests, group, order, signal };

		/** Reads now, or says how to read later. */
		type Reading = () => Promise<Outcome<T>>;
		const attempt = async (): Promise<Outcome<T> | Reading> => {
			const slow = AbortSignal.timeout(timeLimit);
			const sending = withSignals(
				[signal, slow],
				async (ended) => await untilAborted(send(ended), ended),
			);
			const result = await settled(sending);
			if (result.status === 'fulfilled') {
				const reading = async () => await readingOf(result.value);
				return received?.() === true ? reading : await reading();
			}
			if (signal.aborted) throw new CancelledError();
			const failure = slow.aborted
				? timeLimitFailure(party, timeLimit)
				: failureBehind(party, result.reason);
			// Here, while the place is still taken: no other request is to go out in it.
			if (failure.status === 429)
				holdBack(queue, Math.max(failure.retryAfter ?? 0, backoff(1)), failure);
			return { failure };
		};
		const readingOf = async (answer: Answer): Promise<Outcome<T>> => {
			const result = await settled((async () => read(answer))());
			if (result.status === 'fulfilled') return { value: result.value };
			return { failure: failureBehind(party, result.reason) };
		};
		const inTurn = async (): Promise<Outcome<T>> => {
			const result = await settled(enqueue(job, attempt));
			if (result.status === 'fulfilled') {
				if (typeof result.value !== 'function') return result.value;
				await othersOut();
				return await result.value();
			}
			if (result.reason instanceof HeldBackError) return { failure: result.reason.failure };
			throw result.reason;
		};
		return await retry(inTurn, { repeatable, logger: context.logger, signal });
	});

/**
 * Lets requests that are ready go out before the processor is busy with an answer: a new connection is
 * there after one round of Node's loop, and what is written to it leaves in the next.
 */
const othersOut = async () => {
	await sleep(0);
	await sleep(0);
};

const failureBehind = (party: Party, error: unknown): Failure =>
	error instanceof UnusableAnswerError ? error.failure : failureOf(party, error);
