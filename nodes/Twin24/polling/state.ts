import { fingerprintOf, pack } from './fingerprint';
import { slotOf } from './memory';
import type { StoredMemory } from './memory';
import { MINUTE } from './time';

/** All that is kept from poll to poll; JSON, and small. */
export interface WatchState {
	version: 2;
	/** Name of the event watched for. */
	event: string;
	/** When the watch began; 0 where that is not known any more. */
	began: number;
	/** Everything before it is settled: read, and too old by the true time for anything to come late. */
	from: number;
	/** Fingerprints of the events that were there when the watch began, or have been handed on. */
	seen: StoredMemory;
	/** The lead that the times compared have been seen to have, and when the proof was read. */
	lead?: { by: number; provenAt: number };
	/** Seconds not before `from` that could not be read whole, and when that was first found; 0: given up. */
	unreadable?: UnreadableSecond[];
	/** Of version 1 only: rows with an earlier time were there before. Kept until `from` is past it. */
	since?: number;
}

export type UnreadableSecond = [second: number, foundAt: number];

/**
 * What was kept, if it is a state of this event; of version 1 too.
 * @returns undefined when there is none, or it is of another event or of a version not known here
 */
export const stateIn = (stored: unknown, event: string): WatchState | undefined => {
	const { version, ...kept } = (stored ?? {}) as Partial<Record<keyof WatchState, unknown>>;
	if (kept.event !== event || !isTime(kept.from)) return undefined;
	const { from, began, seen, lead, unreadable, since } = kept;
	const history = isTime(since) ? { since } : {};
	if (version === 1 && isFirstMemory(seen))
		return { version: 2, event, began: 0, from, seen: upgraded(seen), ...history };
	if (version !== 2 || !isTime(began) || !isMemory(seen)) return undefined;
	return {
		version,
		event,
		began,
		from,
		seen,
		...(isLead(lead) ? { lead } : {}),
		...(isUnreadable(unreadable) ? { unreadable } : {}),
		...history,
	};
};

/** Slots of five minutes, each with its fingerprints in ten characters of base64url. */
type FirstMemory = Array<[slot: number, prints: string]>;

const FIRST_SLOT = 5 * MINUTE;

const upgraded = (memory: FirstMemory): StoredMemory => {
	const slots = new Map<number, number[]>();
	for (const [firstSlot, text] of memory) {
		const slot = slotOf(firstSlot * FIRST_SLOT);
		const prints = slots.get(slot) ?? [];
		for (const [print] of text.matchAll(/.{10}/g)) prints.push(fingerprintOf(print));
		slots.set(slot, prints);
	}
	return [...slots].map(([slot, prints]) => [slot, prints.length, pack(prints)]);
};

const isTime = (value: unknown): value is number =>
	typeof value === 'number' && Number.isFinite(value);

const isFirstMemory = (value: unknown): value is FirstMemory =>
	Array.isArray(value) &&
	value.every((entry) => Array.isArray(entry) && isTime(entry[0]) && typeof entry[1] === 'string');

const isMemory = (value: unknown): value is StoredMemory =>
	Array.isArray(value) &&
	value.every(
		(entry) =>
			Array.isArray(entry) && isTime(entry[0]) && isTime(entry[1]) && typeof entry[2] === 'string',
	);

const isLead = (value: unknown): value is NonNullable<WatchState['lead']> => {
	const { by, provenAt } = (value ?? {}) as Record<string, unknown>;
	return isTime(by) && isTime(provenAt);
};

const isUnreadable = (value: unknown): value is UnreadableSecond[] =>
	Array.isArray(value) &&
	value.every((entry) => Array.isArray(entry) && isTime(entry[0]) && isTime(entry[1]));
