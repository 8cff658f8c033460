import { READINGS, checkedReadings } from '../emulator/readings';
import type { ReadingName, Readings } from '../emulator/readings';

/** One line of the table: an unsure fact, and what was found. */
export interface Finding {
	/** The reading that it settles; a fact that no reading stands for has a title of its own. */
	name: string;
	fact: string;
	/** What holds, in words; undefined: open. */
	found: string | undefined;
	/** Why it is open, or what else there is to say. */
	note: string;
	/** On how many rows it was seen; 0 where it does not rest on rows. */
	rows: number;
	/** The numbers of the requests that showed it. */
	requests: number[];
}

/** What a question has to say about a reading. */
export interface Shown {
	rows?: number;
	requests?: number[];
	note?: string;
}

/** All that a probe has found so far. */
export class Findings {
	readonly readings: Partial<Readings> = {};
	private readonly table = new Map<string, Finding>();

	/** Settles a reading, or leaves it open when the value is undefined. */
	reading<N extends ReadingName>(name: N, value: Readings[N] | undefined, shown: Shown = {}): void {
		if (value !== undefined) Object.assign(this.readings, checkedReadings({ [name]: value }));
		const found = Array.isArray(value) ? value.join(', ') || 'none' : value?.toString();
		this.put(name, READINGS[name].fact, found === '' ? 'none' : found, shown);
	}

	/** Says something that no reading stands for. */
	fact(name: string, found: string | undefined, shown: Shown = {}): void {
		this.put(name, '', found, shown);
	}

	/** Every reading there is, the found facts after them. */
	all(): Finding[] {
		const readings = Object.entries(READINGS).map(
			([name, { fact }]): Finding =>
				this.table.get(name) ?? {
					name,
					fact,
					found: undefined,
					note: OPEN_BY_NATURE.has(name as ReadingName) ? 'No GET can show it' : 'Not asked',
					rows: 0,
					requests: [],
				},
		);
		const facts = [...this.table.values()].filter(({ name }) => !(name in READINGS));
		return [...readings, ...facts];
	}

	private put(name: string, fact: string, found: string | undefined, shown: Shown): void {
		const { rows = 0, requests = [], note = '' } = shown;
		this.table.set(name, { name, fact, found, note, rows, requests });
	}
}

/** What only a write, a webhook or a wait can show. */
export const OPEN_BY_NATURE: ReadonlySet<ReadingName> = new Set<ReadingName>([
	'clockCorrectedAt',
	'clockCorrects',
	'singleAnswer',
	'batchAnswer',
	'duplicates',
	'badNumber',
	'badNumberStatus',
	'checkPhone',
	'batchCeiling',
	'overCeiling',
	'freshTask',
	'freshSeconds',
	'addToStopped',
	'forceStartWakes',
	'timezoneUnit',
	'singleBatchTask',
	'singleDay',
	'defaultTemplate',
	'unknownReference',
	'idlePlay',
	'controlStatus',
	'taskEdit',
	'webhookUrls',
	'companyOffset',
	'reportLag',
	'sessionReadyAfter',
	'hookId',
	'hookTimes',
	'hookOrder',
	'hookLate',
	'hookExtras',
	'hookLead',
	'emptyMaps',
	'unlistedEvents',
	'incomingEvent',
]);
