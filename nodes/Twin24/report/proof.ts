import { parseTime } from '../paging/parseTime';
import type { Row } from '../paging/page';
import { CALL_FIELDS } from './catalogue';
import type { CallFieldType } from './catalogue';
import type { CallFilters } from './query';

/** The one status that has two names, see `answeredStatus.ts`. */
export const canonicalStatus = (status: string): string =>
	status === 'ANSWER' ? 'ANSWERED' : status;

/** TWIN24 gave calls without the field that a filter is about, so nobody can tell whether it was obeyed. */
export class UnprovenFilterError extends Error {
	readonly description =
		'Remove this filter, and sort the calls out with a Filter node after this one.';

	constructor(field: string) {
		super(
			`TWIN24 gave calls without the field "${field}", so the filter by it cannot be relied on`,
		);
		this.name = 'UnprovenFilterError';
	}
}

/** Tells calls that a query is about from calls that an API gave which ignored a filter. */
export interface Proof {
	/** Whether a call passes every filter; undefined where there is none to prove. */
	keep?: (row: Row) => boolean;
	/** The fields by which it is told. */
	fields: string[];
	/** To be called at the end. @throws UnprovenFilterError when no call showed the field of a filter */
	settle: () => void;
}

/** The proof of all filters but the keyword, which only the API can look for. */
export const proofOf = ({ statuses, ids, equal }: CallFilters): Proof => {
	const conditions: Condition[] = [];
	if (statuses.length > 0) conditions.push(anyOf('status', statuses, canonicalStatus));
	if (ids.length > 0) conditions.push(anyOf('id', ids, (id) => id.toLowerCase()));
	for (const [field, value] of Object.entries(equal)) conditions.push(equals(field, value));
	if (conditions.length === 0) return { fields: [], settle: () => {} };

	/** Fields of which no call has told anything yet, though calls came. */
	const unseen = new Set(conditions.map(({ field }) => field));
	let rows = 0;
	return {
		fields: conditions.map(({ field }) => field),
		keep: (row) => {
			rows++;
			for (const field of unseen) if (row[field] !== undefined) unseen.delete(field);
			return conditions.every(({ field, holds }) => holds(row[field]));
		},
		settle: () => {
			const [field] = unseen;
			if (rows > 0 && field !== undefined) throw new UnprovenFilterError(field);
		},
	};
};

interface Condition {
	field: string;
	holds: (value: unknown) => boolean;
}

const anyOf = (field: string, values: string[], canonical: (text: string) => string): Condition => {
	const wanted = new Set(values);
	return { field, holds: (value) => typeof value === 'string' && wanted.has(canonical(value)) };
};

/**
 * Whether a field has a value, told as generously as an API might: case and spaces around do not
 * count, a number may be written as 7 or 7.00, a time in any offset. What it would let through though
 * the API does not, the API leaves out anyway.
 */
const equals = (field: string, wanted: string): Condition => {
	const sameMeaning = SAME_MEANING[typeOf(field)];
	const asText = simplify(wanted);
	const holds = (value: unknown) =>
		value !== undefined &&
		value !== null &&
		(simplify(value) === asText || sameMeaning(simplify(value), asText));
	return { field, holds };
};

/** A price is a number that comes as text. */
const typeOf = (field: string): CallFieldType =>
	field === 'price' ? 'number' : (CALL_FIELDS.find(({ name }) => name === field)?.type ?? 'string');

const SAME_MEANING: Record<CallFieldType, (value: string, wanted: string) => boolean> = {
	string: () => false,
	array: () => false,
	number: (value, wanted) => Number(value) === Number(wanted),
	dateTime: (value, wanted) => parseTime(value.toUpperCase()) === parseTime(wanted.toUpperCase()),
	boolean: (value, wanted) => asSwitch(value) !== undefined && asSwitch(value) === asSwitch(wanted),
};

const simplify = (value: unknown): string =>
	(typeof value === 'object' ? JSON.stringify(value) : String(value)).trim().toLowerCase();

const asSwitch = (text: string): boolean | undefined => {
	if (['true', '1', 'yes'].includes(text)) return true;
	return ['false', '0', 'no'].includes(text) ? false : undefined;
};
