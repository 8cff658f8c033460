import { readOne } from '../../../parameters/parameter';
import { phone } from '../../../parameters/phone';
import { createRequester, RequestError } from '../../../transport/request';
import { operation } from '../../operation';
import { namingTask } from '../../task/lookAt';
import { CANDIDATES_PATH } from '../api';
import { taskId } from './parameters';

/** Runs `cancel` for one input item: a number is not dialled any more in a task. */
export const executeCancel = operation(async ({ context, read, itemIndex, connection }) => {
	const autoCallId = readOne(read, taskId);
	const number = readOne(read, phone);
	const { request } = await createRequester(context, {
		parallelRequests: 4,
		order: itemIndex,
		connection,
	});
	const path = `${CANDIDATES_PATH}/cancel`;
	const query = { autoCallId, phone: number };
	const response = await request(
		{ service: 'cis', path, method: 'POST', query, accepts: 'anything' },
		(body) => body,
	).catch((error: unknown) => {
		throw naming(number, namingTask(autoCallId, error));
	});
	return [{ json: { taskId: autoCallId, phone: number, response: toJson(response) } }];
});

/** What TWIN24 said, where it said anything. */
const toJson = (body: unknown) => (typeof body === 'object' ? body : null);

/** Where nobody knows whether it was cancelled: what to do. */
const naming = (number: string, error: unknown): unknown => {
	if (!(error instanceof RequestError) || !error.outcomeUnknown) return error;
	return error.reworded({
		description: `The number ${number} may or may not be dialled still. Cancel it again: doing so twice does no harm. ${error.description}`,
	});
};
