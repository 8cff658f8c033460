import type { EventRule } from './eventRule';
import { fingerprint } from './fingerprint';
import { recall, remember } from './memory';
import type { StoredMemory } from './memory';
import type { WatchState } from './state';
import { SECOND } from './time';

/** Tells new events from those that earlier polls have handed on, and from history. */
export class NewEvents<T> {
	/** In the order in which they were read. */
	readonly events: T[] = [];
	/** Rows read, be they events or not. */
	rowsRead = 0;
	private readonly known: Set<number>;
	private readonly sighted = new Map<number, number>();

	constructor(
		private readonly state: WatchState,
		private readonly rule: EventRule<T>,
	) {
		this.known = recall(state.seen);
	}

	/** Takes rows, known ones or not. */
	add(rows: readonly T[]): void {
		const { happened, keyOf, timeOf } = this.rule;
		const { since = -Infinity } = this.state;
		this.rowsRead += rows.length;
		for (const row of rows) {
			const time = timeOf(row);
			if (time < since || !happened(row)) continue;
			const print = fingerprint(keyOf(row));
			if (!this.known.has(print) && !this.sighted.has(print)) this.events.push(row);
			this.sighted.set(print, time);
		}
	}

	/** What to remember when the next poll reads from `from`. */
	remembered(from: number): StoredMemory {
		// A time is shown as it is compared, or ahead of that; and a second more is read than asked for.
		return remember(this.state.seen, this.sighted, from - SECOND, this.rule.memory);
	}
}
