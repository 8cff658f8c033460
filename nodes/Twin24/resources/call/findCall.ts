import type { Row } from '../../paging/page';
import type { Requester } from '../../transport/request';
import { namingRareFields } from './rareFields';
import { CALLS_URL, readPage } from './report';
import type { RequestTemplate } from './requestTemplate';
import { ParameterError } from './values/parameterError';

/**
 * One call by its ID.
 * @param parameter the display name of the parameter that holds the ID
 * @param fields to ask for, "id" among them or not
 * @throws ParameterError when TWIN24 does not know it
 */
export const findCall = async (
	{ request }: Requester,
	template: RequestTemplate,
	parameter: string,
	id: string,
	fields: string[],
): Promise<Row> => {
	const asked = [...new Set([...fields, 'id'])].join(',');
	const { items } = await namingRareFields(
		fields,
		async () =>
			await request({ ...template, url: CALLS_URL, qs: { id, fields: asked, limit: 1 } }, readPage),
	);
	const call = items.find((item) => item.id.toLowerCase() === id);
	if (!call) {
		throw new ParameterError(
			parameter,
			`names no call: TWIN24 does not know ${id}`,
			'Check the ID and the account of the credential. A call reaches the report some minutes after it ended.',
		);
	}
	return call;
};
