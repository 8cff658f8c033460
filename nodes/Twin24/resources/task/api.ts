/** The dial tasks, below the service `cis`. The pages of the list count from 0. */
export const TASKS_PATH = '/api/v1/telephony/autoCall';

/** One task. */
export const taskPath = (id: string) => `${TASKS_PATH}/${id}`;

/** Statuses that the API is known to give; others are passed through. */
export const TASK_STATUSES = [
	{ name: 'Blank', value: 'BLANK', description: 'Nobody is in it yet' },
	{ name: 'Halted', value: 'HALTED', description: 'Stopped for good, or past its lifetime' },
	{ name: 'Paused', value: 'PAUSED', description: 'Nobody is phoned until it is started again' },
	{ name: 'Process', value: 'PROCESS', description: 'People are being phoned' },
	{ name: 'Ready', value: 'READY', description: 'Waits for its start or its time' },
];
