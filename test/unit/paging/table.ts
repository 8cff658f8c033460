import type { FetchPage, Page, PageQuery, Row } from '../../../nodes/Twin24/paging/page';

/** Every unsure fact of the API that paging must survive. */
export interface Readings {
	fromInclusive: boolean;
	toInclusive: boolean;
	/** Whether times are cut to the second before they are compared with the period; not unless given. */
	compareToTheSecond?: boolean;
	count: 'total' | 'capped' | 'cappedLow' | 'page' | 'absent';
	unstableTies: boolean;
	pastCap: 'error' | 'empty';
	/** Milliseconds by which the times shown are off from those compared. */
	clockShift: number;
}

export const LIKELY: Readings = {
	fromInclusive: true,
	toInclusive: true,
	count: 'total',
	unstableTies: false,
	pastCap: 'error',
	clockShift: 0,
};

export interface TableRow {
	id: string;
	createdAt: number;
	updatedAt: number;
	duration: number;
	matches: boolean;
}

/** A report in memory that pages like TWIN24's, changes between requests, and remembers what it was asked. */
export class Table {
	readonly queries: PageQuery[] = [];
	maxInFlight = 0;
	private inFlight = 0;

	constructor(
		readonly rows: TableRow[],
		readonly readings: Readings,
		readonly limits: { pageSize: number; cap: number },
		/** Called before each answer: the place to insert, change or remove rows, or to throw. */
		private readonly beforeAnswer: (request: number, table: Table) => void = () => {},
		private readonly random: () => number = () => 0.5,
	) {}

	readonly fetchPage: FetchPage = async (query) => {
		const request = this.queries.push(query);
		this.maxInFlight = Math.max(this.maxInFlight, ++this.inFlight);
		// Answers come out of order, as they do over a network.
		for (let wait = Math.floor(this.random() * 4); wait > 0; wait--) await Promise.resolve();
		this.inFlight--;
		this.beforeAnswer(request, this);
		return this.answer(query);
	};

	private answer({ from = -Infinity, to, sort, offset, limit }: PageQuery): Page {
		const { readings, limits } = this;
		if (limit < 1 || limit > limits.pageSize) throw new Error(`limit ${limit}`);
		if (offset + limit > limits.cap && readings.pastCap === 'error')
			throw new Error('past the cap');
		const field = sort.field as 'createdAt' | 'updatedAt' | 'duration';
		const sign = sort.direction === 'asc' ? 1 : -1;
		const grain = readings.compareToTheSecond ? 1000 : 1;
		const found = this.rows.filter(({ createdAt, matches }) => {
			const time = Math.floor(createdAt / grain) * grain;
			const afterFrom = readings.fromInclusive ? time >= from : time > from;
			const beforeTo = readings.toInclusive ? time <= to : time < to;
			return matches && afterFrom && beforeTo;
		});
		const dice = new Map(found.map((row) => [row, readings.unstableTies ? this.random() : 0]));
		found.sort(
			(a, b) =>
				(a[field] - b[field]) * sign || dice.get(a)! - dice.get(b)! || (a.id < b.id ? -1 : 1),
		);
		const items =
			offset + limit > limits.cap
				? []
				: found.slice(offset, offset + limit).map((row) => this.show(row));
		const counts = {
			total: found.length,
			capped: Math.min(found.length, limits.cap),
			cappedLow: Math.min(found.length, Math.floor(limits.cap / 3)),
			page: items.length,
			absent: undefined,
		};
		return { count: counts[readings.count], items };
	}

	private show({ id, createdAt, updatedAt, duration }: TableRow): Row {
		const time = (instant: number) => new Date(instant + this.readings.clockShift).toISOString();
		return { id, createdAt: time(createdAt), updatedAt: time(updatedAt), duration };
	}
}
