import { control } from '../control';

/** Runs `stop` for one input item, for good. Asking twice stops once, so a failed request is made again. */
export const executeStop = control({
	verb: 'halted',
	done: 'HALTED',
	repeatable: true,
	looksFirst: false,
});
