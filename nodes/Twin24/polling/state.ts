import type { StoredMemory } from './memory';

/** All that is kept from poll to poll; JSON, and small. */
export interface WatchState {
	version: 1;
	/** Name of the event watched for. */
	event: string;
	/** Everything before it is settled: read, and too old for anything to come late. */
	from: number;
	/** Rows with an earlier time were there before the watch began. Kept until `from` is past it. */
	since?: number;
	seen: StoredMemory;
}

const isTime = (value: unknown): value is number =>
	typeof value === 'number' && Number.isFinite(value);

const isMemory = (value: unknown): value is StoredMemory =>
	Array.isArray(value) &&
	value.every((entry) => Array.isArray(entry) && isTime(entry[0]) && typeof entry[1] === 'string');

/**
 * What was kept, if it is a state of this event.
 * @returns undefined when there is none, or it is of another event or of a version not known here
 */
export const stateIn = (stored: unknown, event: string): WatchState | undefined => {
	const { version, event: of, from, since, seen } = (stored ?? {}) as Partial<WatchState>;
	if (version !== 1 || of !== event || !isTime(from) || !isMemory(seen)) return undefined;
	return { version, event, from, ...(isTime(since) ? { since } : {}), seen };
};
