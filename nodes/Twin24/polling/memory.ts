import { createHash } from 'crypto';

/** Fingerprints by the slot of time in which they were last seen, oldest first, each slot's as one string. */
export type StoredMemory = Array<[slot: number, prints: string]>;

/**
 * Characters of a fingerprint. 60 bits: beside 20,000 remembered events a new one is taken for an old
 * one, and lost, once in 58 million million.
 */
const LENGTH = 10;

/** Length of a slot in milliseconds; slots are counted since 1970. */
const SLOT = 5 * 60_000;

/** The most events that are remembered beyond those that may be read again: 200 KB at the worst. */
export const MOST_REMEMBERED = 20_000;

export const fingerprint = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, LENGTH);

const unpack = (prints: string): string[] =>
	Array.from({ length: Math.floor(prints.length / LENGTH) }, (_, index) => prints.substr(index * LENGTH, LENGTH));

/** Every fingerprint remembered. */
export const recall = (stored: StoredMemory): Set<string> => new Set(stored.flatMap(([, prints]) => unpack(prints)));

/**
 * What to remember after a poll.
 *
 * @param seen fingerprints of what the poll read and may read again; always kept
 * @param memory for how long others are kept after they were last seen, in milliseconds
 */
export const remember = (stored: StoredMemory, seen: Iterable<string>, now: number, memory: number): StoredMemory => {
	const slot = Math.floor(now / SLOT);
	const current = new Set(seen);
	const older: StoredMemory = [];
	let room = MOST_REMEMBERED;
	for (const [at, prints] of [...stored].reverse()) {
		if (room <= 0 || (at + 1) * SLOT <= now - memory) break;
		const kept = unpack(prints).filter((print) => !current.has(print)).slice(-room);
		room -= kept.length;
		if (at >= slot) for (const print of kept) current.add(print);
		else if (kept.length > 0) older.unshift([at, kept.join('')]);
	}
	return current.size === 0 ? older : [...older, [slot, [...current].join('')]];
};
