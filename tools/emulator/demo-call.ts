import { CALL_STATUSES } from '../../nodes/Twin24/report/catalogue';
import type { Call, NewCall } from './call';
import type { Dialler } from './dialling/dialler';

/** A result that a call can be made with. */
export type CallResult = Pick<
	NewCall,
	'status' | 'phone' | 'externalId' | 'dialogResults' | 'taskId'
>;

/**
 * Makes one call, as if a task had dialled it: it stands in the report at once, and the webhooks of
 * its task tell of it. Without a task it belongs to one that has webhooks, or to any.
 *
 * @throws Error for a status that a call cannot end with, or a task that there is not
 */
export function makeCall(dialler: Dialler, given: CallResult = {}): Call {
	const { status, taskId } = given;
	if (status !== undefined && !CALL_STATUSES.some(({ value, final }) => final && value === status))
		throw new Error(`A call cannot end with ${status}.`);
	const hooked = dialler.tasks.find(({ settings }) => (settings.webhookUrls ?? []).length > 0);
	const task = taskId === undefined ? hooked : dialler.task(taskId);
	if (taskId !== undefined && !task) throw new Error(`There is no task ${taskId}.`);
	return dialler.callOnce({ ...given, taskId: task?.id });
}
