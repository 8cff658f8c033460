import type { IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';

import { namesIn, periodIn } from '../callQuery';
import { collectCalls } from '../collectCalls';
import type { Search } from '../executeSearch';
import { csvFile } from './csv';
import { nameOfPeriod, shownPeriod } from './period';
import { fileItem, storeFile } from './storeFile';

/**
 * A search as one CSV file: the same calls as the items would be, however many, turned to text window
 * by window. Where the order is not that of the period, all of them are held until they are sorted.
 */
export async function searchToCsv(
	this: IExecutePaginationFunctions,
	{ requester, template, query, selection, file, zone }: Search,
): Promise<INodeExecutionData[]> {
	const period = periodIn(query);
	const name = `${file.name ?? nameOfPeriod(period, zone)}.csv`;
	const calls = collectCalls(requester, template, query, { ...selection, stream: true });
	let rows = 0;
	const content = csvFile(calls, namesIn(query.fields), (count) => (rows += count));
	const binary = await storeFile.call(this, { name, mimeType: 'text/csv', content });
	return [
		fileItem(
			{ name, rows, ...shownPeriod(period, zone) },
			file.property,
			binary,
			this.getItemIndex(),
		),
	];
}
