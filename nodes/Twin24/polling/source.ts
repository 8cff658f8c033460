/** Half-open; without `to` it is open to the future. */
export interface Interval {
	from: number;
	to?: number;
}

/**
 * What came of reading an interval: all of its rows in order of time, each once; or how many there
 * are at least, when that is more than was wanted; or the first second found that cannot be had whole.
 */
export type ReadOutcome<T> = { rows: T[] } | { tooMany: number } | { unreadable: number };

/** Where events come from. Both methods throw whatever else goes wrong. */
export interface Source<T> {
	/**
	 * Reads an interval whole. Rows up to a second before `from` may come along.
	 * @param atMost rows that are wanted; `Infinity` for all, however many
	 */
	read(interval: Interval, atMost: number): Promise<ReadOutcome<T>>;
	/** Whatever can be had of a second that cannot be read whole; any order, doubles allowed, maybe none. */
	salvage(second: { from: number; to: number }): Promise<T[]>;
}
