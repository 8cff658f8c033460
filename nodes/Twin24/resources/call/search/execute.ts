import type { INodeExecutionData } from 'n8n-workflow';

import { limit as limitParameter, returnAll } from '../../../parameters/limit';
import { readOne } from '../../../parameters/parameter';
import type { CallSelection } from '../../../report/search';
import { createRequester } from '../../../transport/request';
import { operation } from '../../operation';
import type { Run } from '../../operation';
import { readQuery, zoneOf } from '../readQuery';
import { output, searchOptions } from './parameters';
import type { Search, SearchOptions } from './search';
import { toCsv } from './toCsv';
import { toItems } from './toItems';
import { toReportFiles } from './toReportFiles';

const OUTPUTS: Record<string, (search: Search) => Promise<INodeExecutionData[]>> = {
	items: toItems,
	csv: toCsv,
	report: toReportFiles,
};

/** Runs `search` for one input item. */
export const executeSearch = operation(async (run) => {
	const { context, read, itemIndex, connection } = run;
	const form = readOne(read, output);
	const options = readOne(read, searchOptions);
	const zone = zoneOf(options, context);
	const query = readQuery(read, options, zone);
	const { parallelRequests, sortBy, sortDirection } = options;
	const selection: CallSelection = {
		...(form === 'items' ? readPart(run, options) : { offset: 0 }),
		sort: { field: sortBy, direction: sortDirection },
		parallelRequests,
	};
	const requester = await createRequester(context, {
		parallelRequests,
		order: itemIndex,
		connection,
	});
	return await OUTPUTS[form]({ ...run, requester, query, selection, options, zone });
});

/** Which part of the calls is wanted as items; files always hold all of them. */
const readPart = ({ read }: Run, { offset, page }: SearchOptions) => {
	if (readOne(read, returnAll)) return { offset };
	const limit = readOne(read, limitParameter);
	return { limit, offset: offset + (page - 1) * limit };
};
