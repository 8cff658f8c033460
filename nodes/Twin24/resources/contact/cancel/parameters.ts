import { taskIdFor } from '../../task/taskId';

/** The parameters that only a cancellation has. */

export const taskId = taskIdFor('The dial task in which the person is not to be phoned any more');
