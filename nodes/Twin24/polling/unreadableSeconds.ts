import type { UnreadableSecond } from './state';
import { MINUTE, SECOND } from './time';

/**
 * For how long a second that cannot be read whole is tried again, whenever a poll reads everything: from
 * when it was found, or from its own time where the source is ahead with that, as until then it may
 * still be mended, and holds nothing back.
 */
export const RETRIED_FOR = 30 * MINUTE;

/** The most seconds that wait to be tried again; of more, each is given up at once. */
const MOST_WAITING = 20;

/** The most seconds that one poll finds out to be unreadable: each costs it a reading. */
export const MOST_FOUND = 20;

/** The seconds that could not be read whole, kept from poll to poll. */
export class UnreadableSeconds {
	/** Seconds that this poll could not read whole. */
	readonly failed: Array<{ second: number; isGivenUp: boolean }> = [];
	private readonly foundAt: Map<number, number>;
	private found = 0;

	constructor(
		stored: readonly UnreadableSecond[] | undefined,
		private readonly now: number,
	) {
		this.foundAt = new Map(stored);
	}

	/** The first one known that is not over at `from`. */
	after(from: number): number | undefined {
		let first: number | undefined;
		for (const second of this.foundAt.keys())
			if (second + SECOND > from && (first === undefined || second < first)) first = second;
		return first;
	}

	/** Whether it is known from an earlier poll, and worth another try in this one. */
	isDue(second: number): boolean {
		return (
			this.foundAt.get(second) !== 0 && !this.failed.some((failure) => failure.second === second)
		);
	}

	/** A second could not be read: found just now, or tried again. */
	fail(second: number): void {
		const foundAt = this.foundAt.get(second);
		if (foundAt === undefined) this.found++;
		const isGivenUp =
			foundAt === undefined
				? this.waiting().length >= MOST_WAITING
				: this.now - Math.max(foundAt, second) >= RETRIED_FOR || this.now < foundAt;
		this.failed.push({ second, isGivenUp });
		this.foundAt.set(second, isGivenUp ? 0 : (foundAt ?? this.now));
	}

	/** A second could be read after all. */
	solve(second: number): void {
		this.foundAt.delete(second);
	}

	hasFoundEnough(): boolean {
		return this.found >= MOST_FOUND;
	}

	/** How far a watch may move on that could be at `from`: not past a second that waits. */
	holdBack(from: number): number {
		return this.waiting().reduce((first, second) => Math.min(first, second), from);
	}

	/** What to keep for the next poll, which reads from `from`. */
	stored(from: number): UnreadableSecond[] {
		return [...this.foundAt].filter(([second]) => second + SECOND > from);
	}

	private waiting(): number[] {
		return [...this.foundAt].flatMap(([second, foundAt]) => (foundAt > 0 ? [second] : []));
	}
}
