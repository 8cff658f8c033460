import { leadOf } from './clockLead';
import type { EventRule } from './eventRule';
import { NewEvents } from './newEvents';
import type { Interval, Source } from './source';
import type { WatchState } from './state';
import { floorSecond, MINUTE, SECOND } from './time';
import { MOST_FOUND, UnreadableSeconds } from './unreadableSeconds';

/** The most rows that one poll takes on while it catches up: one execution has to carry them. */
export const ROWS_PER_POLL = 10_000;

/** While a lead is believed, how often everything is read all the same. */
export const FULL_READ_EVERY = 5 * MINUTE;

/** A lead is used only where everything is more than this, as it is few requests otherwise. */
const MANY_ROWS = 1000;

export interface Watch<T> {
	rule: EventRule<T>;
	source: Source<T>;
	/** When the poll began. */
	now: number;
	/** How long after its time, by the clock of `now`, a row may still reach the source. */
	overlap: number;
	/** Whether the poll may go on reading once it has something to hand on. */
	hasTime?: () => boolean;
	/** Defaults to `ROWS_PER_POLL`. */
	rowsPerPoll?: number;
	/** Defaults to `MANY_ROWS`. */
	manyRows?: number;
}

export interface PollOutcome<T> {
	/** The events that are new; each interval's in order of time. */
	events: T[];
	/** To be kept once the events are handed on. */
	state: WatchState;
	/** Seconds that could not be read whole by this poll; those not given up are tried again. */
	unreadable: Array<{ second: number; isGivenUp: boolean }>;
}

/** What is there already cannot be told from what will be new. */
export class HistoryError extends Error {
	constructor(readonly seconds: number) {
		super(`${seconds} seconds or more cannot be read whole, so what is new could not be told`);
		this.name = 'HistoryError';
	}
}

/**
 * The state of a watch that begins now: what is in the source already is history.
 *
 * Everything is read that the next polls will read, and remembered row by row, so that neither the
 * clocks nor how many rows share a second matter.
 *
 * @throws HistoryError, or whatever reading the source throws
 */
export const beginWatch = async <T>(watch: Watch<T>): Promise<WatchState> => {
	const { rule, now, overlap } = watch;
	const from = floorSecond(now - overlap);
	const empty: WatchState = { version: 2, event: rule.name, began: now, from, seen: [] };
	const { state, unreadable } = await pollWatch(empty, { ...watch, rowsPerPoll: Infinity });
	if (unreadable.length >= MOST_FOUND) throw new HistoryError(unreadable.length);
	// A second that is read only later would come as new.
	const givenUp = state.unreadable?.map(([second]): [number, number] => [second, 0]);
	return { ...state, from, ...(givenUp ? { unreadable: givenUp } : {}) };
};

/**
 * Finds the events since the last poll, each once.
 *
 * Reads from where everything is settled to whatever the future holds. Settled is what is older than
 * the overlap by the true time: a source that shows or compares times ahead of it, or does so for some
 * rows only, or no longer, or from now on, gives a row at that place or after it, never before. A long
 * gap is read from its oldest end, and no more of it than one poll can carry; the next poll goes on
 * from there (only in between, rows that the source then moves back in time, past what was read, would
 * be missed). Seconds that cannot be read are left out, tried again for a while, and then given up.
 * The state given is not changed.
 *
 * @throws whatever reading the source throws; then nothing has happened
 */
