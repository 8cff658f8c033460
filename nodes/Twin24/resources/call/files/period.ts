import { DateTime } from 'luxon';

import type { Period } from '../../../paging/page';

/** A period as an item tells it: ISO 8601 with the offset of the zone; null for all time's beginning. */
export const shownPeriod = ({ from, to }: Period, zone: string) => {
	const iso = (moment: number) =>
		DateTime.fromMillis(moment, { zone }).toISO({ suppressMilliseconds: true });
	return { from: from === undefined ? null : iso(from), to: iso(to) };
};

/** A name for a file of a period's calls: `calls_2026-06-01_2026-06-30`, of the days in the zone. */
export const nameOfPeriod = ({ from, to }: Period, zone: string): string => {
	const day = (moment: number) => DateTime.fromMillis(moment, { zone }).toISODate();
	const last = day(to - 1);
	if (from === undefined) return `calls_until_${last}`;
	const first = day(from);
	return first === last ? `calls_${first}` : `calls_${first}_${last}`;
};
