import { DateTime } from 'luxon';

/** How often a failed request is asked again. */
export const MAX_RETRIES = 5;

/** First pause in milliseconds; it doubles each time, up to the longest. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/** A `Retry-After` beyond this is not waited for: the error tells when to come back. Milliseconds. */
export const LONGEST_RETRY_AFTER = 10 * 60_000;

/**
 * The pause before asking again: growing, and jittered so that requests that failed together do not
 * come back together.
 * @param attempt how often it was asked so far, from 1
 * @returns milliseconds, between half and all of 500, 1,000, 2,000, … up to 30,000
 */
export const backoff = (attempt: number, random: () => number = Math.random): number =>
	Math.min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE) * (0.5 + random() / 2);

/**
 * Reads a `Retry-After` header: seconds, or an HTTP date.
 * @returns milliseconds from `now`, never negative; undefined when there is no such header, or it is junk
 */
export const retryAfter = (header: unknown, now = Date.now()): number | undefined => {
	if (typeof header !== 'string' && typeof header !== 'number') return undefined;
	const text = String(header).trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	// Not Date.parse, which makes a date of "-5" and of "after 2030".
	const date = DateTime.fromHTTP(text);
	return date.isValid ? Math.max(0, date.toMillis() - now) : undefined;
};
