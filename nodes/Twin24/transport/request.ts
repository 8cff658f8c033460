import type {
	IAllExecuteFunctions,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

import { accountOf } from './account';
import type { Account } from './account';
import { contentFailure, failureOf } from './failure';
import type { Failure } from './failure';
import { holdBack, limited } from './limiter';
import { CancelledError, untilAborted } from './pause';
import { RequestError, untilDone } from './retry';
import type { Outcome } from './retry';

export { RequestError };

export const CREDENTIAL = 'twin24Api';

/** The contexts in which n8n runs our code; all of them can make authenticated requests. */
export type Context = IExecuteSingleFunctions | IPollFunctions | ILoadOptionsFunctions;

/** Milliseconds without an answer after which a request counts as failed. */
export const REQUEST_TIMEOUT = 120_000;

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
	const stopped =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const group = `${context.getExecutionId?.() ?? ''}/${context.getNode().id}`;

	const send = async (options: IHttpRequestOptions, signal?: AbortSignal): Promise<unknown> =>
		await untilAborted(
			context.helpers.httpRequestWithAuthentication.call(
				context as IAllExecuteFunctions,
				CREDENTIAL,
				{
					...options,
					returnFullResponse: false,
					disableFollowRedirect: true,
					timeout: options.timeout ?? REQUEST_TIMEOUT,
				},
			),
			signal,
		);

	const attempt = async <T>(
		options: IHttpRequestOptions,
		read: (body: unknown) => T | undefined,
		signal?: AbortSignal,
	): Promise<Outcome<T>> => {
		try {
			const body = await send(options, signal);
			const value = read(body);
			return value === undefined ? { failure: contentFailure(body) } : { value };
		} catch (error) {
			if (error instanceof CancelledError || signal?.aborted)
				return await Promise.reject(new CancelledError()); // nodeError.ts makes n8n's error of it, once
			return { failure: failureOf(error) };
		}
	};

	const request: Requester['request'] = async (options, read, unwanted) => {
		const signals = [stopped, unwanted].filter((signal) => signal !== undefined);
		const signal = signals.length > 0 ? AbortSignal.any(signals) : undefined;
		const host = new URL(options.url, options.baseURL).host;
		const key = JSON.stringify([account.email, account.companyId, host]);
		const lane = { key, limit: turn.parallelRequests, group, order: turn.order, signal };
		const hold = ({ status }: Failure, wait: number) => {
			if (status === 429) holdBack(key, wait);
		};
		const once = async () => await limited(lane, async () => await attempt(options, read, signal));
		return await untilDone(once, { logger: context.logger, signal, onFailure: hold });
	};

	return { account, request };
};
