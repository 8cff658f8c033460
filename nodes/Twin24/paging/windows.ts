import { ceilSecond, floorSecond } from './instant';
import { SECOND } from './page';
import type { Period } from './page';

export type ClosedPeriod = Required<Period>;

/** How many of the API's seconds a window touches; a window of one second cannot be cut. */
export const secondsIn = ({ from, to }: ClosedPeriod) =>
	(ceilSecond(to) - floorSecond(from)) / SECOND;

/**
 * Cuts a window at whole seconds into at most `parts` windows of equal length that touch and cover it.
 * @returns in order of time; a single window when it cannot be cut.
 */
export const cut = (window: ClosedPeriod, parts: number): ClosedPeriod[] => {
	const start = floorSecond(window.from);
	const seconds = secondsIn(window);
	const pieces = Math.max(1, Math.min(Math.floor(parts), seconds));
	const edges = Array.from(
		{ length: pieces - 1 },
		(_, index) => start + Math.round(((index + 1) * seconds) / pieces) * SECOND,
	);
	const bounds = [window.from, ...edges, window.to];
	return bounds.slice(1).map((to, index) => ({ from: bounds[index], to }));
};
