import type { Call } from '../call';
import { Random } from '../data/random';
import type { Readings } from '../readings';
import type { CallTable } from '../table/call-table';
import { HOUR, SECOND } from '../time';
import { shown } from './clock';
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

/** How many answers' orders are kept for the pages that follow. */
const KEPT_ORDERS = 32;

/**
 * Finds the calls of a query. A period sorted by its own time is a stretch of an index; anything
 * else is filtered and sorted once and kept until the table changes.
 */
export class Search {
	private kept = new Map<string, Matches>();
	private keptVersion = -1;
	private requests = 0;

	constructor(private readonly table: CallTable) {}

	/** The rows `query.start` to `query.start + limit` of all that match. */
	page(query: ReportQuery, limit: number, readings: Readings): FoundPage {
		const matches = this.matches(query, readings);
		const total = matches.to - matches.from;
		const end = Math.min(query.start + limit, total);
		if (readings.tieOrder === 'unstable') {
			return { total, slots: this.shuffledTies(matches, query, end) };
		}
		const slots: number[] = [];
		for (let i = query.start; i < end; i++) slots.push(slotAt(matches, i));
		return { total, slots };
	}

	private matches(query: ReportQuery, readings: Readings): Matches {
		const stretch = this.stretch(query, readings);
		const [first] = query.sort;
		const plain = !hasFilters(query.filters) && query.sort.length === 1;
		if (stretch && plain && first.field === query.periodField) {
			return { ...stretch, backwards: first.descending };
		}
		if (this.keptVersion !== this.table.version) {
			this.kept.clear();
			this.keptVersion = this.table.version;
		}
		const key = JSON.stringify([
			stretch?.from,
			stretch?.to,
			query.periodField,
			query.filters,
			query.sort,
			readings.clock,
			readings.nulls,
		]);
		let matches = this.kept.get(key);
		if (!matches) {
			matches = this.filterAndSort(query, stretch, readings);
			if (this.kept.size >= KEPT_ORDERS) this.kept.clear();
			this.kept.set(key, matches);
		}
		return matches;
	}

	/** The period as a stretch of its index; undefined when the index does not hold every row asked for. */
	private stretch(query: ReportQuery, readings: Readings): Matches | undefined {
		const index = this.table.index(query.periodField);
		const unbounded = query.from === undefined && query.to === undefined;
		if (unbounded && index.length < this.table.size) return undefined;
		const { low, high } = bounds(query, readings);
		const from = index.firstFrom(low);
		return { slots: index.rows, from, to: Math.max(from, index.firstFrom(high)), backwards: false };
	}

	private filterAndSort(
		query: ReportQuery,
		stretch: Matches | undefined,
		readings: Readings,
	): Matches {
		const test = rowTest(this.table, query.filters, readings);
		const found: number[] = [];
		for (const slot of this.candidates(query, stretch, readings)) if (test(slot)) found.push(slot);
		const slots = Int32Array.from(found).sort(comparator(this.table, query.sort, readings));
		return { slots, from: 0, to: slots.length, backwards: false };
	}

	/** The rows of the period; when IDs are asked for, of those only, without a walk through the rest. */
	private *candidates(
		query: ReportQuery,
		stretch: Matches | undefined,
		readings: Readings,
	): Generator<number> {
		if (query.filters.ids) yield* this.byId(query.filters.ids, query, readings);
		else if (!stretch) yield* this.table.slots();
		else for (let i = stretch.from; i < stretch.to; i++) yield stretch.slots[i];
	}

	private *byId(ids: string[], query: ReportQuery, readings: Readings): Generator<number> {
		const times = this.table.column(query.periodField);
		const { low, high } = bounds(query, readings);
		const unbounded = query.from === undefined && query.to === undefined;
		for (const id of new Set(ids)) {
			const slot = this.table.slotOf(id);
			if (slot !== undefined && (unbounded || (times[slot] >= low && times[slot] < high)))
				yield slot;
		}
	}

	/** The page when rows with equal keys stand in another order in every answer. */
	private shuffledTies(matches: Matches, query: ReportQuery, end: number): number[] {
		const random = Random.of(77, ++this.requests);
		const columns = query.sort.map(({ field }) => this.table.column(field));
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
			random.shuffle(group);
			for (; at < Math.min(past, end); at++) slots.push(group[at - first]);
		}
		return slots;
	}
}

const slotAt = ({ slots, from, to, backwards }: Matches, i: number) =>
	backwards ? slots[to - 1 - i] : slots[from + i];

/** The period as a half-open stretch of true micros. */
function bounds(query: ReportQuery, readings: Readings): { low: number; high: number } {
	const shift =
		readings.clock === 'moscowShown' && query.periodField !== 'createdAt' ? 3 * HOUR : 0;
	const grain = readings.compareToTheSecond ? SECOND : 1;
	const floor = (micros: number) => Math.floor(micros / grain) * grain;
	const low =
		query.from === undefined
			? -Infinity
			: floor(query.from) + (readings.from === 'inclusive' ? 0 : grain);
	const high =
		query.to === undefined ? Infinity : floor(query.to) + (readings.to === 'inclusive' ? grain : 0);
	return { low: low - shift, high: high - shift };
}

function hasFilters(filters: Filters): boolean {
	const { status, phone, taskId, ids, keyword, others } = filters;
	return (
		[status, phone, taskId, ids, keyword].some((filter) => filter !== undefined) ||
		others.length > 0
	);
}

/** Cheap tests first: only rows that pass the columns are made whole. */
function rowTest(
	table: CallTable,
	filters: Filters,
	readings: Readings,
): (slot: number) => boolean {
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
			const call = shown(table.at(slot), readings.clock);
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

function comparator(
	table: CallTable,
	sort: SortKey[],
	readings: Readings,
): (a: number, b: number) => number {
	const keys = sort.map(({ field, descending }) => ({
		column: table.column(field),
		sign: descending ? -1 : 1,
	}));
	const nullSign = readings.nulls === 'last' ? 1 : -1;
	return (a, b) => {
		for (const { column, sign } of keys) {
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
