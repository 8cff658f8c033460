import { readMost } from '../../../parameters/limit';
import { readOne } from '../../../parameters/parameter';
import { createRequester } from '../../../transport/request';
import { hasWord } from '../../entries';
import { listAll } from '../../listAll';
import { operation } from '../../operation';
import { TASKS_PATH } from '../api';
import { statusOf } from '../lookAt';
import { filters } from './parameters';

/** Runs `getMany` for one input item: one item per task. */
export const executeGetMany = operation(async ({ context, read, itemIndex, connection }) => {
	const most = readMost(read);
	const { keyword = '', status } = readOne(read, filters);
	const requester = await createRequester(context, {
		parallelRequests: 4,
		order: itemIndex,
		connection,
	});
	const isNamed = hasWord(keyword);
	const tasks = await listAll(requester, {
		service: 'cis',
		path: TASKS_PATH,
		query: {
			...(keyword === '' ? {} : { keyword }),
			// Commas without spaces, as the vendor's sample has them.
			...(status === undefined ? {} : { status: status.join(',') }),
		},
		most,
		isWanted: (task) => {
			const itsStatus = statusOf(task);
			const fits = status === undefined || itsStatus === undefined || status.includes(itsStatus);
			return fits && isNamed(task);
		},
	});
	return tasks.map(({ row }) => ({ json: row }));
});
