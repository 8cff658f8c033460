import { RequestError, wasNotAccepted } from '../../transport/request';
import { CALL_FIELDS } from '../../report/catalogue';

/**
 * Names the likely reason of a refusal: that fields were asked for which not every edition of the API
 * knows. The API's own words stay.
 *
 * @param fields that the request asks for
 * @throws what `send` throws, with another remedy where the request was not accepted
 */
export const namingRareFields = async <T>(fields: string[], send: () => Promise<T>): Promise<T> => {
	try {
		return await send();
	} catch (error) {
		const rare = CALL_FIELDS.filter(
			({ name, notEverywhere }) => notEverywhere && fields.includes(name),
		);
		if (rare.length === 0 || !(error instanceof RequestError) || !wasNotAccepted(error)) {
			return await Promise.reject(error); // nodeError.ts makes n8n's error of it, once
		}
		const names = `the field${rare.length === 1 ? '' : 's'} ${rare.map(({ label }) => label).join(' and ')}`;
		const them = rare.length === 1 ? 'it' : 'them';
		const words = error.apiWords ? ` TWIN24 says: ${error.apiWords}` : '';
		const description = `Your TWIN24 may not know ${names}: remove ${them} under "Fields".${words}`;
		const { message, status, apiWords } = error;
		return await Promise.reject(new RequestError({ message, description, status, apiWords }));
	}
};
