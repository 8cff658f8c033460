import type { Logger } from 'n8n-workflow';

import { backoff, LONGEST_RETRY_AFTER, MAX_RETRIES } from './backoff';
import { pause } from './cancellation';
import type { Failure } from './failure';

/** What a `RequestError` is made of. */
export interface RequestErrorFields {
	/** What happened. */
	message: string;
	/** What to do, and the API's own words. */
	description: string;
	/** HTTP status, where there was an answer. */
	status?: number;
	/** The API's own words alone. */
	apiWords?: string;
	/** What the refusal held as JSON: not for the user as it is. Bounded, and without tokens. */
	body?: object;
	/** A web page came instead of an answer of TWIN24's. */
	isWebPage?: boolean;
	outcomeUnknown?: boolean;
}

/** A request failed for good. `message` and `description` are for the user. */
export class RequestError extends Error {
	readonly description: string;
	readonly status?: number;
	readonly apiWords?: string;
	readonly body?: object;
	/** Whether it was not TWIN24 that refused, but something in front of it. */
	readonly isWebPage: boolean;
	/** Whether it is a request that must not be repeated and of which nobody knows whether it took effect. */
	readonly outcomeUnknown: boolean;

	constructor(fields: RequestErrorFields) {
		const { message, description, status, apiWords, body, isWebPage, outcomeUnknown } = fields;
		super(message);
		this.name = 'RequestError';
		this.description = description;
		this.status = status;
		this.apiWords = apiWords;
		this.body = body;
		this.isWebPage = isWebPage ?? false;
		this.outcomeUnknown = outcomeUnknown ?? false;
	}

	/** The same failure in other words. */
	reworded(words: Partial<Pick<RequestErrorFields, 'message' | 'description'>>): RequestError {
		return new RequestError({ ...this, message: this.message, ...words });
	}
}

/** What came of one attempt. */
export type Outcome<T> = { value: T } | { failure: Failure };

interface RetryOptions {
	/** Whether asking again can do no harm. If not, only what certainly was not done is asked again. */
	repeatable: boolean;
	logger: Logger;
	signal?: AbortSignal;
}

/**
 * Makes attempts until one succeeds: as long as asking again may help and does no harm, up to 5 times
 * more, waiting as `Retry-After` says or with growing jittered pauses.
 *
 * @throws RequestError with the last failure
 * @throws CancelledError when `signal` fires during a pause; whatever `attempt` throws
 */
export const retry = async <T>(
	attempt: () => Promise<Outcome<T>>,
	{ repeatable, logger, signal }: RetryOptions,
): Promise<T> => {
	const startedAt = Date.now();
	for (let attempts = 1; ; attempts++) {
		const outcome = await attempt();
		if ('value' in outcome) return outcome.value;

		const { failure } = outcome;
		const wait = Math.max(failure.retryAfter ?? 0, backoff(attempts));
		const outcomeUnknown = !repeatable && failure.mayBeDone;
		const isWorthwhile =
			failure.retryable && attempts <= MAX_RETRIES && wait <= LONGEST_RETRY_AFTER;
		if (outcomeUnknown || !isWorthwhile) {
			throw finalError(failure, outcomeUnknown, attempts, Date.now() - startedAt);
		}
		logger.warn(
			`TWIN24: ${failure.message}; asking again in ${seconds(wait)} s (${attempts} of ${MAX_RETRIES})`,
		);
		await pause(wait, signal);
	}
};

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1);

const finalError = (
	{ message, description, status, apiWords, body, isWebPage, retryable, retryAfter }: Failure,
	outcomeUnknown: boolean,
	attempts: number,
	milliseconds: number,
): RequestError => {
	if (outcomeUnknown) {
		const says = apiWords === undefined ? '' : ` TWIN24 says: ${apiWords}`;
		return new RequestError({
			message: `${message}; the request may or may not have been carried out`,
			description: `Look in TWIN24 before you send it again: it was sent once and is not repeated by itself.${says}`,
			status,
			apiWords,
			body,
			isWebPage,
			outcomeUnknown,
		});
	}
	const effort = `, after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'} in ${seconds(milliseconds)} s`;
	const isTooLong = (retryAfter ?? 0) > LONGEST_RETRY_AFTER;
	const comeBack = isTooLong
		? `; it asks to come back in ${Math.ceil(retryAfter! / 60_000)} min`
		: '';
	return new RequestError({
		message: `${message}${retryable || attempts > 1 ? effort : ''}${comeBack}`,
		description,
		status,
		apiWords,
		body,
		isWebPage,
	});
};
