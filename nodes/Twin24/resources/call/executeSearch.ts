import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { createRequester } from '../../transport/request';
import type { Requester } from '../../transport/request';
import type { CallQuery } from './callQuery';
import { collectCalls } from './collectCalls';
import type { CallSelection } from './collectCalls';
import { searchToCsv } from './files/searchToCsv';
import { searchToReport } from './files/searchToReport';
import { failedItem } from './nodeError';
import { requestTemplate } from './requestTemplate';
import type { RequestTemplate } from './requestTemplate';
import { admitItems } from './tooMany';
import { binaryPropertyOf, fileNameOf } from './values/file';
import { resolveZone } from './values/period';
import { oneOf, sortOf, wholeNumberOf } from './values/selection';

/** A search for one input item: everything that its parameters say, checked. */
export interface Search {
	requester: Requester;
	template: RequestTemplate;
	query: CallQuery;
	selection: CallSelection;
	/** For outputs that are files. */
	file: {
		/** Without extension; undefined when the user gave none. */
		name: string | undefined;
		/** The binary field. */
		property: string;
		/** What TWIN24 makes, for the output `report`. */
		format: 'CSV' | 'EXCEL';
		archive: boolean;
	};
	/** IANA name of the zone in which times are shown. */
	zone: string;
}

const OUTPUTS = { items: searchToItems, csv: searchToCsv, report: searchToReport };

/** Runs `search` for one input item. */
export async function executeSearch(
	this: IExecutePaginationFunctions,
	{ options }: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	const itemIndex = this.getItemIndex();
	try {
		const output = oneOf('Output', this.getNodeParameter('output', 'items'), [
			'items',
			'csv',
			'report',
		] as const);
		const selection = readSelection.call(this);
		const file = readFile.call(this);
		const zone = resolveZone(this.getNodeParameter('options.timezone', ''), this.getTimezone());
		const { parallelRequests } = selection;
		const template = requestTemplate.call(this, options);
		const requester = await createRequester(this, {
			parallelRequests,
			order: itemIndex,
			connection: template,
		});
		const query = options.qs as CallQuery;
		return await OUTPUTS[output].call(this, { requester, template, query, selection, file, zone });
	} catch (error) {
		return failedItem.call(this, error);
	}
}

/** One item per call. */
async function searchToItems(
	this: IExecutePaginationFunctions,
	{ requester, template, query, selection }: Search,
): Promise<INodeExecutionData[]> {
	const batches: INodeExecutionData[][] = [];
	// One object for all items: n8n never changes it, and saves it once.
	const pairedItem = { item: this.getItemIndex() };
	for await (const calls of collectCalls(requester, template, query, {
		...selection,
		admit: admitItems,
	})) {
		batches.push(calls.map((call) => ({ json: call as IDataObject, pairedItem })));
	}
	return batches.length === 1 ? batches[0] : batches.flat();
}

function readSelection(this: IExecutePaginationFunctions) {
	const option = (name: string, fallback: unknown) =>
		this.getNodeParameter(`options.${name}`, fallback);
	const returnAll = this.getNodeParameter('returnAll', false) === true;
	const limit = returnAll
		? undefined
		: wholeNumberOf('Limit', this.getNodeParameter('limit', 50), 1);
	const page = returnAll ? 1 : wholeNumberOf('Page', option('page', 1), 1);
	const skipped = wholeNumberOf('Offset', option('offset', 0), 0);
	return {
		limit,
		offset: skipped + (page - 1) * (limit ?? 0),
		sort: sortOf(option('sortBy', 'createdAt'), option('sortDirection', 'desc')),
		parallelRequests: wholeNumberOf('Parallel Requests', option('parallelRequests', 4), 1, 10),
	};
}

function readFile(this: IExecutePaginationFunctions): Search['file'] {
	const option = (name: string, fallback: unknown) =>
		this.getNodeParameter(`options.${name}`, fallback);
	return {
		name: fileNameOf(option('fileName', '')),
		property: binaryPropertyOf(option('binaryPropertyName', 'data')),
		format: oneOf('Report Format', this.getNodeParameter('reportFormat', 'CSV'), [
			'CSV',
			'EXCEL',
		] as const),
		archive: option('archive', false) === true,
	};
}
