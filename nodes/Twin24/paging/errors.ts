import { DateTime } from 'luxon';

/** What could be had of a period is less, or more, than what the API says there is. */
export class IncompleteError extends Error {
	/**
	 * @param second the second that cannot be read whole, epoch milliseconds
	 * @param expected rows that the API says there are; undefined when it gives no total
	 * @param received distinct rows that it gave
	 */
	constructor(
		readonly second: number,
		readonly expected: number | undefined,
		readonly received: number,
	) {
		const moment = DateTime.fromMillis(second, { zone: 'utc' }).toISO({
			suppressMilliseconds: true,
		});
		super(
			expected === undefined
				? `TWIN24 gave ${received} calls for the second ${moment}, and no two readings of it agree`
				: `TWIN24 says that the second ${moment} has ${expected} calls, but gave ${received}`,
		);
		this.name = 'IncompleteError';
	}
}

/** The times shown in the rows are not those that the API filters by. */
export class ClockError extends Error {
	constructor(field: string) {
		super(
			`TWIN24 filters by another ${field} than it shows, so the period cannot be read in parts`,
		);
		this.name = 'ClockError';
	}
}
