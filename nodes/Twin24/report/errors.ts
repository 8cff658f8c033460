import { BudgetError, ClockError, IncompleteError } from '../paging/errors';
import { labelOf } from './catalogue';

/** What happened, and what to do. */
export interface Explanation {
	message: string;
	description: string;
}

const AGAIN = 'Run it again in a minute: calls may have changed while they were read.';

/**
 * What an error of the paging core means to whoever reads calls; undefined for any other error.
 * The core speaks of rows and of a source, because it knows of no TWIN24.
 */
export const explained = (error: unknown): Explanation | undefined => {
	if (error instanceof IncompleteError) {
		return {
			message: error.message.replace(/^The source/, 'TWIN24').replace(/\brows\b/, 'calls'),
			description: `${AGAIN} If it stays so, narrow the filters, so that fewer calls fall into that time, or tell TWIN24's support.`,
		};
	}
	if (error instanceof ClockError) {
		return {
			message: `TWIN24 filters by another "${labelOf(error.field)}" than it shows, so the calls cannot be read in parts`,
			description: 'Choose "Filter Period By: Created At" under Options, or a shorter period.',
		};
	}
	if (error instanceof BudgetError) {
		const { requests, rows } = error;
		return {
			message: `Gave up after ${requests.toLocaleString('en-US')} requests for some ${rows.toLocaleString('en-US')} calls: TWIN24's answers do not agree with each other`,
			description: `${AGAIN} If it stays so, choose a shorter period, or tell TWIN24's support.`,
		};
	}
	return undefined;
};
