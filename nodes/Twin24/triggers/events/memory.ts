import type { Identity } from './hookEvent';

/**
 * What is kept over a restart; JSON. A fingerprint is 48 bits, written in eight characters of base64url.
 */
export interface StoredEvents {
	version: 1;
	/** Fingerprints of the events by the hour since 1970 in which they came, oldest first. */
	hours: Array<[hour: number, prints: string]>;
	/** The last event of each series: fingerprints of both, and its hour. */
	latest: Array<[hour: number, series: string, print: string]>;
}

const HOUR = 3_600_000;

/**
 * For how long an event is known. TWIN24 sends it again for 24 hours; the rest is for a last pause that
 * began within them.
 */
const HOURS_KNOWN = 36;

/** The most events that one process remembers: some 15 MB. */
const MOST_KNOWN = 200_000;

/** The most events, the newest, that are kept over a restart: 160 KB, which n8n writes with every event. */
export const MOST_STORED = 20_000;

/** The most tasks of which the last status is remembered. */
const MOST_SERIES = 1000;

const PRINT_BYTES = 6;
const PRINT_CHARACTERS = 8;

interface Hour {
	prints: Set<number>;
	/** The same, as they are stored. */
	text: string;
}

/** The events that the workflow has been started with. All times are epoch milliseconds. */
export class EventMemory {
	/** Oldest first. */
	private hours = new Map<number, Hour>();
	/** By series: what came last, and its hour; the oldest first. */
	private latest = new Map<number, { print: number; hour: number }>();
	private count = 0;

	/** Whether the event has been remembered, in the last 24 hours at least. */
	knows({ print, series }: Identity, now: number): boolean {
		const oldest = hourOf(now) - HOURS_KNOWN;
		if (series !== undefined) {
			const last = this.latest.get(series);
			return last?.print === print && last.hour >= oldest;
		}
		for (const [hour, { prints }] of this.hours)
			if (hour >= oldest && prints.has(print)) return true;
		return false;
	}

	remember({ print, series }: Identity, now: number): void {
		const hour = hourOf(now);
		if (series === undefined) this.add(hour, [print]);
		else this.follow(series, print, hour);
		this.forget(hour);
	}

	/** Takes over what another process, or an earlier one, has stored. What it cannot read it leaves. */
	absorb(stored: unknown, now: number): void {
		const { version, hours, latest } = (stored ?? {}) as Partial<Record<string, unknown>>;
		if (version !== 1) return;
		for (const entry of listIn(hours)) {
			const [hour, text] = listIn(entry);
			if (typeof hour !== 'number' || typeof text !== 'string') continue;
			if (this.hours.get(hour)?.text.includes(text)) continue;
			this.add(hour, printsIn(text));
		}
		for (const entry of listIn(latest)) {
			const [hour, series, print] = listIn(entry);
			if (typeof hour !== 'number' || typeof series !== 'string' || typeof print !== 'string')
				continue;
			const [key] = printsIn(series);
			// What this process has seen last came later than what it left behind.
			if (!this.latest.has(key)) this.follow(key, printsIn(print)[0], hour);
		}
		this.forget(hourOf(now));
	}

	/** @param also events that are to be stored with the rest, although they are not remembered yet */
	stored(now: number, also: readonly Identity[] = []): StoredEvents {
		const hour = hourOf(now);
		const texts = new Map([...this.hours].map(([of, { text }]) => [of, text]));
		const latest = new Map(this.latest);
		for (const { print, series } of also) {
			if (series === undefined) texts.set(hour, (texts.get(hour) ?? '') + textOfPrint(print));
			else latest.set(series, { print, hour });
		}
		const hours: StoredEvents['hours'] = [];
		let room = MOST_STORED * PRINT_CHARACTERS;
		for (const [of, text] of [...texts].sort(([a], [b]) => b - a)) {
			const kept = text.slice(Math.max(0, text.length - room));
			room -= kept.length;
			if (kept) hours.unshift([of, kept]);
		}
		return {
			version: 1,
			hours,
			latest: [...latest].map(([series, last]) => [
				last.hour,
				textOfPrint(series),
				textOfPrint(last.print),
			]),
		};
	}

	private add(hour: number, prints: readonly number[]): void {
		let known = this.hours.get(hour);
		if (!known) {
			known = { prints: new Set(), text: '' };
			this.hours.set(hour, known);
			this.hours = new Map([...this.hours].sort(([a], [b]) => a - b));
		}
		for (const print of prints) {
			if (known.prints.has(print)) continue;
			known.prints.add(print);
			known.text += textOfPrint(print);
			this.count++;
		}
	}

	private follow(series: number, print: number, hour: number): void {
		this.latest.delete(series);
		this.latest.set(series, { print, hour });
	}

	private forget(hour: number): void {
		for (const [old, { prints }] of this.hours) {
			const isFull = this.count > MOST_KNOWN && old < hour;
			if (old >= hour - HOURS_KNOWN && !isFull) break;
			this.hours.delete(old);
			this.count -= prints.size;
		}
		for (const [series, last] of this.latest) {
			if (last.hour >= hour - HOURS_KNOWN && this.latest.size <= MOST_SERIES) break;
			this.latest.delete(series);
		}
	}
}

const hourOf = (now: number): number => Math.floor(now / HOUR);

const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const textOfPrint = (print: number): string => {
	const bytes = Buffer.alloc(PRINT_BYTES);
	bytes.writeUIntBE(print, 0, PRINT_BYTES);
	return bytes.toString('base64url');
};

/** Eight characters are six bytes, so that fingerprints one after the other can be read in one go. */
const printsIn = (text: string): number[] => {
	const bytes = Buffer.from(text, 'base64url');
	const prints: number[] = [];
	for (let at = 0; at + PRINT_BYTES <= bytes.length; at += PRINT_BYTES)
		prints.push(bytes.readUIntBE(at, PRINT_BYTES));
	return prints;
};
