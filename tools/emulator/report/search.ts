import type { PeriodField, SortField } from '../../../nodes/Twin24/report/catalogue';
import type { Call } from '../call';
import { Random } from '../data/random';
import type { Readings } from '../readings';
import type { CallTable } from '../table/call-table';
import { SECOND } from '../time';
import { shown } from './clock';
import type { Clock } from './clock';
import type { Filters, ReportQuery, SortKey } from './report-query';

/** Rows that match, in order: `slots[from]` to `slots[to - 1]`, or the other way round. */
interface Matches {
	slots: Int32Array;
	from: number;
	to: number;
	backwards: boolean;
}

export interface FoundPage {
	/** All that match, whatever the page. */
	total: number;
	/** The page's rows. */
	slots: number[];
}

/** The readings of a moment, clock included. */
export interface Under {
	readings: Readings;
	clock: Clock;
}

/** The period as a half-open stretch of the times compared. */
interface Bounds {
	low: number;
	high: number;
	/** Whether rows without the time are let through. */
	timeless: boolean;
}

/** How many answers' orders are kept for the pages that follow. */
const KEPT_ORDERS = 32;

/**
 * Finds the calls of a query. A period sorted by its own time is a stretch of an index; anything
 * else is filtered and sorted once and kept until the table changes.
 */
export class Search {
	private kept = new Map<string, Matches>();
	private columns = new Map<string, Float64Array>();
	private keptVersion = -1;
	private requests = 0;

	constructor(private readonly table: CallTable) {}

	/** The rows `query.start` to `query.start + limit` of all that match. */
	page(query: ReportQuery, limit: number, under: Under): FoundPage {
		if (this.keptVersion !== this.table.version) {
			this.kept.clear();
			this.columns.clear();
			this.keptVersion = this.table.version;
		}
		const matches = this.matches(query, under);
		const total = matches.to - matches.from;
		const end = Math.min(query.start + limit, total);
		const seed = this.tieSeed(query, limit, total, under.readings);
		if (seed !== undefined)
			return { total, slots: this.reorderedTies(matches, query, end, seed, under.clock) };
		const slots: number[] = [];
		for (let i = query.start; i < end; i++) slots.push(slotAt(matches, i));
		return { total, slots };
	}

	private matches(query: ReportQuery, under: Under): Matches {
		const bounds = boundsOf(query, under);
		const stretch = this.stretch(query.periodField, bounds, under.clock);
		const [first] = query.sort;
		const plain = !hasFilters(query.filters) && query.sort.length === 1;
		if (stretch && plain && first.field === query.periodField) {
			return { ...stretch, backwards: first.descending };
		}
		const key = JSON.stringify([
			// Infinity is no JSON.
			String(bounds.low),
			String(bounds.high),
			bounds.timeless,
			query.periodField,
			query.filters,
			query.sort,
			under.clock.key,
			under.clock.comparesShown,
			under.readings.nulls,
		]);
		let matches = this.kept.get(key);
		if (!matches) {
			matches = this.filterAndSort(query, bounds, stretch, under);
			if (this.kept.size >= KEPT_ORDERS) this.kept.clear();
			this.kept.set(key, matches);
		}
		return matches;
	}

	/** The period as a stretch of its index; undefined when the index does not hold it so. */
	private stretch(field: PeriodField, bounds: Bounds, clock: Clock): Matches | undefined {
		const index = this.table.index(field);
		if (bounds.timeless && index.length < this.table.size) return undefined;
		const lead = field === 'createdAt' || !clock.comparesShown ? 0 : clock.lead;
		if (lead === undefined) return undefined;
		const from = index.firstFrom(bounds.low - lead);
		const to = Math.max(from, index.firstFrom(bounds.high - lead));
		return { slots: index.rows, from, to, backwards: false };
	}

	private filterAndSort(
		query: ReportQuery,
		bounds: Bounds,
		stretch: Matches | undefined,
		{ readings, clock }: Under,
	): Matches {
		const passes = rowTest(this.table, query.filters, clock);
		const times = this.compared(query.periodField, clock);
		const isInPeriod = (slot: number) =>
			Number.isNaN(times[slot])
				? bounds.timeless
				: times[slot] >= bounds.low && times[slot] < bounds.high;
		const found: number[] = [];
		for (const slot of this.candidates(query.filters.ids, stretch))
			if (isInPeriod(slot) && passes(slot)) found.push(slot);
		const keys = query.sort.map((key) => ({ ...key, column: this.compared(key.field, clock) }));
		const slots = Int32Array.from(found).sort(comparator(keys, readings.nulls));
		return { slots, from: 0, to: slots.length, backwards: false };
	}

	/** Rows that may match; when IDs are asked for, those only, without a walk through the rest. */
	private *candidates(ids: string[] | undefined, stretch: Matches | undefined): Generator<number> {
		if (ids) {
			for (const id of new Set(ids)) {
				const slot = this.table.slotOf(id);
				if (slot !== undefined) yield slot;
			}
		} else if (!stretch) yield* this.table.slots();
		else for (let i = stretch.from; i < stretch.to; i++) yield stretch.slots[i];
	}