export const pollWatch = async <T>(state: WatchState, watch: Watch<T>): Promise<PollOutcome<T>> => {
	const { rule, source, now, overlap, hasTime = () => true } = watch;
	const { rowsPerPoll = ROWS_PER_POLL, manyRows = MANY_ROWS } = watch;
	const settled = now - overlap;
	const found = new NewEvents(state, rule);
	const unreadable = new UnreadableSeconds(state.unreadable, now);
	/** @param mayMoveTo where the next poll may begin to read at the latest */
	const outcome = (mayMoveTo: number, lead?: WatchState['lead']): PollOutcome<T> => {
		const { version, event, began, since } = state;
		const from = unreadable.holdBack(mayMoveTo);
		const seconds = unreadable.stored(from);
		return {
			events: found.events,
			unreadable: unreadable.failed,
			state: {
				version,
				event,
				began,
				from,
				seen: found.remembered(from),
				...(lead ? { lead } : {}),
				...(seconds.length > 0 ? { unreadable: seconds } : {}),
				...(since !== undefined && from <= since + SECOND ? { since } : {}),
			},
		};
	};

	// Ahead of now where this clock has been put back since: then what was read too early is read again.
	const start = Math.min(state.from, settled);

	if (state.lead && isFresh(state.lead.provenAt, now)) {
		const rest = await source.read({ from: settled + state.lead.by }, Infinity);
		if ('rows' in rest) found.add(rest.rows);
		// Nothing is settled by it. And where nothing new comes, the lead may be no more.
		if (found.events.length > 0) return outcome(start, state.lead);
	}

	for (let from = start; ;) {
		const gap = unreadable.after(from);
		if (gap !== undefined && gap <= from) {
			await tryAgain(source, gap, unreadable, found);
			from = gap + SECOND;
			continue;
		}
		// What is not settled yet has to be read whole, or it could not be settled at the next poll either.
		const atMost = from < settled ? rowsPerPoll : Infinity;
		const interval = { from, to: gap };
		const whole = await source.read(interval, atMost);
		const read =
			'tooMany' in whole
				? await readOldest(source, { from, to: Math.min(settled, gap ?? settled) }, rowsPerPoll)
				: { ...whole, to: gap };
		if ('unreadable' in read) {
			// The second before the interval may be in the way too, as a second more is read than asked for.
			const second = within({ from, to: read.to }, read.unreadable);
			unreadable.fail(second);
			found.add(await source.salvage(wholeOf(second)));
			if (unreadable.hasFoundEnough()) return outcome(Math.min(second, settled));
			continue;
		}
		found.add(read.rows);
		if (read.to === undefined) {
			const by = read.rows.length > manyRows ? leadOf(read.rows, rule, from, now) : 0;
			return outcome(settled, by > 0 ? { by, provenAt: now } : undefined);
		}
		from = read.to;
		const isEnough = found.rowsRead >= rowsPerPoll / 2 || !hasTime();
		if ('tooMany' in whole && isEnough) return outcome(from);
	}
};

const isFresh = (provenAt: number, now: number) =>
	now >= provenAt && now < provenAt + FULL_READ_EVERY;

/** The second, or the one of the interval that is nearest to it. */
const within = ({ from, to = Infinity }: Interval, second: number): number =>
	Math.max(floorSecond(from), Math.min(floorSecond(second), floorSecond(to - 1)));

/** Tries a second that an earlier poll could not read. */
const tryAgain = async <T>(
	source: Source<T>,
	second: number,
	unreadable: UnreadableSeconds,
	found: NewEvents<T>,
): Promise<void> => {
	if (!unreadable.isDue(second)) return;
	const again = await source.read(wholeOf(second), Infinity);
	if ('rows' in again) {
		unreadable.solve(second);
		found.add(again.rows);
		return;
	}
	unreadable.fail(second);
	found.add(await source.salvage(wholeOf(second)));
};

const wholeOf = (second: number) => ({ from: second, to: second + SECOND });

/**
 * The oldest rows of an interval: all of them, or, where these are too many, of a part of it that is
 * shortened until they are few enough.
 */
const readOldest = async <T>(
	source: Source<T>,
	{ from, to: end }: { from: number; to: number },
	atMost: number,
): Promise<({ rows: T[] } | { unreadable: number }) & { to: number }> => {
	for (let to = end; ;) {
		const isShortest = to - from <= SECOND;
		const outcome = await source.read({ from, to }, isShortest ? Infinity : atMost);
		if (!('tooMany' in outcome)) return { ...outcome, to };
		// Aims at half of what is allowed, because events do not come evenly.
		const share = Math.min(0.5, atMost / outcome.tooMany / 2);
		to = Math.max(floorSecond(from) + SECOND, floorSecond(from + (to - from) * share));
	}
};
