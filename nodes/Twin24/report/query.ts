import type { Period } from '../paging/page';
import type { PeriodField } from './catalogue';

/**
 * Which calls are asked for, as what it means: times are epoch milliseconds, lists are arrays. It is
 * turned into the API's text in this folder and nowhere else.
 */
export interface CallQuery {
	/** Names of the fields to return, as in the catalogue. */
	fields: string[];
	/** Half-open. */
	period: Period;
	/** The time of a call that the period applies to. */
	periodField: PeriodField;
	filters: CallFilters;
}

/** Conditions that all have to hold. */
export interface CallFilters {
	/** Any of these, by their names in the catalogue; none says nothing. */
	statuses: string[];
	/** Any of these, in lower case; none says nothing. The period does not apply to them. */
	ids: string[];
	/** A word in any field. */
	keyword?: string;
	/** The value that a field must have, by its name in the catalogue. */
	equal: Record<string, string>;
}

export const NO_FILTERS: CallFilters = { statuses: [], ids: [], equal: {} };
