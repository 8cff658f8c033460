import { BudgetError } from './errors';

/** Requests that any search may make: a sparse period takes some to find where its rows are. */
const BASE = 200;

/** How often the pages of all rows may be asked for: once is enough unless rows move or answers disagree. */
const TIMES = 6;

/**
 * The requests that a search may make: 200, and six times the pages that its rows fill. The rows are
 * those that the source counts or that have come, whichever are more, so that a count that is too
 * small stops nothing.
 */
export class Budget {
	private requests = 0;
	private rows = 0;
	private granted = BASE;

	/** @param pageSize rows on a page */
	constructor(private readonly pageSize: number) {}

	/** @param rows how many there are at least */
	expect(rows: number): void {
		this.rows = Math.max(this.rows, rows);
	}

	/** Allows more requests, for what is known to need them. */
	grant(requests: number): void {
		this.granted += requests;
	}

	/** @throws BudgetError when no request is left */
	spend(): void {
		const most = this.granted + TIMES * Math.ceil(this.rows / (this.pageSize - 1));
		if (++this.requests > most) throw new BudgetError(this.requests - 1, this.rows);
	}
}
