import { CALL_STATUSES, FIELD_NAMES } from '../../../report/catalogue';
import { ParameterError, quote } from './parameterError';

/** Text of what an expression may give as text or number; everything else is none. */
const textOf = (value: unknown): string | undefined =>
	typeof value === 'string' || Number.isFinite(value) ? String(value).trim() : undefined;

/** Splits text at commas, semicolons and line breaks; takes an array as it is. Empty entries fall out. */
const listOf = (label: string, value: unknown): string[] => {
	const entries = Array.isArray(value) ? value : String(textOf(value) ?? '').split(/[,;\n]/);
	if (!Array.isArray(value) && textOf(value) === undefined) {
		throw new ParameterError(
			label,
			`is neither text nor a list: ${quote(value)}`,
			'Separate several values by commas, or give an array.',
		);
	}
	return entries
		.map((entry) => {
			const text = textOf(entry);
			if (text === undefined) {
				throw new ParameterError(
					label,
					`has an entry that is no text: ${quote(entry)}`,
					'Give a list of plain values.',
				);
			}
			return text;
		})
		.filter((entry) => entry !== '');
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ID_REMEDY =
	'An ID looks like 99c5b0fe-fa95-40e8-8a47-f90774c336cd; it is the field "id" of a call.';
const TASK_ID_REMEDY =
	'Choose a task, or remove the filter. The ID of a task is the field "taskId" of its calls.';

/** @throws ParameterError when it is empty or does not look like an ID of TWIN24 */
export const idOf = (label: string, value: unknown, remedy = ID_REMEDY): string => {
	const id = textOf(value);
	if (!id)
		throw new ParameterError(
			label,
			value === undefined || id === '' ? 'is empty' : `is not an ID: ${quote(value)}`,
			remedy,
		);
	if (!UUID.test(id)) throw new ParameterError(label, `is not an ID: ${quote(value)}`, remedy);
	return id.toLowerCase();
};

/** @throws ParameterError when it is empty or does not look like an ID of TWIN24 */
export const taskIdOf = (value: unknown): string => idOf('Task', value, TASK_ID_REMEDY);

/**
 * Several call IDs, each once.
 * @param value text with commas, or an array
 */
export const callIdsOf = (value: unknown): string[] => {
	const ids = listOf('Call IDs', value).map((id) => idOf('Call IDs', id));
	if (ids.length === 0)
		throw new ParameterError(
			'Call IDs',
			'is empty',
			`Give one ID or more, or remove the filter. ${ID_REMEDY}`,
		);
	return [...new Set(ids)];
};

/** Brackets, dots, dashes of all lengths, spaces, and the invisible marks that come along when copying. */
const PHONE_PUNCTUATION = /[\s().\-\u2010-\u2015\u2212\p{Cf}]/gu;

/**
 * A phone number as the API knows it: 11 digits and no plus. Spaces, brackets, dashes and dots are
 * dropped; a Russian number may begin with +7, 7, 8 or, with its 10 digits, with none of them.
 * A number with a plus, of whatever country, is taken to the letter.
 */
export const phoneOf = (value: unknown): string => {
	const text = textOf(value);
	const remedy = 'Give it with its country code, e.g. +7 999 999-99-99.';
	if (!text)
		throw new ParameterError(
			'Phone',
			text === '' ? 'is empty' : `is not a phone number: ${quote(value)}`,
			remedy,
		);
	const written = text.replace(/^tel:/i, '').replace(PHONE_PUNCTUATION, '');
	const isNumber = typeof value !== 'number' || (Number.isInteger(value) && value > 0);
	if (!/^\+?\d{10,15}$/.test(written) || !isNumber) {
		throw new ParameterError('Phone', `is not a phone number: ${quote(value)}`, remedy);
	}
	if (written.startsWith('+')) return written.slice(1);
	if (written.length === 10) return `7${written}`;
	return written.length === 11 && written.startsWith('8') ? `7${written.slice(1)}` : written;
};

/** The one status that has two names, see `statusFilter.ts`. */
export const canonicalStatus = (status: string): string =>
	status === 'ANSWER' ? 'ANSWERED' : status;

/**
 * Statuses by their names in the catalogue, each once.
 * @throws ParameterError when there is none, rather than find calls of every status, or an unknown one
 */
export const statusesOf = (value: unknown): string[] => {
	const known = CALL_STATUSES.map((status) => status.value);
	const statuses = listOf('Status', value).map((status) => canonicalStatus(status.toUpperCase()));
	const unknown = statuses.find((status) => !known.includes(status));
	if (unknown !== undefined) {
		throw new ParameterError(
			'Status',
			`has a value that TWIN24 does not know: ${quote(unknown)}`,
			`Use one or more of: ${known.join(', ')}.`,
		);
	}
	if (statuses.length === 0)
		throw new ParameterError('Status', 'is empty', 'Choose one or more, or remove the filter.');
	return [...new Set(statuses)];
};

/** A word to search all fields for. */
export const keywordOf = (value: unknown): string => {
	const text = textOf(value);
	if (!text)
		throw new ParameterError(
			'Keyword',
			text === '' ? 'is empty' : `is not text: ${quote(value)}`,
			'Type a word, or remove the filter.',
		);
	return text;
};

/** Fields that have a parameter of their own, so that they are not set twice. */
const OWN_PARAMETER: Record<string, string> = {
	id: 'Call IDs',
	phone: 'Phone',
	status: 'Status',
	taskId: 'Task',
};

/**
 * A further filter, `name=value`.
 * @throws ParameterError when the name is no call field or has a parameter of its own, or the value is no plain one
 */
export const otherFieldOf = (name: unknown, value: unknown): { name: string; value: string } => {
	if (typeof name !== 'string' || !FIELD_NAMES.includes(name)) {
		throw new ParameterError(
			'Other Fields',
			`has an unknown field: ${quote(name)}`,
			`Use one of: ${FIELD_NAMES.join(', ')}.`,
		);
	}
	if (name in OWN_PARAMETER) {
		throw new ParameterError(
			'Other Fields',
			`has the field "${name}"`,
			`Use the filter "${OWN_PARAMETER[name]}" for it.`,
		);
	}
	const text = typeof value === 'boolean' ? String(value) : textOf(value);
	if (!text) {
		throw new ParameterError(
			'Other Fields',
			`has no plain value for the field "${name}"`,
			'Fill in the value, or remove the field.',
		);
	}
	return { name, value: text };
};
