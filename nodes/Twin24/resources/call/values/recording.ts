import { idOf } from './filters';
import { ParameterError, quote } from './parameterError';

export type Recording = { id: string } | { url: string };

/**
 * Whose recording, or where it is.
 * @param value a resource locator, or from an expression its plain value: an ID or a URL
 * @throws ParameterError when it is neither a call's ID nor a web address
 */
export const recordingOf = (value: unknown): Recording => {
	const locator =
		typeof value === 'object' && value !== null && 'mode' in value
			? (value as { mode: unknown; value?: unknown })
			: undefined;
	const text = locator ? locator.value : value;
	const isUrl = locator ? locator.mode === 'url' : typeof text === 'string' && text.includes('://');
	return isUrl ? { url: webAddressOf('Recording', text) } : { id: idOf('Recording', text) };
};

/** @throws ParameterError when it is no http(s) address. It stays as it is written: TWIN24's have a double slash. */
export const webAddressOf = (label: string, value: unknown): string => {
	const text = typeof value === 'string' ? value.trim() : '';
	const remedy =
		'Give the address that the field "recordPath" of a call holds; it begins with https://';
	if (text === '')
		throw new ParameterError(
			label,
			typeof value === 'string' ? 'is empty' : `is not a web address: ${quote(value)}`,
			remedy,
		);
	if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
		throw new ParameterError(label, `is not a web address: ${quote(value)}`, remedy);
	}
	return text;
};
