import type { DeclarativeRestApiSettings, IDataObject, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';

import { createRequester } from '../../transport/request';
import { namesIn } from './callQuery';
import { toNodeError } from './nodeError';
import { CALLS_URL, readPage } from './report';
import { requestTemplate } from './requestTemplate';
import { ParameterError } from './values/parameterError';

/** Runs `get` for one input item: the call, or an error that names the ID. */
export async function executeGet(
	this: IExecutePaginationFunctions,
	{ options }: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	const itemIndex = this.getItemIndex();
	try {
		const { id, fields } = options.qs as { id: string; fields: string };
		const wanted = namesIn(fields);
		const { request } = await createRequester(this, { parallelRequests: 4, order: itemIndex });
		const asked = [...new Set([...wanted, 'id'])].join(',');
		const template = requestTemplate.call(this, options);
		const { items } = await request({ ...template, url: CALLS_URL, qs: { id, fields: asked, limit: 1 } }, readPage);
		const call = items.find((item) => item.id.toLowerCase() === id);
		if (!call) {
			throw new ParameterError('Call ID', `names no call: TWIN24 does not know ${id}`, 'Check the ID and the account of the credential. A call reaches the report some minutes after it ended.');
		}
		const json = wanted.includes('id') ? call : Object.fromEntries(Object.entries(call).filter(([name]) => name !== 'id'));
		return [{ json: json as IDataObject, pairedItem: { item: itemIndex } }];
	} catch (error) {
		throw toNodeError(this.getNode(), error, itemIndex);
	}
}
