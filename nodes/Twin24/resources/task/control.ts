import type { INodeExecutionData } from 'n8n-workflow';

import { readOne } from '../../parameters/parameter';
import { ParameterError } from '../../parameters/parameterError';
import { createRequester } from '../../transport/request';
import type { RequestError, Requester } from '../../transport/request';
import { settled } from '../../transport/settled';
import type { Entry } from '../entries';
import { operation } from '../operation';
import { taskPath } from './api';
import { lookAtIfTold, namingTask, statusOf, wasRefused } from './lookAt';
import { taskIdFor } from './taskId';

/** One of the things that a task can be told to do. */
interface Control {
	/** Last part of the request's path. */
	verb: 'play' | 'pause' | 'halted';
	/** The status in which it has been done already. */
	done: string;
	/** Whether asking again can do no harm. */
	repeatable: boolean;
	/** Says why it cannot be done to a task in a status, or undefined when it may be. */
	refusal?: (status: string) => string | undefined;
	/** Whether the status is looked at before: nothing is sent to a task that is there already. */
	looksFirst: boolean;
}

export const controlledTask = taskIdFor('The dial task');

/**
 * Makes an operation that tells a task to do something. The item says in which status the task is
 * afterwards, null where TWIN24 does not tell.
 */
export const control = ({ verb, done, repeatable, refusal, looksFirst }: Control) =>
	operation(async ({ context, read, itemIndex, connection }): Promise<INodeExecutionData[]> => {
		const id = readOne(read, controlledTask);
		const requester = await createRequester(context, {
			parallelRequests: 4,
			order: itemIndex,
			connection,
		});
		if (looksFirst) {
			const before = await lookAtIfTold(requester, id);
			const status = statusOf(before);
			if (status === done) return itemOf(id, before);
			const why = status === undefined ? undefined : refusal?.(status);
			if (why !== undefined)
				throw new ParameterError(
					controlledTask.property.displayName,
					`cannot be started: ${why}`,
					`Its status in TWIN24 is ${status}. Choose another task, or create one.`,
				);
		}
		const error = await tell(requester, `${taskPath(id)}/${verb}`, repeatable);
		const after = await lookAtIfTold(requester, id);
		// Refused, and there all the same: an earlier attempt did it, or somebody else.
		if (error && statusOf(after) !== done) throw namingTask(id, error);
		return itemOf(id, after);
	});

/** @returns the refusal, if it was refused. Throws whatever else a request throws */
const tell = async (
	{ request }: Requester,
	path: string,
	repeatable: boolean,
): Promise<RequestError | undefined> => {
	const told = await settled(
		request(
			{ service: 'cis', path, method: 'POST', repeatable, accepts: 'anything' },
			() => undefined,
		),
	);
	if (told.status === 'fulfilled') return undefined;
	if (wasRefused(told.reason)) return told.reason;
	throw told.reason;
};

const itemOf = (id: string, task?: Entry): INodeExecutionData[] => [
	{
		json: { id, name: task && task.name !== id ? task.name : null, status: statusOf(task) ?? null },
	},
];
