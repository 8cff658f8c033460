import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { createRequester } from '../../transport/request';
import { namesIn } from './callQuery';
import { findCall } from './findCall';
import { failedItem } from './nodeError';
import { requestTemplate } from './requestTemplate';

/** Runs `get` for one input item: the call, or an error that names the ID. */
export async function executeGet(
	this: IExecutePaginationFunctions,
	{ options }: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	const itemIndex = this.getItemIndex();
	try {
		const { id, fields } = options.qs as { id: string; fields: string };
		const wanted = namesIn(fields);
		const template = requestTemplate.call(this, options);
		const requester = await createRequester(this, {
			parallelRequests: 4,
			order: itemIndex,
			connection: template,
		});
		const call = await findCall(requester, template, 'Call ID', id, wanted);
		const json = wanted.includes('id')
			? call
			: Object.fromEntries(Object.entries(call).filter(([name]) => name !== 'id'));
		return [{ json: json as IDataObject, pairedItem: { item: itemIndex } }];
	} catch (error) {
		return failedItem.call(this, error);
	}
}
