import type { EventRule } from './eventRule';
import { HOUR, MINUTE } from './time';

/**
 * By how much the times that the source compares are ahead of the true ones, told from rows that it
 * gave for `from` and later. The lead is believed only when the rows prove it:
 * - one is shown so far ahead of now as a true time cannot be;
 * - one is so old, if its time is shown ahead, that a source comparing true times would not have given it;
 * - and none has, as shown, a time that a time shown ahead cannot be.
 *
 * @param now when the rows were asked for
 * @returns 0, or the lead that the rule holds possible
 */
export const leadOf = <T>(
	rows: readonly T[],
	{ skew, timeOf }: EventRule<T>,
	from: number,
	now: number,
): number => {
	if (!skew) return 0;
	const { lead, notBefore } = skew;
	let ahead = false;
	let early = false;
	for (const row of rows) {
		const shown = timeOf(row);
		if (shown - notBefore(row) < lead - MINUTE) return 0;
		ahead ||= shown > now + lead / 3 && shown < now + lead + HOUR;
		early ||= shown < from + lead - MINUTE;
	}
	return ahead && early ? lead : 0;
};
