import type { CountSlices } from './count';
import type { BusySecond } from './packing';
import { SECOND } from './page';
import { cut, secondsIn } from './windows';
import type { ClosedPeriod } from './windows';

export interface CountedSlice extends ClosedPeriod {
	count: number;
}

/** How slices can be looked into instead of being counted. */
export interface SliceReading {
	/** A slice's rows by their seconds, in order of time. */
	readSeconds: (slice: ClosedPeriod) => Promise<BusySecond[]>;
	/** Rows on a page: a request reads that many. */
	pageSize: number;
}

/** Pieces are cut to hold a third of what a slice may: put together again, they fill it well. */
const PIECES_PER_SLICE = 3;

/** The most pieces that one cut makes; larger ones are cut again. */
const MAX_PIECES = 1000;

/**
 * Cuts a period at whole seconds into slices of at most `most` rows. Only a single second that holds
 * more is a slice of more. Empty time belongs to a slice beside it.
 *
 * Where counting the pieces of a slice takes more requests than reading its rows, they are read: so
 * it never takes many more than reading the whole would.
 *
 * @param whole the period, counted
 * @param count see `Counter`
 * @returns in order of time; they touch and cover the period
 */
export const splitByRows = async (
	whole: CountedSlice,
	most: number,
	count: CountSlices,
	reading?: SliceReading,
): Promise<CountedSlice[]> => join(await cutDown([whole], most, count, reading), most);

/** Cuts every slice of too many rows, and the parts again: all that are too large at a time. */
const cutDown = async (
	slices: CountedSlice[],
	most: number,
	count: CountSlices,
	reading?: SliceReading,
): Promise<CountedSlice[]> => {
	const parts: CountedSlice[][] = [];
	const cuts: CountedSlice[] = [];
	for (const slice of slices) {
		if (slice.count <= most || secondsIn(slice) <= 1) {
			parts.push([slice]);
			continue;
		}
		const wanted = Math.ceil((PIECES_PER_SLICE * slice.count) / most);
		if (reading && wanted > 1 + slice.count / (reading.pageSize - 1)) {
			parts.push(bySeconds(slice, await reading.readSeconds(slice)));
			continue;
		}
		const pieces = cut(slice, Math.min(Math.max(2, wanted), MAX_PIECES));
		const counted = pieces.map((piece) => ({ ...piece, count: 0 }));
		for (const piece of counted) cuts.push(piece);
		parts.push(counted);
	}
	if (cuts.length === 0) return parts.flat();
	const counts = await count(cuts);
	cuts.forEach((piece, index) => (piece.count = counts[index]));
	return await cutDown(parts.flat(), most, count, reading);
};

/** A slice as its busy seconds, each with the empty time before it. */
const bySeconds = ({ from, to }: ClosedPeriod, seconds: BusySecond[]): CountedSlice[] => {
	const slices: CountedSlice[] = [];
	for (const { second, rows } of seconds) {
		const start = slices.at(-1)?.to ?? from;
		// A second that begins before the slice has no empty time before it.
		if (second > start) slices.push({ from: start, to: second, count: 0 });
		slices.push({ from: Math.max(second, start), to: Math.min(second + SECOND, to), count: rows });
	}
	const end = slices.at(-1)?.to ?? from;
	if (end < to) slices.push({ from: end, to, count: 0 });
	return slices;
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
