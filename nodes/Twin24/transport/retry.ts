import type { Logger } from 'n8n-workflow';

import { backoff, LONGEST_RETRY_AFTER, MAX_RETRIES } from './backoff';
import type { Failure } from './failure';
import { pause } from './pause';

/** A request failed for good. `message` and `description` are for the user. */
export class RequestError extends Error {
	readonly description: string;
	readonly status?: number;
	/** The API's own words alone. */
	readonly apiWords?: string;

	constructor({ message, description, status, apiWords }: Failure, effort: string) {
		super(effort ? `${message}, ${effort}` : message);
		this.name = 'RequestError';
		this.description = description;
		this.status = status;
		this.apiWords = apiWords;
	}
}

/** What came of one attempt. */
export type Outcome<T> = { value: T } | { failure: Failure };

interface Effort {
	logger: Logger;
	signal?: AbortSignal;
	/** Told of a failure that is asked about again, and how many milliseconds later. */
	onFailure?: (failure: Failure, wait: number) => void;
}

/**
 * Makes attempts until one succeeds: as long as asking again may help, up to 5 times more, waiting as
 * `Retry-After` says or with growing jittered pauses.
 *
 * @throws RequestError with the last failure
 * @throws CancelledError when `signal` fires during a pause; whatever `attempt` throws
 */
export const untilDone = async <T>(
	attempt: () => Promise<Outcome<T>>,
	{ logger, signal, onFailure }: Effort,
): Promise<T> => {
	const startedAt = Date.now();
	for (let asked = 1; ; asked++) {
		const outcome = await attempt();
		if ('value' in outcome) return outcome.value;

		const { failure } = outcome;
		const wait = Math.max(failure.retryAfter ?? 0, backoff(asked));
		if (!failure.retryable || asked > MAX_RETRIES || wait > LONGEST_RETRY_AFTER) {
			throw new RequestError(failure, effort(asked, Date.now() - startedAt, failure));
		}
		logger.warn(
			`TWIN24: ${failure.message}; asking again in ${seconds(wait)} s (${asked} of ${MAX_RETRIES})`,
		);
		onFailure?.(failure, wait);
		await pause(wait, signal);
	}
};

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1);

/** How often and for how long it was tried; nothing when it was asked once and is not worth asking again. */
const effort = (
	asked: number,
	milliseconds: number,
	{ retryable, retryAfter }: Failure,
): string => {
	if (asked === 1 && !retryable) return '';
	const tried = `after ${asked} ${asked === 1 ? 'attempt' : 'attempts'} in ${seconds(milliseconds)} s`;
	if ((retryAfter ?? 0) <= LONGEST_RETRY_AFTER) return tried;
	return `${tried}; it asks to come back in ${Math.ceil(retryAfter! / 60_000)} min`;
};
