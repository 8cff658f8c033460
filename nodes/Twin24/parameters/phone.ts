import type { Parameter } from './parameter';
import { ParameterError, quote } from './parameterError';
import { isEmpty, textOf } from './plainValue';

/** Brackets, dots, dashes of all lengths, spaces, and the invisible marks that come along when copying. */
const PUNCTUATION = /[\s().\-\u2010-\u2015\u2212\p{Cf}]/gu;

/** What is dialled before a country code: a plus, 00, or from Russia 8 10, which begins no Russian number. */
const INTERNATIONAL = /^(?:\+|00|810(?=\d{9}))/;

/** With its country code, as E.164 has it; shorter ones than 10 digits are not dialled from a list. */
const NUMBER = /^[1-9]\d{9,14}$/;

const REMEDY = 'Give it with its country code, e.g. +7 999 999-99-99.';

/**
 * A phone number as the API knows it: its digits with the country code, without a plus. Spaces,
 * brackets, dashes and dots are dropped; a Russian number may begin with +7, 7, 8 or, with its 10
 * digits, with none of them. After +, 00 or 8 10 the number of whatever country is taken to the letter.
 *
 * @throws ParameterError when it is empty, or no phone number
 */
export const phoneOf = (label: string, value: unknown): string => {
	if (isEmpty(value)) throw new ParameterError(label, 'is empty', REMEDY);
	// The dash of a negative number is no punctuation.
	const text = typeof value === 'number' && value < 0 ? undefined : textOf(value);
	const written = (text ?? '').replace(/^tel:/i, '').replace(PUNCTUATION, '');
	const number = INTERNATIONAL.test(written)
		? written.replace(INTERNATIONAL, '')
		: withRussianCode(written);
	if (NUMBER.test(number)) return number;
	throw new ParameterError(label, `is not a phone number: ${quote(value)}`, REMEDY);
};

const withRussianCode = (digits: string): string => {
	if (digits.length === 10) return `7${digits}`;
	return digits.length === 11 && digits.startsWith('8') ? `7${digits.slice(1)}` : digits;
};

/** The phone number of one client. */
export const phone: Parameter<string> = {
	property: {
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		placeholder: 'e.g. +7 999 999-99-99',
		default: '',
		description: 'Phone number of the client, written in any usual way',
	},
	check: (value) => phoneOf('Phone', value),
};
