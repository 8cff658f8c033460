import { pack, unpack } from './fingerprint';
import { MINUTE } from './time';

/** Packed fingerprints by the slot of time that their rows' times fall in, oldest first. */
export type StoredMemory = Array<[slot: number, count: number, prints: string]>;

/** Slots are counted since 1970. */
const SLOT = 15 * MINUTE;

/** The most events that are remembered although they lie before what is read again: 140 KB at the worst. */
export const MOST_REMEMBERED = 20_000;

export const slotOf = (time: number): number => Math.floor(time / SLOT);

/** Every fingerprint remembered. */
export const recall = (stored: StoredMemory): Set<number> => {
	const known = new Set<number>();
	for (const [, count, prints] of stored)
		for (const print of unpack(prints, count)) known.add(print);
	return known;
};

/**
 * What to remember after a poll: every event whose row may be read again, be it in this answer or not,
 * and for a while those before.
 *
 * @param seen time of each event read, by its fingerprint; one that was known with another time moves
 * @param from rows with an earlier time are not read any more
 * @param memory for how long before `from` events are remembered
 */
export const remember = (
	stored: StoredMemory,
	seen: ReadonlyMap<number, number>,
	from: number,
	memory: number,
): StoredMemory => {
	const slots = new Map<number, number[]>();
	for (const [slot, count, prints] of stored)
		slots.set(
			slot,
			unpack(prints, count).filter((print) => !seen.has(print)),
		);
	for (const [print, time] of seen) {
		const slot = slotOf(Number.isNaN(time) ? from : time);
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
		const remembered = isPast ? prints.slice(0, room) : prints;
		if (isPast) room -= remembered.length;
		if (remembered.length > 0) kept.unshift([slot, remembered.length, pack(remembered)]);
	}
	return kept;
};
