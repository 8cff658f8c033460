import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { fileItem, storeFile } from '../../../files/binary';
import { nameOfPeriod } from '../../../files/periodName';
import { PriorityPool } from '../../../paging/pool';
import { readOne } from '../../../parameters/parameter';
import { writtenPeriod } from '../../../parameters/period';
import { fetchFile, planFiles } from '../../../report/files';
import type { Search } from './search';
import { reportFormat } from './parameters';

/**
 * A search as the files that TWIN24 itself makes: all calls of the period, one item for each file. A
 * period without calls yields nothing: an item without a file would stop whatever stores files next.
 */
export const toReportFiles = async (search: Search): Promise<INodeExecutionData[]> => {
	const { context, read, requester, query, selection, options, zone } = search;
	const { archive, binaryPropertyName, fileName, parallelRequests } = options;
	const format = readOne(read, reportFormat);
	const parts = await planFiles(requester, query, selection);
	const base = fileName ?? nameOfPeriod(query.period, zone);
	const digits = String(parts.length).length;
	const nameOf = (index: number) =>
		parts.length === 1 ? base : `${base}_${String(index + 1).padStart(digits, '0')}`;

	const pool = new PriorityPool(parallelRequests);
	return await pool.map([...parts.entries()], async ([index, part]) => {
		const file = { format, archive, name: nameOf(index) };
		const made = await fetchFile(requester, query, selection, part, file);
		const name = `${file.name}.${made.extension}`;
		const { bytes: content, mimeType } = made;
		const binary = await storeFile(context, { name, mimeType, content });
		const json: IDataObject = { name, rows: part.rows, ...writtenPeriod(part.period, zone) };
		return fileItem(json, binaryPropertyName, binary);
	});
};
