import { timeOf } from '../paging/instant';
import type { Row } from '../paging/page';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** By how much TWIN24 shows `updatedAt` ahead of the true time: Moscow's offset, in the vendor's sample. */
const MOSCOW = 3 * HOUR;

/**
 * By how much the times that the API compares are ahead of the clock, told from rows that it gave for
 * `from` and later. Nothing but this decides how far the next poll may move: too little makes it read
 * more than it must, too much would lose rows. So the lead is believed only when rows prove it:
 * - one is shown hours ahead of now, which a true time cannot be;
 * - one is so old, if its time is shown ahead, that an API comparing true times would not have given it;
 * - and none was updated, as shown, sooner after its creation than a time shown ahead can be.
 *
 * @param now when the rows were asked for
 * @returns milliseconds, 0 or three hours
 */
export const leadOf = (rows: Row[], timeField: string, from: number, now: number): number => {
	if (timeField === 'createdAt') return 0;
	let ahead = false;
	let early = false;
	for (const row of rows) {
		const shown = timeOf(row, timeField);
		if (shown - timeOf(row, 'createdAt') < MOSCOW - MINUTE) return 0;
		ahead ||= shown > now + HOUR && shown < now + MOSCOW + HOUR;
		early ||= shown < from + MOSCOW - MINUTE;
	}
	return ahead && early ? MOSCOW : 0;
};
