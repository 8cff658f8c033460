import { RequestError } from '../../transport/request';
import type { Requester } from '../../transport/request';
import { settled } from '../../transport/settled';
import { readEntry } from '../entries';
import type { Entry } from '../entries';
import { taskPath } from './api';

/** One task as it is now. @throws whatever a request throws */
export const lookAt = async ({ request }: Requester, id: string): Promise<Entry> =>
	await request({ service: 'cis', path: taskPath(id) }, readEntry).catch((error: unknown) => {
		throw namingTask(id, error);
	});

/** The error itself, or where it says that TWIN24 has not found something: one that names the task. */
export const namingTask = (id: string, error: unknown): unknown => {
	if (!(error instanceof RequestError) || error.status !== 404) return error;
	const says = error.apiWords === undefined ? '' : ` TWIN24 says: ${error.apiWords}`;
	return error.reworded({
		message: `TWIN24 does not know the task ${id} (HTTP 404)`,
		description: `Check the ID of the task, the account of the credential and its Tasks URL.${says}`,
	});
};

/**
 * The same, and undefined where TWIN24 does not tell: that one task can be read is known of one client
 * only, so an answer that there is none proves nothing.
 * @throws whatever else a request throws
 */
export const lookAtIfTold = async (
	requester: Requester,
	id: string,
): Promise<Entry | undefined> => {
	const task = await settled(lookAt(requester, id));
	if (task.status === 'fulfilled') return task.value;
	if (wasRefused(task.reason)) return undefined;
	throw task.reason;
};

/** The word for what the task does; undefined where TWIN24 does not tell. */
export const statusOf = (task?: Entry): string | undefined =>
	typeof task?.row.status === 'string' ? task.row.status.toUpperCase() : undefined;

/** Whether TWIN24 understood a request and refused it, so that it certainly did nothing. */
export const wasRefused = (error: unknown): error is RequestError =>
	error instanceof RequestError &&
	!error.outcomeUnknown &&
	error.status !== undefined &&
	error.status >= 400 &&
	error.status < 500 &&
	![401, 402, 408, 425, 429].includes(error.status);
