import { DateTime } from 'luxon';

/** A name for a file of a period's calls: `calls_2026-06-01_2026-06-30`, of the days in the zone. */
export const nameOfPeriod = ({ from, to }: { from?: number; to: number }, zone: string): string => {
	const day = (moment: number) => DateTime.fromMillis(moment, { zone }).toISODate();
	const last = day(to - 1);
	if (from === undefined) return `calls_until_${last}`;
	const first = day(from);
	return first === last ? `calls_${first}` : `calls_${first}_${last}`;
};
