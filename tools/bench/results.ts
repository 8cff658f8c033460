import type { Lane, Measurement, Work } from './work';

/** What one work took each lane, round by round. */
export interface Result {
	work: Work;
	rounds: Array<Partial<Record<Lane, Measurement>>>;
}

/** The middle one, or the mean of the two in the middle. */
export const median = (numbers: number[]): number => {
	const sorted = [...numbers].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
};

/** The median of a figure over the rounds; undefined for a lane that was left out. */
export const medianOf = (
	{ rounds }: Result,
	lane: Lane,
	figure: keyof Measurement,
): number | undefined => {
	const figures = rounds.flatMap((round) => round[lane]?.[figure] ?? []);
	return figures.length > 0 ? median(figures) : undefined;
};

/**
 * How many times as long one lane took as another: the median of the rounds' ratios, since whatever
 * else the machine was doing in a round slowed down both.
 */
export const ratio = ({ rounds }: Result, slow: Lane, fast: Lane): number | undefined => {
	const ratios = rounds.flatMap((round) => {
		const [a, b] = [round[slow], round[fast]];
		return a && b ? a.time / b.time : [];
	});
	return ratios.length > 0 ? median(ratios) : undefined;
};
