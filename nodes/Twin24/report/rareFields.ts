import { RequestError, wasNotAccepted } from '../transport/request';
import { CALL_FIELDS } from './catalogue';

/**
 * Names the likely reason of a refusal: that fields were asked for which not every edition of the API
 * knows. The API's own words stay.
 *
 * @param fields that the request asks for
 * @throws what `send` throws, with another remedy where the request was not accepted
 */
export const namingRareFields = async <T>(fields: string[], send: () => Promise<T>): Promise<T> =>
	await send().catch((error: unknown) => {
		throw explained(error, fields);
	});

const explained = (error: unknown, fields: string[]): unknown => {
	const rare = CALL_FIELDS.filter(
		({ name, notEverywhere }) => notEverywhere && fields.includes(name),
	);
	if (rare.length === 0 || !(error instanceof RequestError) || !wasNotAccepted(error)) return error;
	const names = `the field${rare.length === 1 ? '' : 's'} ${rare.map(({ label }) => label).join(' and ')}`;
	const them = rare.length === 1 ? 'it' : 'them';
	const words = error.apiWords ? ` TWIN24 says: ${error.apiWords}` : '';
	const description = `Your TWIN24 may not know ${names}: remove ${them} under "Fields".${words}`;
	return Object.assign(error, { description });
};
