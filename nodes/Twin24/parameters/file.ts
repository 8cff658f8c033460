import { isSafeObjectProperty } from 'n8n-workflow';

import type { Parameter } from './parameter';
import { ParameterError, quote } from './parameterError';
import { isEmpty } from './plainValue';

/** Longest name: file systems take 255 bytes, and a Cyrillic letter is two of them. */
const LONGEST_NAME = 100;

/** Folders, and characters that cannot be seen. */
const FORBIDDEN = /[/\\\p{Cc}]/u;

const OWN_EXTENSION = /\.(csv|xlsx?|zip|mp3)$/i;

const NAME_REMEDY = 'Give a plain name, e.g. calls of June, or remove the option.';

/** The name of a file without its extension, which is added later; undefined when none is given. */
export const fileName: Parameter<string | undefined> = {
	property: {
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		placeholder: 'e.g. calls of June',
		default: '',
		description: 'Name of the file, without its extension. Empty: one is made up.',
	},
	check: (value) => {
		if (isEmpty(value)) return undefined;
		const { displayName } = fileName.property;
		if (typeof value !== 'string' && typeof value !== 'number') {
			throw new ParameterError(displayName, `is no text: ${quote(value)}`, NAME_REMEDY);
		}
		const name = String(value).trim().replace(OWN_EXTENSION, '').trim();
		if (/^\.*$/.test(name)) {
			throw new ParameterError(displayName, `names nothing: ${quote(value)}`, NAME_REMEDY);
		}
		if (FORBIDDEN.test(name)) {
			throw new ParameterError(
				displayName,
				`has a slash or a character that cannot be in a name: ${quote(value)}`,
				NAME_REMEDY,
			);
		}
		if (name.length > LONGEST_NAME) {
			throw new ParameterError(
				displayName,
				`has ${name.length} characters`,
				`Give a name of at most ${LONGEST_NAME}.`,
			);
		}
		return name;
	},
};

/** A field that expressions and n8n's other nodes can name; several are listed by commas there. */
const FIELD = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

/** The binary field to put files in. */
export const binaryPropertyName: Parameter<string> = {
	property: {
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		placeholder: 'e.g. data',
		default: 'data',
		hint: 'The name of the output binary field to put the file in',
		description: 'Name of the binary field that holds the file',
	},
	check: (value) => {
		const name = typeof value === 'string' ? value.trim() : '';
		if (FIELD.test(name) && isSafeObjectProperty(name)) return name;
		throw new ParameterError(
			binaryPropertyName.property.displayName,
			`is no name for a field: ${quote(value)}`,
			'Use letters, digits and underscores, e.g. data.',
		);
	},
};
