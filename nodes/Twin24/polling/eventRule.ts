/** What is watched for. `T` is a row of the source; nothing is known of it but what these functions tell. */
export interface EventRule<T> {
	/** Kept in the state: a state of another event is of no use. */
	name: string;
	/** The time by which the source is read, as the row shows it; `NaN` when it shows none. */
	timeOf: (row: T) => number;
	/** Whether this row is such an event; those that are not yet will come again when they change. */
	happened: (row: T) => boolean;
	/** Two rows with the same key are the same event. */
	keyOf: (row: T) => string;
	/** For how long an event is remembered once its row is not read any more; 0 where it cannot come back. */
	memory: number;
	/** Given when the times may be ahead of the true ones; without it they are taken as true. */
	skew?: ClockSkew<T>;
}

/** How a source's clock may be wrong: all of its times, some of them, or none, and not always the same. */
export interface ClockSkew<T> {
	/** By how much a time may be ahead of the true one. */
	lead: number;
	/** A true time, before which the time of the row cannot have been; `NaN` when the row shows none. */
	notBefore: (row: T) => number;
}
