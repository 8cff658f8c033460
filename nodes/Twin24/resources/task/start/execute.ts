import { control } from '../control';

/** Runs `start` for one input item: the task's people are phoned from now on. A running task is left alone. */
export const executeStart = control({
	verb: 'play',
	done: 'PROCESS',
	repeatable: false,
	looksFirst: true,
	refusal: (status) =>
		status === 'HALTED' ? 'it was stopped for good, or is past its lifetime' : undefined,
});
