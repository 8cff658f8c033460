import type { CountSlices } from './count';
import { cut, secondsIn } from './windows';
import type { ClosedPeriod } from './windows';

export interface CountedSlice extends ClosedPeriod {
	count: number;
}

/** Pieces are cut to hold a third of what a slice may: put together again, they fill it well. */
const PIECES_PER_SLICE = 3;

/** The most pieces that one cut makes; larger ones are cut again. */
const MAX_PIECES = 1000;

/**
 * Cuts a period at whole seconds into slices of at most `most` rows. Only a single second that holds
 * more is a slice of more. Empty time belongs to a slice beside it.
 *
 * @param whole the period, counted
 * @param count see `Counter`
 * @returns in order of time; they touch and cover the period
 */
export const splitByCalls = async (
	whole: CountedSlice,
	most: number,
	count: CountSlices,
): Promise<CountedSlice[]> => join(await cutDown([whole], most, count), most);

/** Cuts every slice of too many rows, and the parts again: all that are too large at a time. */
const cutDown = async (
	slices: CountedSlice[],
	most: number,
	count: CountSlices,
): Promise<CountedSlice[]> => {
	const parts = slices.map((slice) =>
		slice.count > most && secondsIn(slice) > 1
			? cut(
					slice,
					Math.min(Math.max(2, Math.ceil((PIECES_PER_SLICE * slice.count) / most)), MAX_PIECES),
				)
			: undefined,
	);
	const cuts = parts.flatMap((pieces) => pieces ?? []);
	if (cuts.length === 0) return slices;
	const counts = await count(cuts);
	const counted = cuts.map((piece, index) => ({ ...piece, count: counts[index] }));
	const next = slices.flatMap((slice, index) =>
		parts[index] ? counted.splice(0, parts[index].length) : [slice],
	);
	return await cutDown(next, most, count);
};

/** Joins neighbours as long as they stay small enough. */
const join = (slices: CountedSlice[], most: number): CountedSlice[] => {
	const joined: CountedSlice[] = [];
	for (const slice of slices) {
		const last = joined.at(-1);
		if (last && last.count + slice.count <= most) {
			last.to = slice.to;
			last.count += slice.count;
		} else {
			joined.push({ ...slice });
		}
	}
	return joined;
};
