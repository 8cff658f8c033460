import { listedOrById } from '../../parameters/locator';

/** A dial task. */
export const taskIdFor = (description: string, remedy = 'Choose a task.') =>
	listedOrById({
		displayName: 'Task',
		name: 'taskId',
		description,
		searchListMethod: 'searchTasks',
		one: 'task',
		example: '71c30c27-4211-4e96-8ce7-fbb459aee6fe',
		idHint: 'The ID of a task is the field "taskId" of its calls',
		remedy: `${remedy} The ID of a task is the field "taskId" of its calls.`,
	});
