import { pickFromList } from '../pickFromList';
import { TASKS_PATH } from './api';

/** Finds dial tasks by their names, for the list of a resource locator. */
export const searchTasks = pickFromList({
	service: 'cis',
	path: TASKS_PATH,
	searches: true,
	many: 'tasks',
	remedy: 'Choose "By ID" and give the ID of the task, which is the field "taskId" of its calls.',
	reasons: {
		403: 'This TWIN24 account may not read the dial tasks (HTTP 403)',
		404: 'There are no dial tasks at the Tasks URL of the credential (HTTP 404)',
	},
});
