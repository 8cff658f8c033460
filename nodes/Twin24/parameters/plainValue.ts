import { ParameterError, quote } from './parameterError';

/** Whether nothing was given: an expression that found nothing counts as an empty field. */
export const isEmpty = (value: unknown): value is undefined | null | '' =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** Text of what an expression may give as text or number, without spaces around; undefined for anything else. */
export const textOf = (value: unknown): string | undefined =>
	typeof value === 'string' || Number.isFinite(value) ? String(value).trim() : undefined;

/**
 * A list of plain values: text split at commas, semicolons and line breaks, or an array as it is.
 * Empty entries fall out.
 * @throws ParameterError when it is something else
 */
export const listOf = (label: string, value: unknown): string[] => {
	if (isEmpty(value)) return [];
	const entries = Array.isArray(value) ? value : textOf(value)?.split(/[,;\n]/);
	if (!entries) {
		throw new ParameterError(
			label,
			`is neither text nor a list: ${quote(value)}`,
			'Separate several values by commas, or give an array.',
		);
	}
	return entries.map((entry) => entryOf(label, entry)).filter((entry) => entry !== '');
};

const entryOf = (label: string, entry: unknown): string => {
	const text = isEmpty(entry) ? '' : textOf(entry);
	if (text !== undefined) return text;
	throw new ParameterError(
		label,
		`has an entry that is no text: ${quote(entry)}`,
		'Give a list of plain values.',
	);
};
