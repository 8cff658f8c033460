import { floorSecond, timeOf } from '../paging/instant';
import { SECOND } from '../paging/page';
import type { Row } from '../paging/page';
import { leadOf } from './clock';
import { fingerprint, recall, remember } from './memory';
import type { WatchState } from './state';
import type { EventRule, Report } from './types';

/** The most rows that one poll takes on while it catches up: one execution has to carry them. */
export const ROWS_PER_POLL = 10_000;

export interface Watch {
	rule: EventRule;
	report: Report;
	/** When the poll began. */
	now: number;
	/** How long after its time a row may still reach the report. */
	overlap: number;
	/** Whether the poll may go on reading once it has something to hand on. */
	hasTime?: () => boolean;
	/** Defaults to `ROWS_PER_POLL`. */
	rowsPerPoll?: number;
}

export interface PollOutcome {
	/** The events that are new, in order of time. */
	events: Row[];
	/** To be kept once the events are handed on. */
	state: WatchState;
}

/**
 * The state of a watch that begins now: what is in the report already is history.
 *
 * The shown times tell where history ends, because they may be ahead of the clock; times are to the
 * second, so what history has of its last second is remembered row by row.
 */
export const beginWatch = async ({ rule, report, now }: Watch): Promise<WatchState> => {
	const from = floorSecond(now);
	const newest = await report.newest();
	const times = newest
		.map((row) => timeOf(row, rule.timeField))
		.filter((time) => !Number.isNaN(time));
	const since = Math.max(from, ...times.map(floorSecond));
	const known = newest.filter((row) => rule.happened(row) && timeOf(row, rule.timeField) >= since);
	const seen = new Map(
		known.map((row) => [fingerprint(rule.keyOf(row)), timeOf(row, rule.timeField)]),
	);
	return { version: 1, event: rule.name, from, since, seen: remember([], seen, from, rule.memory) };
};

/**
 * Finds the events since the last poll, each once.
 *
 * Reads from where everything is settled to whatever the future holds, so that it does not matter by
 * which clock the API compares. A long gap is read from its oldest end, and no more of it than one
 * poll can carry; the next poll goes on from there. The state given is not changed.
 *
 * @throws whatever reading the report throws; then nothing has happened
 */
export const pollWatch = async (state: WatchState, watch: Watch): Promise<PollOutcome> => {
	const { rule, report, now, overlap, hasTime = () => true, rowsPerPoll = ROWS_PER_POLL } = watch;
	const settled = now - overlap;
	const harvest = new Harvest(state, rule);

	for (let from = state.from; ;) {
		// What is not settled yet has to be read whole, or it could not be settled at the next poll either.
		const rest = await report.read({ from }, from < settled ? rowsPerPoll : Infinity);
		if ('rows' in rest) {
			harvest.add(rest.rows);
			const next = settled + leadOf(rest.rows, rule.timeField, from, now);
			return harvest.outcome(Math.max(from, next));
		}
		const portion = await readOldest(report, from, settled, rest.tooMany, rowsPerPoll);
		harvest.add(portion.rows);
		from = portion.to;
		if (harvest.size >= rowsPerPoll / 2 || !hasTime()) return harvest.outcome(from);
	}
};

/** The oldest rows of a stretch that holds too many: shortens it until they are few enough. */
const readOldest = async (
	report: Report,
	from: number,
	end: number,
	tooMany: number,
	atMost: number,
) => {
	let to = end;
	for (let count = tooMany; ;) {
		// Aims at half of what is allowed, because calls do not come evenly.
		const share = Math.min(0.5, atMost / count / 2);
		to = Math.min(
			to,
			Math.max(floorSecond(from) + SECOND, floorSecond(from + (to - from) * share)),
		);
		const isShortest = to - from <= SECOND;
		const outcome = await report.read({ from, to }, isShortest ? Infinity : atMost);
		if ('rows' in outcome) return { rows: outcome.rows, to };
		count = outcome.tooMany;
	}
};

/** Tells new events from those that earlier polls have handed on, and from history. */
class Harvest {
	/** Rows read, be they events or not. */
	size = 0;
	private readonly known: Set<string>;
	private readonly sighted = new Map<string, number>();
	private readonly events: Row[] = [];

	constructor(
		private readonly state: WatchState,
		private readonly rule: EventRule,
	) {
		this.known = recall(state.seen);
	}

	add(rows: Row[]): void {
		const { happened, keyOf, timeField } = this.rule;
		const { since = -Infinity } = this.state;
		this.size += rows.length;
		for (const row of rows) {
			const time = timeOf(row, timeField);
			if (time < since || !happened(row)) continue;
			const print = fingerprint(keyOf(row));
			if (!this.known.has(print) && !this.sighted.has(print)) this.events.push(row);
			this.sighted.set(print, time);
		}
	}

	/** @param from where the next poll begins to read */
	outcome(from: number): PollOutcome {
		const { version, event, since, seen } = this.state;
		const history = since !== undefined && from <= since + SECOND ? { since } : {};
		// A time is shown as it is compared, or ahead of that; and a second more is read than asked for.
		const kept = remember(seen, this.sighted, from - SECOND, this.rule.memory);
		return { events: this.events, state: { version, event, from, ...history, seen: kept } };
	}
}
