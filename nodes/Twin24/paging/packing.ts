import { SECOND } from './page';

/** Rows in one second, epoch milliseconds. */
export interface BusySecond {
	second: number;
	rows: number;
}

/** Rows from the second `first` to the second `last`, both with it. */
export interface Stretch {
	first: number;
	last: number;
	rows: number;
	/** Whether there are rows in the second before, or after: then it matters how the API reads that end. */
	tightStart: boolean;
	tightEnd: boolean;
}

/** A single second has more rows than a stretch may. */
export class CrowdedSecondError extends Error {
	constructor(
		readonly second: number,
		readonly rows: number,
	) {
		super(`A single second has ${rows} rows`);
		this.name = 'CrowdedSecondError';
	}
}

/** Counts times by their seconds. @param times in order, epoch milliseconds */
export const busySeconds = (times: Iterable<number>): BusySecond[] => {
	const seconds: BusySecond[] = [];
	for (const time of times) {
		const second = Math.floor(time / SECOND) * SECOND;
		const last = seconds.at(-1);
		if (last?.second === second) last.rows++;
		else seconds.push({ second, rows: 1 });
	}
	return seconds;
};

/**
 * Packs seconds into stretches of at most `most` rows, cutting where a second is empty wherever that
 * can be done: then it makes no difference how the API reads the ends of a period.
 *
 * @param seconds in order of time
 * @throws CrowdedSecondError when a second that has rows on either side of it is too full to be cut off
 */
export const packStretches = (seconds: BusySecond[], most: number): Stretch[] => {
	const stretches: Stretch[] = [];
	for (const run of runsOf(seconds).flatMap((run) => cutRun(run, most))) {
		const last = stretches.at(-1);
		if (last && !last.tightEnd && !run.tightStart && last.rows + run.rows <= most) {
			last.last = run.last;
			last.rows += run.rows;
			last.tightEnd = run.tightEnd;
		} else {
			stretches.push(run);
		}
	}
	return stretches;
};

/** Seconds that follow one another without an empty one between. */
const runsOf = (seconds: BusySecond[]): BusySecond[][] => {
	const runs: BusySecond[][] = [];
	for (const busy of seconds) {
		const run = runs.at(-1);
		if (run && busy.second === run[run.length - 1].second + SECOND) run.push(busy);
		else runs.push([busy]);
	}
	return runs;
};

/** A run as it is, or where it is too long cut between seconds, one row short of full so that a surplus shows. */
const cutRun = (run: BusySecond[], most: number): Stretch[] => {
	const whole = run.reduce((sum, { rows }) => sum + rows, 0);
	const end = run[run.length - 1].second;
	if (whole <= most)
		return [{ first: run[0].second, last: end, rows: whole, tightStart: false, tightEnd: false }];
	const pieces: Stretch[] = [];
	for (const { second, rows } of run) {
		if (rows >= most) throw new CrowdedSecondError(second, rows);
		const piece = pieces.at(-1);
		if (piece && piece.rows + rows < most) {
			piece.last = second;
			piece.rows += rows;
		} else {
			pieces.push({
				first: second,
				last: second,
				rows,
				tightStart: second !== run[0].second,
				tightEnd: false,
			});
		}
	}
	for (const piece of pieces) piece.tightEnd = piece.last !== end;
	return pieces;
};
