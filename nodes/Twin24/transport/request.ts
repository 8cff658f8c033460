import type {
	IAllExecuteFunctions,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

import { accountOf } from './account';
import type { Account } from './account';
import { backoff, LONGEST_RETRY_AFTER, MAX_RETRIES } from './backoff';
import { contentFailure, failureOf } from './failure';
import type { Failure } from './failure';
import { holdBack, limited } from './limiter';
import { CancelledError, pause, untilAborted } from './pause';

export const CREDENTIAL = 'twin24Api';

/** The contexts in which n8n runs our code; all of them can make authenticated requests. */
export type Context = IExecuteSingleFunctions | IPollFunctions | ILoadOptionsFunctions;

/** Milliseconds without an answer after which a request counts as failed. */
export const REQUEST_TIMEOUT = 120_000;

/** A request failed for good. `message` and `description` are for the user. */
export class RequestError extends Error {
	readonly description: string;
	readonly status?: number;

	constructor({ message, description, status }: Failure, effort: string) {
		super(effort ? `${message}, ${effort}` : message);
		this.name = 'RequestError';
		this.description = description;
		this.status = status;
	}
}

/** Whether the API understood the request and did not accept a value in it. */
export const wasNotAccepted = (error: unknown): boolean =>
	error instanceof RequestError && (error.status === 400 || error.status === 422);

/** How requests of one piece of work stand in line, see `limiter.ts`. */
export interface Turn {
	/** The most requests in flight. */
	parallelRequests: number;
	/** Index of the input item. */
	order: number;
}

/** Makes requests for one piece of work: one input item, one poll, one list. */
export interface Requester {
	readonly account: Account;
	/**
	 * @param options of n8n's own request helper; the token is added by the credential
	 * @param read takes what is needed from the answer, or returns undefined when it is not there:
	 *   then the answer counts as failed and is asked for again
	 * @param unwanted fires when nobody waits for the answer any more: it is not asked for again then
	 * @throws RequestError when the API refuses, or when it still fails after all retries
	 * @throws CancelledError when the execution is stopped, or the request is unwanted
	 */
	request<T>(
		options: IHttpRequestOptions,
		read: (body: unknown) => T | undefined,
		unwanted?: AbortSignal,
	): Promise<T>;
}

/** @throws Error that names the field of the credential that is wrong */
export const createRequester = async (context: Context, turn: Turn): Promise<Requester> => {
	const account = accountOf(await context.getCredentials(CREDENTIAL));
	const stopped = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const group = `${context.getExecutionId?.() ?? ''}/${context.getNode().id}`;

	const send = async (options: IHttpRequestOptions, signal?: AbortSignal): Promise<unknown> =>
		await untilAborted(
			context.helpers.httpRequestWithAuthentication.call(context as IAllExecuteFunctions, CREDENTIAL, {
				...options,
				returnFullResponse: false,
				disableFollowRedirect: true,
				timeout: options.timeout ?? REQUEST_TIMEOUT,
			}),
			signal,
		);

	const attempt = async <T>(
		options: IHttpRequestOptions,
		read: (body: unknown) => T | undefined,
		signal?: AbortSignal,
	): Promise<{ value: T } | { failure: Failure }> => {
		try {
			const body = await send(options, signal);
			const value = read(body);
			return value === undefined ? { failure: contentFailure(body) } : { value };
		} catch (error) {
			if (error instanceof CancelledError || signal?.aborted) throw new CancelledError(); // eslint-disable-line @n8n/community-nodes/require-node-api-error -- nodeError.ts makes n8n's error of it, once
			return { failure: failureOf(error) };
		}
	};

	const request: Requester['request'] = async (options, read, unwanted) => {
		const signals = [stopped, unwanted].filter((signal) => signal !== undefined);
		const signal = signals.length > 0 ? AbortSignal.any(signals) : undefined;
		const host = new URL(options.url, options.baseURL).host;
		const key = JSON.stringify([account.email, account.companyId, host]);
		const lane = { key, limit: turn.parallelRequests, group, order: turn.order, signal };
		const startedAt = Date.now();

		for (let asked = 1; ; asked++) {
			const outcome = await limited(lane, async () => await attempt(options, read, signal));
			if ('value' in outcome) return outcome.value;

			const { failure } = outcome;
			const wait = Math.max(failure.retryAfter ?? 0, backoff(asked));
			if (!failure.retryable || asked > MAX_RETRIES || wait > LONGEST_RETRY_AFTER) {
				throw new RequestError(failure, effort(asked, Date.now() - startedAt, failure));
			}
			context.logger.warn(
				`TWIN24: ${failure.message}; asking again in ${seconds(wait)} s (${asked} of ${MAX_RETRIES})`,
			);
			if (failure.status === 429) holdBack(key, wait);
			await pause(wait, signal);
		}
	};

	return { account, request };
};

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1);

/** How often and for how long it was tried; nothing when it was asked once and is not worth asking again. */
const effort = (asked: number, milliseconds: number, { retryable, retryAfter }: Failure): string => {
	if (asked === 1 && !retryable) return '';
	const tried = `after ${asked} ${asked === 1 ? 'attempt' : 'attempts'} in ${seconds(milliseconds)} s`;
	if ((retryAfter ?? 0) <= LONGEST_RETRY_AFTER) return tried;
	return `${tried}; it asks to come back in ${Math.ceil(retryAfter! / 60_000)} min`;
};
