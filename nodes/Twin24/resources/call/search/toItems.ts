import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { searchCalls } from '../../../report/search';
import type { Search } from './search';
import { admitItems } from './tooMany';

/** One item per call. */
export const toItems = async ({
	requester,
	query,
	selection,
}: Search): Promise<INodeExecutionData[]> => {
	const batches: INodeExecutionData[][] = [];
	const calls = searchCalls(requester, query, { ...selection, admit: admitItems });
	for await (const batch of calls) {
		batches.push(batch.map((call) => ({ json: call as IDataObject })));
	}
	return batches.length === 1 ? batches[0] : batches.flat();
};
