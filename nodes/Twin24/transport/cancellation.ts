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

/**
 * Runs `task` with a signal that fires as soon as one of `signals` does.
 *
 * Not `AbortSignal.any`: in some versions of Node the signal that it makes may be collected as garbage
 * together with a time-out in it, and never fires then.
 */
export const withSignals = async <T>(
	signals: Array<AbortSignal | undefined>,
	task: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
	const controller = new AbortController();
	const abort = () => controller.abort();
	const sources = signals.filter((signal) => signal !== undefined);
	for (const source of sources) {
		if (source.aborted) abort();
		source.addEventListener('abort', abort, { once: true });
	}
	try {
		return await task(controller.signal);
	} finally {
		for (const source of sources) source.removeEventListener('abort', abort);
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
