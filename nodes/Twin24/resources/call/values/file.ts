import { isSafeObjectProperty } from 'n8n-workflow';

import { ParameterError, quote } from './parameterError';

/** Longest name: file systems take 255 bytes, and a Cyrillic letter is two of them. */
const LONGEST_NAME = 100;

/** Folders, and characters that cannot be seen. */
const FORBIDDEN = /[/\\\p{Cc}]/u;

const OWN_EXTENSION = /\.(csv|xlsx?|zip|mp3)$/i;

/**
 * The name of a file without its extension, which is added later.
 * @returns undefined when none is given
 * @throws ParameterError when it names a folder, or nothing
 */
export const fileNameOf = (value: unknown): string | undefined => {
	if (value === undefined || value === null || value === '') return undefined;
	const remedy = 'Give a plain name, e.g. calls of June, or remove the option.';
	if (typeof value !== 'string' && typeof value !== 'number') {
		throw new ParameterError('File Name', `is no text: ${quote(value)}`, remedy);
	}
	const text = String(value);
	const name = text.trim().replace(OWN_EXTENSION, '').trim();
	if (/^\.*$/.test(name))
		throw new ParameterError('File Name', `names nothing: ${quote(value)}`, remedy);
	if (FORBIDDEN.test(name)) {
		throw new ParameterError(
			'File Name',
			`has a slash or a character that cannot be in a name: ${quote(value)}`,
			remedy,
		);
	}
	if (name.length > LONGEST_NAME) {
		throw new ParameterError(
			'File Name',
			`has ${name.length} characters`,
			`Give a name of at most ${LONGEST_NAME}.`,
		);
	}
	return name;
};

/** A field that expressions and n8n's other nodes can name; several are listed by commas there. */
const FIELD = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

/**
 * The binary field to put files in.
 * @throws ParameterError when n8n or its other nodes could not read from a field of that name
 */
export const binaryPropertyOf = (value: unknown): string => {
	const name = typeof value === 'string' ? value.trim() : '';
	if (!FIELD.test(name) || !isSafeObjectProperty(name)) {
		throw new ParameterError(
			'Put Output File in Field',
			`is no name for a field: ${quote(value)}`,
			'Use letters, digits and underscores, e.g. data.',
		);
	}
	return name;
};
