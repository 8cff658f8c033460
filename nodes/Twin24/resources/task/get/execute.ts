import { readOne } from '../../../parameters/parameter';
import { createRequester } from '../../../transport/request';
import { operation } from '../../operation';
import { controlledTask } from '../control';
import { lookAt } from '../lookAt';

/** Runs `get` for one input item: the task with all that TWIN24 tells of it. */
export const executeGet = operation(async ({ context, read, itemIndex, connection }) => {
	const id = readOne(read, controlledTask);
	const requester = await createRequester(context, {
		parallelRequests: 4,
		order: itemIndex,
		connection,
	});
	const { row } = await lookAt(requester, id);
	return [{ json: row }];
});
