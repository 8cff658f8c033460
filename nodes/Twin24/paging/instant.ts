import { parseTime } from './parseTime';
import { SECOND } from './page';
import type { Period, Row } from './page';

export const floorSecond = (instant: number) => Math.floor(instant / SECOND) * SECOND;
export const ceilSecond = (instant: number) => Math.ceil(instant / SECOND) * SECOND;

/** A row's time in epoch milliseconds; `NaN` when the field is empty or no date. */
export const timeOf = (row: Row, field: string): number => {
	const value = row[field];
	return typeof value === 'string' ? parseTime(value) : NaN;
};

/** A value to sort by: a number as it is, a date as its instant; `NaN` for everything else. */
export const sortKey = (row: Row, field: string): number => {
	const value = row[field];
	return typeof value === 'number' ? value : timeOf(row, field);
};

/**
 * What to ask of the API so that a period comes whole however the API reads its ends: a second more
 * at the start catches a row exactly on it, and `to` rounded up catches the fractions before it.
 */
export const widen = ({ from, to }: Period): { from?: number; to: number } => ({
	...(from === undefined ? {} : { from: floorSecond(from) - SECOND }),
	to: ceilSecond(to),
});

/**
 * Where a row stands to the period that it was asked for with `widen`: `inside`; in the `margin` that
 * the widening brought along; or `elsewhere`, which no reading of the ends explains: then the times
 * that the API shows are not those that it compares, and they must not be used for cutting.
 * A row without a time is `inside`: the API says that it matches, and there is nothing better to go by.
 */
export const standing = (
	row: Row,
	field: string,
	period: Period,
): 'inside' | 'margin' | 'elsewhere' => {
	const time = timeOf(row, field);
	if (Number.isNaN(time)) return 'inside';
	if (time >= (period.from ?? -Infinity) && time < period.to) return 'inside';
	const { from, to } = widen(period);
	return time >= (from ?? -Infinity) && time < to + SECOND ? 'margin' : 'elsewhere';
};
