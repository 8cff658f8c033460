import { control } from '../control';

/** Runs `pause` for one input item. Asking twice pauses once, so a failed request is made again. */
export const executePause = control({
	verb: 'pause',
	done: 'PAUSED',
	repeatable: true,
	looksFirst: false,
});
