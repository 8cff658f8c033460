import type { ReadParameter } from '../../../parameters/parameter';
import { readOne } from '../../../parameters/parameter';
import { operation } from '../../operation';
import { untilItTakesPeople } from '../../task/fresh';
import { namingTask } from '../../task/lookAt';
import { CANDIDATES_PATH } from '../api';
import { deliver } from '../deliver';
import type { Carrier } from '../deliver';
import { candidateOf, readPerson } from '../person';
import type { Person } from '../person';
import {
	addOptions,
	batchSize as batchSizeParameter,
	taskId as taskIdParameter,
} from './parameters';

interface TaskPerson extends Person {
	taskId: string;
	batchSize: number;
	startTask: boolean;
}

/** @throws ParameterError */
const readTaskPerson = (read: ReadParameter): TaskPerson => {
	const taskId = readOne(read, taskIdParameter);
	const options = readOne(read, addOptions);
	const { batchSize = batchSizeParameter.check(batchSizeParameter.property.default) } = options;
	const { startTask = false } = options;
	return { ...readPerson(read, options), taskId, batchSize, startTask };
};

/** Into tasks that there are, those of one task together, up to 1,000 in a request. */
const intoTasks: Carrier<TaskPerson> = {
	name: 'people into tasks',
	done: 'added',
	whereToLook:
		'Look before you send it again: in the list of the people of the task in the TWIN24 cabinet, or, once calls were made, with Search of the calls and the filter Other Fields > External ID.',
	placeOf: ({ taskId }) => taskId,
	groupOf: ({ taskId, startTask }) => `${taskId} ${startTask}`,
	batchSizeOf: (group) => Math.min(...group.map(({ batchSize }) => batchSize)),
	ready: async (requester, [{ taskId }], signal) =>
		await untilItTakesPeople(requester, taskId, signal),
	send: async ({ request }, people, isLast, read) => {
		const [{ taskId, startTask }] = people;
		const body = {
			// Not before all are in it: what goes wrong until then can be looked at in peace.
			forceStart: startTask && isLast,
			batch: people.map((person) => ({ autoCallId: taskId, ...candidateOf(person) })),
		};
		const path = `${CANDIDATES_PATH}/batch`;
		return await request({ service: 'cis', path, method: 'POST', body }, read).catch(
			(error: unknown) => {
				throw namingTask(taskId, error);
			},
		);
	},
	consequence: ([{ startTask }], kind) => {
		if (!startTask) return '';
		const not = kind === 'unknown' ? 'may or may not have been' : 'was not';
		return `The task ${not} started by it: see its status, and use Start of the tasks.`;
	},
	itemOf: ({ taskId }, { candidateId, response }) => ({
		taskId,
		contactId: candidateId,
		response,
	}),
};

/** Runs `addToTask` for one input item; those of one execution are sent together. */
export const executeAddToTask = operation(async (run) => [
	{ json: await deliver(run, intoTasks, () => readTaskPerson(run.read)) },
]);
