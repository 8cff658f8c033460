import { flag, wholeNumber } from '../../../parameters/kinds';
import { taskIdFor } from '../../task/taskId';
import { optionsWith } from '../person';

/** The parameters that only adding to a task has. */

export const taskId = taskIdFor('The dial task that the person is added to');

export const batchSize = wholeNumber({
	displayName: 'Batch Size',
	name: 'batchSize',
	min: 1,
	max: 1000,
	default: 100,
	description:
		'How many people go into one request. TWIN24 may refuse a request as a whole for one bad number: smaller requests keep the others.',
});

const startTask = flag({
	displayName: 'Start Task',
	name: 'startTask',
	// Off even where it was just added: nobody is phoned by a glance at the options.
	default: false,
	description:
		'Whether TWIN24 starts to phone the people of the task once all are added. Otherwise nobody is phoned until the task is started.',
});

export const addOptions = optionsWith({ batchSize, startTask });
