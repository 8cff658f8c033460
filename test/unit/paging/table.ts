import type { FetchPage, Page, PageQuery, Row } from '../../../nodes/Twin24/paging/page';

/** Every unsure fact of a source that paging must survive. */
export interface Readings {
	fromInclusive: boolean;
	toInclusive: boolean;
	/** Whether times are cut to the second before they are compared with the period; not unless given. */
	compareToTheSecond?: boolean;
	count:
		| 'total'
		| 'capped'
		| 'cappedLow'
		/** Two pages at most, and no row beyond them either. */
		| 'cappedWithRows'
		| 'page'
		| 'absent'
		/** One more than there are, in every window. */
		| 'oneTooMany'
		/** That of all rows, whatever is asked for. */
		| 'ofAll';
	/** How rows with equal keys are ordered: always the same; anew each time; by what is asked for, but then always the same. */
	ties: 'stable' | 'shuffled' | 'byPage';
	/** Where rows stand that have no key. */
	nulls?: 'first' | 'last';
	/** Whether `sort`, or its direction, is passed over. */
	sort?: 'obeyed' | 'ignored' | 'ascendingOnly';
	/** Rows on a page at most, when that is less than what may be asked for, without a word. */
	clamp?: number;
	pastCap: 'error' | 'empty';
	/** Milliseconds by which the times shown are off from those compared; of every second row when mixed. */
	clockShift: number;
	mixedClocks?: boolean;
	/** Whether rows without a time pass when no `from` is sent. */
	nullsPassOpenPeriods?: boolean;
	/** Whether filters are passed over, so that rows come that do not match. */
	ignoresFilters?: boolean;
}

export const LIKELY: Readings = {
	fromInclusive: true,
	toInclusive: true,
	count: 'total',
	ties: 'stable',
	pastCap: 'error',
	clockShift: 0,
};

export interface TableRow {
	id: string;
	createdAt: number;
	updatedAt: number;
	startedAt?: number | null;
	duration: number | null;
	status?: string;
	matches: boolean;
}

type Key = 'createdAt' | 'updatedAt' | 'startedAt' | 'duration';

/** A report in memory that pages like the real one, changes between requests, and remembers what it was asked. */
export class Table {
	readonly queries: PageQuery[] = [];
	readonly signals: AbortSignal[] = [];
	maxInFlight = 0;
	/** The field that `from` and `to` apply to. */
	periodField: Key = 'createdAt';
	private inFlight = 0;

	constructor(
		readonly rows: TableRow[],
		readonly readings: Readings,
		readonly limits: { pageSize: number; cap: number },
		/** Called before each answer: the place to insert, change or remove rows, or to throw. */
		private readonly beforeAnswer: (request: number, table: Table) => void = () => {},
		private readonly random: () => number = () => 0.5,
	) {}

	readonly fetchPage: FetchPage = async (query, unwanted) => {
		const request = this.queries.push(query);
		if (unwanted) this.signals.push(unwanted);
		this.maxInFlight = Math.max(this.maxInFlight, ++this.inFlight);
		// Answers come out of order, as they do over a network.
		for (let wait = Math.floor(this.random() * 4); wait > 0; wait--) await Promise.resolve();
		this.inFlight--;
		this.beforeAnswer(request, this);
		return this.answer(query);
	};

	private answer(query: PageQuery): Page {
		const { offset, limit } = query;
		const { readings, limits } = this;
		if (limit < 1 || limit > limits.pageSize) throw new Error(`limit ${limit}`);
		if (offset + limit > limits.cap && readings.pastCap === 'error')
			throw new Error('past the cap');
		const found = this.rows.filter((row) => this.matches(row, query));
		this.order(found, query);
		const lowCap = 2 * limits.pageSize;
		const most = readings.count === 'cappedWithRows' ? lowCap : limits.cap;
		const end = Math.min(offset + Math.min(limit, readings.clamp ?? limit), most);
		const items =
			offset + limit > limits.cap ? [] : found.slice(offset, end).map((row) => this.show(row));
		const counts = {
			total: found.length,
			capped: Math.min(found.length, limits.cap),
			cappedLow: Math.min(found.length, Math.floor(limits.cap / 3)),
			cappedWithRows: Math.min(found.length, lowCap),
			page: items.length,
			absent: undefined,
			oneTooMany: found.length + 1,
			ofAll: this.rows.length,
		};
		return { count: counts[readings.count], items };
	}

	private matches(row: TableRow, { from = -Infinity, to, filter }: PageQuery): boolean {
		const { readings } = this;
		if (!row.matches && !readings.ignoresFilters) return false;
		if (filter?.status !== undefined && filter.status !== row.status) return false;
		const compared = row[this.periodField];
		if (compared === null || compared === undefined)
			return from === -Infinity && readings.nullsPassOpenPeriods === true;
		const grain = readings.compareToTheSecond ? 1000 : 1;
		const time = Math.floor(compared / grain) * grain;
		return (
			(readings.fromInclusive ? time >= from : time > from) &&
			(readings.toInclusive ? time <= to : time < to)
		);
	}

	private order(found: TableRow[], { sort, thenBy = [], offset, limit }: PageQuery): void {
		const { readings } = this;
		const asked = JSON.stringify([sort, offset, limit]);
		const thrown = new Map<TableRow, number>();
		const dice = (row: TableRow) => {
			const known = thrown.get(row) ?? this.dice(row, asked);
			thrown.set(row, known);
			return known;
		};
		const sorts = readings.sort === 'ignored' ? [] : [sort, ...thenBy];
		const byKey = (a: TableRow, b: TableRow) => {
			for (const { field, direction } of sorts) {
				const [left, right] = [a[field as Key] ?? NaN, b[field as Key] ?? NaN];
				const sign = direction === 'asc' || readings.sort === 'ascendingOnly' ? 1 : -1;
				const nulls = Number(Number.isNaN(left)) - Number(Number.isNaN(right));
				if (nulls !== 0) return readings.nulls === 'first' ? -nulls : nulls;
				if (left !== right && !Number.isNaN(left)) return (left - right) * sign;
			}
			return 0;
		};
		found.sort((a, b) => byKey(a, b) || dice(a) - dice(b));
	}

	private dice({ id }: TableRow, asked: string): number {
		if (this.readings.ties === 'shuffled') return this.random();
		// Otherwise an order of its own, that of the ids or of the rows' making it is not.
		let hash = 7;
		for (const char of this.readings.ties === 'byPage' ? id + asked : id)
			hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
		hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
		return Math.imul(hash ^ (hash >>> 12), 0x297a2d39) >>> 0;
	}

	private show({ id, createdAt, updatedAt, startedAt, duration, status, matches }: TableRow): Row {
		const { clockShift, mixedClocks } = this.readings;
		const isShifted = !mixedClocks || id.charCodeAt(id.length - 1) % 2 === 0;
		const shift = isShifted ? clockShift : 0;
		const time = (instant: number | null | undefined, off: number) =>
			instant === null || instant === undefined ? null : new Date(instant + off).toISOString();
		const moving = this.periodField === 'createdAt' ? 0 : shift;
		return {
			id,
			createdAt: time(createdAt, this.periodField === 'createdAt' ? shift : 0),
			updatedAt: time(updatedAt, moving),
			startedAt: time(startedAt, moving),
			duration,
			status,
			matches,
		};
	}
}