	/** A column as periods and orders see it. */
	private compared(field: SortField, clock: Clock): ArrayLike<number> {
		const column = this.table.column(field);
		if (!clock.comparesShown || clock.lead === 0) return column;
		if (field === 'createdAt' || field === 'duration') return column;
		const key = `${field} ${clock.key}`;
		let made = this.columns.get(key);
		if (!made) {
			const statuses = this.table.textColumn('status');
			made = Float64Array.from(column, (time, slot) => time + clock.leadOf(time, statuses[slot]));
			this.columns.set(key, made);
		}
		return made;
	}

	/** What the order of ties is drawn from; undefined: they stand as they came. */
	private tieSeed(
		{ start }: ReportQuery,
		limit: number,
		total: number,
		{ tieOrder, maxRowsPerPeriod }: Readings,
	): number | undefined {
		switch (tieOrder) {
			case 'stable':
				return undefined;
			case 'perPage':
				return start * 1009 + limit;
			case 'unstable':
				return ++this.requests;
			case 'aboveCap':
				return total > maxRowsPerPeriod ? 1 : undefined;
		}
	}

	/** The page with the rows of equal keys shuffled, each such group by a draw of its own. */
	private reorderedTies(
		matches: Matches,
		query: ReportQuery,
		end: number,
		seed: number,
		clock: Clock,
	): number[] {
		const columns = query.sort.map(({ field }) => this.compared(field, clock));
		const tied = (a: number, b: number) =>
			columns.every((column) => Object.is(column[slotAt(matches, a)], column[slotAt(matches, b)]));
		const total = matches.to - matches.from;
		const slots: number[] = [];
		let at = query.start;
		while (at < end) {
			let first = at;
			let past = at + 1;
			while (first > 0 && tied(first - 1, at)) first--;
			while (past < total && tied(past, at)) past++;
			const group = Array.from({ length: past - first }, (_, i) => slotAt(matches, first + i));
			Random.of(77, seed, first).shuffle(group);
			for (; at < Math.min(past, end); at++) slots.push(group[at - first]);
		}
		return slots;
	}
}

const slotAt = ({ slots, from, to, backwards }: Matches, i: number) =>
	backwards ? slots[to - 1 - i] : slots[from + i];

function boundsOf({ from, to }: ReportQuery, { readings }: Under): Bounds {
	const grain = readings.compareToTheSecond ? SECOND : 1;
	const floor = (micros: number) => Math.floor(micros / grain) * grain;
	const passes = {
		withoutPeriod: from === undefined && to === undefined,
		withoutFrom: from === undefined,
		never: false,
	};
	return {
		low: from === undefined ? -Infinity : floor(from) + (readings.from === 'inclusive' ? 0 : grain),
		high: to === undefined ? Infinity : floor(to) + (readings.to === 'inclusive' ? grain : 0),
		timeless: passes[readings.timeless],
	};
}

function hasFilters(filters: Filters): boolean {
	const { status, phone, taskId, ids, keyword, others } = filters;
	return (
		[status, phone, taskId, ids, keyword].some((filter) => filter !== undefined) ||
		others.length > 0
	);
}

/** Cheap tests first: only rows that pass the columns are made whole. */
function rowTest(table: CallTable, filters: Filters, clock: Clock): (slot: number) => boolean {
	const tests: Array<(slot: number) => boolean> = [];
	const { status, phone, taskId, keyword, others } = filters;
	const statuses = table.textColumn('status');
	const phones = table.textColumn('phone');
	const taskIds = table.textColumn('taskId');
	if (status) tests.push((slot) => status.includes(statuses[slot]));
	if (phone !== undefined) tests.push((slot) => phones[slot] === phone);
	if (taskId !== undefined) tests.push((slot) => taskIds[slot] === taskId);
	if (keyword !== undefined || others.length > 0) {
		const word = keyword?.toLowerCase();
		tests.push((slot) => {
			const call = shown(table.at(slot), clock);
			return (
				others.every(([name, value]) => asText(call[name as keyof Call]) === value) &&
				(word === undefined || mentions(call, word))
			);
		});
	}
	return (slot) => tests.every((test) => test(slot));
}

function mentions(call: Call, word: string): boolean {
	return Object.values(call).some((value) =>
		asText(value as Call[keyof Call])
			.toLowerCase()
			.includes(word),
	);
}

function asText(value: Call[keyof Call]): string {
	if (value === null) return '';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Whether rows without the key come first. */
function nullsFirst(nulls: Readings['nulls'], descending: boolean): boolean {
	if (nulls === 'lastAscending') return descending;
	if (nulls === 'firstAscending') return !descending;
	return nulls === 'first';
}

function comparator(
	sort: Array<SortKey & { column: ArrayLike<number> }>,
	nulls: Readings['nulls'],
): (a: number, b: number) => number {
	const keys = sort.map(({ column, descending }) => ({
		column,
		sign: descending ? -1 : 1,
		nullSign: nullsFirst(nulls, descending) ? -1 : 1,
	}));
	return (a, b) => {
		for (const { column, sign, nullSign } of keys) {
			const [left, right] = [column[a], column[b]];
			if (left === right) continue;
			if (Number.isNaN(left) || Number.isNaN(right)) {
				if (Number.isNaN(left) && Number.isNaN(right)) continue;
				return Number.isNaN(left) ? nullSign : -nullSign;
			}
			return (left - right) * sign;
		}
		return a - b;
	};
}
