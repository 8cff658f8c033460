import type { Period } from './page';
import { SECOND } from './page';

/** A moment without the milliseconds that a source is never asked for. */
const shown = (moment: number) => new Date(moment).toISOString().replace('.000Z', 'Z');

const nameOf = ({ from, to }: Period): string => {
	if (from === undefined) return `time before ${shown(to)}`;
	const second = Math.floor(from / SECOND) * SECOND;
	return to <= second + SECOND
		? `second ${shown(second)}`
		: `time from ${shown(from)} to ${shown(to)}`;
};

/** What could be had of a part of the period is less, or more, than what the source says there is. */
export class IncompleteError extends Error {
	/** The second that cannot be read whole, epoch milliseconds; undefined when it is more than one. */
	readonly second: number | undefined;

	/**
	 * @param window the time that cannot be read whole
	 * @param expected rows that the source says there are; undefined when it gives no total
	 * @param received distinct rows that it gave
	 */
	constructor(
		readonly window: Period,
		readonly expected: number | undefined,
		readonly received: number,
	) {
		super(
			expected === undefined
				? `The source gave ${received} rows for the ${nameOf(window)}, and no two answers agree`
				: `The source says that the ${nameOf(window)} has ${expected} rows, but gave ${received}`,
		);
		this.name = 'IncompleteError';
		const second = Math.floor((window.from ?? NaN) / SECOND) * SECOND;
		this.second = window.to <= second + SECOND ? second : undefined;
	}
}

/** The times shown in the rows are not those that the source filters by, noticed too late to allow for it. */
export class ClockError extends Error {
	constructor(readonly field: string) {
		super(`The source filters by another ${field} than it shows, so the rows cannot be streamed`);
		this.name = 'ClockError';
	}
}

/** A search took many times the requests that its rows ask for, and was given up. */
export class BudgetError extends Error {
	/**
	 * @param requests how many were made
	 * @param rows how many rows there are at least, by what was counted and read
	 */
	constructor(
		readonly requests: number,
		readonly rows: number,
	) {
		super(`Gave up after ${requests} requests for ${rows} rows: the answers do not agree`);
		this.name = 'BudgetError';
	}
}
