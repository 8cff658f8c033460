import { readMost } from '../../../parameters/limit';
import { createRequester } from '../../../transport/request';
import { listAll } from '../../listAll';
import { operation } from '../../operation';
import { BOTS_PATH, BOTS_QUERY } from '../api';

/** Runs `getMany` for one input item: one item per bot. */
export const executeGetMany = operation(async ({ context, read, itemIndex, connection }) => {
	const most = readMost(read);
	const requester = await createRequester(context, {
		parallelRequests: 4,
		order: itemIndex,
		connection,
	});
	const bots = await listAll(requester, {
		service: 'bot',
		path: BOTS_PATH,
		query: BOTS_QUERY,
		most,
	});
	return bots.map(({ row }) => ({ json: row }));
});
