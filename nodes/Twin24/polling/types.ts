import type { Row } from '../paging/page';

/** What is watched for. Times are epoch milliseconds, durations milliseconds, as everywhere here. */
export interface EventRule {
	/** Kept in the state: a state of another event is of no use. */
	name: string;
	/** The time of a row by which the report is read. */
	timeField: string;
	/** Whether this row is such an event; those that are not yet will come again when they change. */
	happened: (row: Row) => boolean;
	/** Two rows with the same key are the same event. */
	keyOf: (row: Row) => string;
	/** For how long an event is remembered once its row is not read any more; 0 where it cannot come back. */
	memory: number;
}

/** Half-open; without `to` it is open to the future. */
export interface Stretch {
	from: number;
	to?: number;
}

/** Rows in order of time, or how many there are at least when that is more than was wanted. */
export type ReadOutcome = { rows: Row[] } | { tooMany: number };

/** The report as the watch sees it. Both throw whatever goes wrong. */
export interface Report {
	/** All rows of a stretch of time, each once, unless there are more than `atMost`. */
	read(stretch: Stretch, atMost: number): Promise<ReadOutcome>;
	/** Some hundred rows with the latest times. */
	newest(): Promise<Row[]>;
}
