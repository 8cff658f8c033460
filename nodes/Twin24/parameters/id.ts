import { ParameterError, quote } from './parameterError';
import { isEmpty, textOf } from './plainValue';

/** IDs of TWIN24 are UUIDs (every ID of the vendor's sample answer). */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const CALL_ID_EXAMPLE = '99c5b0fe-fa95-40e8-8a47-f90774c336cd';

/** What to do where the ID of a call is wrong. */
export const CALL_ID_REMEDY = `An ID looks like ${CALL_ID_EXAMPLE}; it is the field "id" of a call.`;

/**
 * An ID in lower case.
 * @throws ParameterError when it is empty or does not look like an ID of TWIN24
 */
export const idOf = (label: string, value: unknown, remedy = CALL_ID_REMEDY): string => {
	if (isEmpty(value)) throw new ParameterError(label, 'is empty', remedy);
	const id = textOf(value);
	if (id !== undefined && UUID.test(id)) return id.toLowerCase();
	throw new ParameterError(label, `is not an ID: ${quote(value)}`, remedy);
};
