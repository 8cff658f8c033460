/**
 * The emulator reckons in whole microseconds since 1970, because the API shows six digits of a
 * second; such a number fits a double exactly until the year 2255.
 */
export type Micros = number;

export const SECOND: Micros = 1_000_000;
export const HOUR: Micros = 3600 * SECOND;
export const DAY: Micros = 24 * HOUR;

/** `2022-06-29T08:44:26.000000Z`, as the report shows times. */
export function formatMicros(micros: Micros): string {
	const fraction = ((micros % SECOND) + SECOND) % SECOND;
	return `${isoSeconds(micros - fraction)}.${String(fraction).padStart(6, '0')}Z`;
}

/** `2022-06-29T08:44:39Z`, as the report shows the time of an utterance. */
export function formatSeconds(micros: Micros): string {
	return `${isoSeconds(micros)}Z`;
}

const DAYS = new Map<number, string>();

const TWO_DIGITS = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));

/** By hand and with the days kept, since a page of 1,000 calls holds some 10,000 times. */
function isoSeconds(micros: Micros): string {
	const day = Math.floor(micros / DAY);
	let date = DAYS.get(day);
	if (date === undefined) {
		date = new Date((day * DAY) / 1000).toISOString().slice(0, 10);
		DAYS.set(day, date);
	}
	const seconds = Math.floor((micros - day * DAY) / SECOND);
	const hours = Math.floor(seconds / 3600);
	const minutes = Math.floor(seconds / 60) % 60;
	return `${date}T${TWO_DIGITS[hours]}:${TWO_DIGITS[minutes]}:${TWO_DIGITS[seconds % 60]}`;
}

const ISO = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(Z|[+-]\d\d:?\d\d)$/;

/** Micros of an ISO 8601 time with an offset; undefined for anything else, 31 February included. */
export function parseMicros(text: string): Micros | undefined {
	const parts = ISO.exec(text);
	if (!parts) return undefined;
	const [, date, time, fraction = '', zone] = parts;
	const local = Date.parse(`${date}T${time}Z`);
	if (Number.isNaN(local) || isoSeconds(local * 1000) !== `${date}T${time}`) return undefined;
	const offset = offsetMinutes(zone);
	if (offset === undefined) return undefined;
	return local * 1000 - offset * 60 * SECOND + Number(fraction.padEnd(6, '0'));
}

function offsetMinutes(zone: string): number | undefined {
	if (zone === 'Z') return 0;
	const hours = Number(zone.slice(1, 3));
	const minutes = Number(zone.slice(-2));
	if (hours > 14 || minutes > 59) return undefined;
	return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** Micros of a Date or an ISO text, as options take them. Throws on anything that is no time. */
export function toMicros(value: Date | string): Micros {
	const micros = typeof value === 'string' ? parseMicros(value) : value.getTime() * 1000;
	const found = micros ?? Date.parse(String(value)) * 1000;
	if (Number.isNaN(found)) throw new RangeError(`Not a time: ${String(value)}`);
	return found;
}
