import type { DeclarativeRestApiSettings, IExecutePaginationFunctions, INodeExecutionData, IDataObject } from 'n8n-workflow';

import { createRequester } from '../../transport/request';
import type { CallQuery } from './callQuery';
import { collectCalls } from './collectCalls';
import { requestTemplate } from './requestTemplate';
import { admitItems } from './tooMany';
import { toNodeError } from './nodeError';
import { sortOf, wholeNumberOf } from './values/selection';

/** Runs `search` for one input item: one item per call. */
export async function executeSearch(
	this: IExecutePaginationFunctions,
	{ options }: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	const itemIndex = this.getItemIndex();
	try {
		const query = options.qs as CallQuery;
		const { limit, offset, sort, parallelRequests } = readSelection.call(this);
		const requester = await createRequester(this, { parallelRequests, order: itemIndex });
		const selection = { limit, offset, sort, parallelRequests, admit: admitItems };
		const items: INodeExecutionData[] = [];
		for await (const calls of collectCalls(requester, requestTemplate.call(this, options), query, selection)) {
			for (const call of calls) items.push({ json: call as IDataObject, pairedItem: { item: itemIndex } });
		}
		return items;
	} catch (error) {
		throw toNodeError(this.getNode(), error, itemIndex);
	}
}

function readSelection(this: IExecutePaginationFunctions) {
	const option = (name: string, fallback: unknown) => this.getNodeParameter(`options.${name}`, fallback);
	const returnAll = this.getNodeParameter('returnAll', false) === true;
	const limit = returnAll ? undefined : wholeNumberOf('Limit', this.getNodeParameter('limit', 50), 1);
	const page = returnAll ? 1 : wholeNumberOf('Page', option('page', 1), 1);
	const skipped = wholeNumberOf('Offset', option('offset', 0), 0);
	return {
		limit,
		offset: skipped + (page - 1) * (limit ?? 0),
		sort: sortOf(option('sortBy', 'createdAt'), option('sortDirection', 'desc')),
		parallelRequests: wholeNumberOf('Parallel Requests', option('parallelRequests', 4), 1, 10),
	};
}
