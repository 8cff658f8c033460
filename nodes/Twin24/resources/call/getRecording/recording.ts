import { isResourceLocatorValue } from 'n8n-workflow';

import { CALL_ID_EXAMPLE, idOf } from '../../../parameters/id';
import { locatedValue } from '../../../parameters/locator';
import type { Parameter } from '../../../parameters/parameter';
import { ParameterError, quote } from '../../../parameters/parameterError';
import { isEmpty } from '../../../parameters/plainValue';

export type Recording = { id: string } | { url: string };

/** Whose recording, or where it is. From an expression also a plain ID or address. */
export const recording: Parameter<Recording> = {
	property: {
		displayName: 'Recording',
		name: 'recording',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'id', value: '' },
		description: 'The call whose recording to get, or the address of the recording',
		modes: [
			{
				displayName: 'By Call ID',
				name: 'id',
				type: 'string',
				placeholder: `e.g. ${CALL_ID_EXAMPLE}`,
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: `e.g. https://minio.twin24.ai/…/${CALL_ID_EXAMPLE}.mp3`,
				hint: 'The field "recordPath" of a call. The TWIN24 login is not sent to this address.',
			},
		],
	},
	check: (value) => {
		const label = recording.property.displayName;
		const text = locatedValue(value);
		const isUrl = isResourceLocatorValue(value)
			? value.mode === 'url'
			: typeof text === 'string' && text.includes('://');
		return isUrl ? { url: webAddressOf(label, text) } : { id: idOf(label, text) };
	},
};

/** @throws ParameterError when it is no http(s) address. It stays as it is written: TWIN24's have a double slash. */
export const webAddressOf = (label: string, value: unknown): string => {
	const remedy =
		'Give the address that the field "recordPath" of a call holds; it begins with https://';
	if (isEmpty(value)) throw new ParameterError(label, 'is empty', remedy);
	const text = typeof value === 'string' ? value.trim() : '';
	if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
	throw new ParameterError(label, `is not a web address: ${quote(value)}`, remedy);
};
