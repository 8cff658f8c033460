import type { INodeExecutionData } from 'n8n-workflow';

import { fileItem, storeFile } from '../../../files/binary';
import { csvFile } from '../../../files/csv';
import { nameOfPeriod } from '../../../files/periodName';
import { writtenPeriod } from '../../../parameters/period';
import { searchCalls } from '../../../report/search';
import type { Search } from './search';

/**
 * A search as one CSV file: all calls, however many, turned to text window by window. Where the order
 * is not that of the period, all of them are held until they are sorted.
 */
export const toCsv = async ({
	context,
	requester,
	query,
	selection,
	options,
	zone,
}: Search): Promise<INodeExecutionData[]> => {
	const name = `${options.fileName ?? nameOfPeriod(query.period, zone)}.csv`;
	const calls = searchCalls(requester, query, { ...selection, stream: true });
	let rows = 0;
	const content = csvFile(calls, query.fields, options.csvFormat, (count) => (rows += count));
	const binary = await storeFile(context, { name, mimeType: 'text/csv', content });
	const json = { name, rows, ...writtenPeriod(query.period, zone) };
	return [fileItem(json, options.binaryPropertyName, binary)];
};
