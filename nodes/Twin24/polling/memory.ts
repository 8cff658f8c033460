import { createHash } from 'crypto';

/** Fingerprints by the slot of time that their rows' times fall in, oldest first, each slot's as one string. */
export type StoredMemory = Array<[slot: number, prints: string]>;

/**
 * Characters of a fingerprint. 60 bits: beside 20,000 remembered events a new one is taken for an old
 * one, and lost, once in 58 million million.
 */
const LENGTH = 10;

/** Length of a slot in milliseconds; slots are counted since 1970. */
const SLOT = 5 * 60_000;

/** The most events that are remembered although they lie before what is read again: 200 KB at the worst. */
export const MOST_REMEMBERED = 20_000;

export const fingerprint = (key: string): string =>
	createHash('sha256').update(key).digest('base64url').slice(0, LENGTH);

const unpack = (prints: string): string[] =>
	Array.from({ length: Math.floor(prints.length / LENGTH) }, (_, index) =>
		prints.substr(index * LENGTH, LENGTH),
	);

/** Every fingerprint remembered. */
export const recall = (stored: StoredMemory): Set<string> =>
	new Set(stored.flatMap(([, prints]) => unpack(prints)));

/**
 * What to remember after a poll: every event whose row may be read again, be it in this answer or not,
 * and for a while those before.
 *
 * @param seen time of each row read, by its fingerprint; a row that was known with another time moves
 * @param from rows with an earlier time are not read any more
 * @param memory for how long before `from` events are remembered, in milliseconds
 */
export const remember = (
	stored: StoredMemory,
	seen: ReadonlyMap<string, number>,
	from: number,
	memory: number,
): StoredMemory => {
	const slots = new Map<number, string[]>();
	for (const [slot, prints] of stored)
		slots.set(
			slot,
			unpack(prints).filter((print) => !seen.has(print)),
		);
	for (const [print, time] of seen) {
		const slot = Math.floor((Number.isNaN(time) ? from : time) / SLOT);
		const prints = slots.get(slot);
		if (prints) prints.push(print);
		else slots.set(slot, [print]);
	}
	const kept: StoredMemory = [];
	let room = MOST_REMEMBERED;
	for (const [slot, prints] of [...slots].sort(([a], [b]) => b - a)) {
		const end = (slot + 1) * SLOT;
		const isPast = end <= from;
		if (isPast && (end <= from - memory || room <= 0)) break;
		const remembered = isPast ? prints.slice(-room) : prints;
		if (isPast) room -= remembered.length;
		if (remembered.length > 0) kept.unshift([slot, remembered.join('')]);
	}
	return kept;
};
