import { sleep } from 'n8n-workflow';

/** Thrown when an execution was stopped while a request or a pause was under way. */
export class CancelledError extends Error {
	constructor() {
		// Spelt with one "l": by this word n8n knows that a run was stopped and has not failed.
		super('The execution was canceled');
		this.name = 'CancelledError';
	}
}

/**
 * Waits for `promise`, but no longer than until `signal` fires.
 * @throws CancelledError when it fires first, or has fired already
 */
export const untilAborted = async <T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> => {
	if (!signal) return await promise;
	let stop = () => {};
	const aborted = new Promise<never>((_, reject) => {
		stop = () => reject(new CancelledError());
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, { once: true });
	});
	try {
		return await Promise.race([promise, aborted]);
	} finally {
		signal.removeEventListener('abort', stop);
	}
};

/** Timers run no longer than this, so that none outlives a stopped execution by much. Milliseconds. */
const LONGEST_TIMER = 1000;

/**
 * Pauses for some milliseconds.
 * @throws CancelledError as soon as `signal` fires
 */
export const pause = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
	const end = Date.now() + milliseconds;
	do {
		const rest = Math.max(0, end - Date.now());
		await untilAborted(sleep(Math.min(rest, LONGEST_TIMER)), signal);
	} while (Date.now() < end);
};
