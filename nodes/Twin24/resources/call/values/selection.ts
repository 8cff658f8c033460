import {
	ALL_FIELDS,
	FIELD_NAMES,
	PERIOD_FIELDS,
	SIMPLIFIED_FIELDS,
	SORT_FIELDS,
} from '../../../report/catalogue';
import type { PeriodField, SortField } from '../../../report/catalogue';
import type { Sort } from '../../../paging/page';
import { ParameterError, quote } from './parameterError';

/**
 * The names of the fields to return, in the order of the catalogue.
 * @throws ParameterError when none is chosen or one is unknown
 */
export const fieldsOf = (fieldSet: unknown, selected: unknown): string[] => {
	if (fieldSet === 'simplified') return SIMPLIFIED_FIELDS;
	if (fieldSet === 'all') return ALL_FIELDS;
	if (fieldSet !== 'selected') {
		throw new ParameterError(
			'Return',
			`is ${quote(fieldSet)}`,
			'Choose one of: simplified, all, selected.',
		);
	}
	const names =
		typeof selected === 'string'
			? selected
					.split(',')
					.map((name) => name.trim())
					.filter(Boolean)
			: selected;
	if (!Array.isArray(names) || names.length === 0) {
		throw new ParameterError(
			'Fields',
			'is empty',
			'Choose at least one field, or choose another set under "Return".',
		);
	}
	const unknown = names.find((name) => !FIELD_NAMES.includes(name as string));
	if (unknown !== undefined) {
		throw new ParameterError(
			'Fields',
			`has an unknown field: ${quote(unknown)}`,
			`Use some of: ${FIELD_NAMES.join(', ')}.`,
		);
	}
	return FIELD_NAMES.filter((name) => names.includes(name));
};

/** @throws ParameterError when it is not a whole number from `min` to `max` */
export const wholeNumberOf = (
	label: string,
	value: unknown,
	min: number,
	max = Number.MAX_SAFE_INTEGER,
): number => {
	const number = typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isInteger(number) || number < min || number > max) {
		const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `from ${min} to ${max}`;
		throw new ParameterError(label, `is ${quote(value)}`, `Give a whole number, ${range}.`);
	}
	return number;
};

export const oneOf = <T extends string>(
	label: string,
	value: unknown,
	allowed: readonly T[],
): T => {
	if (!allowed.includes(value as T)) {
		throw new ParameterError(label, `is ${quote(value)}`, `Choose one of: ${allowed.join(', ')}.`);
	}
	return value as T;
};

export const periodFieldOf = (value: unknown): PeriodField =>
	oneOf('Filter Period By', value, PERIOD_FIELDS);

export const sortOf = (field: unknown, direction: unknown): Sort & { field: SortField } => ({
	field: oneOf('Sort By', field, SORT_FIELDS),
	direction: oneOf('Sort Direction', direction, ['asc', 'desc'] as const),
});
