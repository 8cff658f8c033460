import { Budget } from './budget';
import type { CrowdedSecondRequest } from './crowdedSecond';
import { readCrowdedSecond } from './crowdedSecond';
import { ClockError } from './errors';
import { explore, scanSort } from './explore';
import { sortKey } from './instant';
import { Line } from './line';
import { Membership } from './membership';
import { inOrder, sortRows } from './order';
import type { FetchPage, Period, Row, Sort } from './page';
import { PriorityPool } from './pool';
import { Reader } from './reader';
import type { WindowResult } from './reader';
import { SourceTraits } from './traits';
import { mergeRows } from './trust';

/** The fewest rows asked for, so that their order can be seen. */
const LEAST_ROWS = 20;

export interface CollectRequest extends CrowdedSecondRequest {
	period: Period;
	/** The field that the period applies to. */
	periodField: string;
	/**
	 * A field that every row shows, that never changes, and that the source can sort by: when the row
	 * was made, say. Wherever several pages have to be read they are read in its order.
	 */
	fixedField: string;
	sort: Sort;
	/** Rows to skip, in the order asked for. */
	offset?: number;
	/** The most rows to return; all of them without it. */
	limit?: number;
	/** Requests in flight, 1 or more. */
	parallel: number;
	/** The source's limits: rows per page, at least 2, and rows per period. */
	pageSize: number;
	cap: number;
	/** Drops rows that the source should not have given (a filter that it ignored). */
	keep?: (row: Row) => boolean;
	/**
	 * Told how many rows there will be at least, as soon as it is known; what it returns ends the search.
	 * `exact` is false while the number rests on the source's own count, which the ends of the period may
	 * make larger by a few. A count of rows that `keep` drops is not told.
	 */
	admit?: (rows: number, exact: boolean) => Error | undefined;
	/** Whether to hand rows on window by window instead of holding all of them until the end. */
	stream?: boolean;
	/**
	 * How many rows there probably are: as many pages as they fill are asked for at once, within
	 * `parallel`. If there are fewer, up to `parallel - 1` requests were made in vain.
	 */
	expected?: number;
	/** What earlier searches of the same rows have learned of the source. */
	traits?: SourceTraits;
}

/**
 * Collects the rows of a period: each row that was in it the whole time, once, in the order asked for
 * (see `sortRows`), which is the same however the rows had to be fetched.
 *
 * Yields batches of rows; a single one unless `stream` is set and the order is that of the period.
 * Of a row that changed while it was being read, the freshest version read comes (streaming: the first).
 *
 * @throws IncompleteError when a part of the period, a single second in most cases, cannot be read whole
 * @throws ClockError when rows were streamed before the source turned out to compare other times than it shows
 * @throws BudgetError after many times the requests that the rows ask for
 * @throws whatever `fetchPage` throws or `admit` returns, at once: nothing that waits is started any more
 */
export async function* collect(
	fetchPage: FetchPage,
	request: CollectRequest,
): AsyncGenerator<Row[]> {
	const pool = new PriorityPool(request.parallel);
	try {
		yield* new Collector(fetchPage, request, pool).collect();
	} finally {
		pool.close(new Error('The search has ended'));
	}
}

class Collector {
	private readonly reader: Reader;
	private readonly membership: Membership;
	/** The place after the last row wanted. */
	private readonly end: number;
	private readonly offset: number;
	private readonly scan: Sort;
	/** Rows that the first reading may expect. */
	private expected: number;

	constructor(
		fetchPage: FetchPage,
		private readonly request: CollectRequest,
		private readonly pool: PriorityPool,
	) {
		const { period, periodField, offset = 0, limit, expected = 0 } = request;
		// More than the cap are not read in one go, so that their pages would be asked for in vain.
		this.expected = expected > request.cap ? 0 : expected;
		const traits = request.traits ?? new SourceTraits(request);
		const budget = new Budget(request.pageSize);
		this.reader = new Reader(fetchPage, pool, request, traits, budget, limit === undefined);
		this.scan = scanSort(request);
		this.offset = offset;
		this.end = limit === undefined ? Infinity : offset + limit;
		this.membership = new Membership(
			period,
			periodField,
			async (window) => await readCrowdedSecond(this.reader, window, this.scan, request, [0]),
			traits,
		);
	}

	async *collect(): AsyncGenerator<Row[]> {
		const { sort, periodField, fixedField, stream } = this.request;
		const head = this.end === Infinity ? undefined : await this.readHead();
		if (head?.rows) return yield this.finish(head.rows);

		// In the order of the period, windows can be read from where the result begins.
		const isOrdered = sort.field === periodField;
		const whole = (isOrdered && head?.result) || (await this.read(this.scan, Infinity));
		if (whole.trusted) return yield this.finish(await this.accept(whole.rows));
		if (stream === true && isOrdered && periodField === fixedField) yield* this.stream(whole);
		else yield this.finish(await this.gather(whole, isOrdered));
	}

	private async read(sort: Sort, upTo: number): Promise<WindowResult> {
		const { expected } = this;
		this.expected = 0;
		const result = await this.reader.read(this.request.period, sort, [0], {
			upTo,
			expected,
			onTotal: (total) => {
				this.reader.budget.expect(total);
				this.admit(total);
			},
		});
		this.reader.budget.expect(result.atLeast);
		return result;
	}

	/**
	 * Reads the start of the period in the source's own order, as far as that is the order asked for:
	 * every row with a key, the keys in order, and on to a key that is further than those wanted, so
	 * that ties are all there.
	 * @returns its rows; without them when that is not enough, what came instead
	 */
	private async readHead(): Promise<{ rows?: Row[]; result?: WindowResult }> {
		const { sort, fixedField } = this.request;
		const { pageSize } = this.reader.traits;
		// Of a key that changes, the first page is all that can be believed, and a glance at what follows.
		const most = sort.field === fixedField ? Infinity : pageSize + 1;
		const first = Math.max(this.end + 1, Math.min(LEAST_ROWS, pageSize));
		for (let upTo = first; upTo <= most; upTo = Math.max(2 * upTo, pageSize)) {
			const result = await this.read(sort, upTo);
			const { rows, consistent, ended } = result;
			if (consistent && ended) return { rows: await this.accept(rows) };
			const obeyed =
				consistent &&
				inOrder(rows, sort) &&
				(await this.reader.obeys(this.request.period, sort, rows, [0]));
			if (!obeyed) return { result: { ...result, trusted: false } };
			const furthest = sortKey(rows[rows.length - 1], sort.field);
			const certain = await this.accept(
				rows.filter((row) => sortKey(row, sort.field) !== furthest),
			);
			if (certain.length >= this.end) return { rows: certain };
		}
		return {};
	}

	/** Takes rows window by window until there are enough, the freshest version of each. */
	private async gather(whole: WindowResult, isOrdered: boolean): Promise<Row[]> {
		const { keep } = this.request;
		const { traits } = this.reader;
		const byId = new Map<string, Row>();
		const isEnough = () =>
			!traits.timesAreOff && byId.size >= this.end && this.count(byId.values()) >= this.end;
		const demand = isOrdered && this.end < Infinity ? { isEnough } : {};
		for await (const { rows, window } of explore(
			this.reader,
			this.request,
			whole,
			this.admit,
			demand,
		)) {
			await this.membership.look(rows, window);
			mergeRows(byId, keep ? rows.filter(keep) : rows);
			this.admit(byId.size);
		}
		const all = [...byId.values()];
		return this.membership.isTight ? all : all.filter(this.membership.has);
	}

	private async *stream(whole: WindowResult): AsyncGenerator<Row[]> {
		const seen = new Set<string>();
		const line = new Line(this.request.sort);
		let position = 0;
		let wereOff = this.reader.traits.timesAreOff;
		for await (const branch of explore(this.reader, this.request, whole, this.admit, {
			streaming: true,
		})) {
			const accepted = await this.accept(branch.rows, branch.window);
			const areOff = this.reader.traits.timesAreOff;
			// Some may have been handed on that belong to the period beside this one.
			if (areOff && !wereOff && [...seen].some((id) => this.membership.isBeyond(id)))
				throw new ClockError(this.request.periodField);
			wereOff = areOff;
			const due = line.due(accepted, areOff ? undefined : branch.own);
			const fresh = due.filter(({ id }) => !seen.has(id) && seen.add(id));
			const batch = fresh.slice(
				Math.max(0, this.offset - position),
				Math.max(0, this.end - position),
			);
			position += fresh.length;
			if (batch.length > 0) yield batch;
			if (position >= this.end) return;
		}
		const rest = line.rest().filter(({ id }) => !seen.has(id));
		const batch = rest.slice(Math.max(0, this.offset - position), Math.max(0, this.end - position));
		if (batch.length > 0) yield batch;
	}

	/** Those of some rows that belong to the result. */
	private async accept(rows: Row[], window?: Period): Promise<Row[]> {
		const { keep } = this.request;
		await this.membership.look(rows, window);
		if (this.membership.isTight && !keep) return rows;
		const belongs = (row: Row) => this.membership.has(row) && (keep?.(row) ?? true);
		return rows.every(belongs) ? rows : rows.filter(belongs);
	}

	private count(rows: Iterable<Row>): number {
		let count = 0;
		for (const row of rows) if (this.membership.has(row)) count++;
		return count;
	}

	private finish(rows: Row[]): Row[] {
		this.admit(rows.length, true);
		const sorted = sortRows(rows, this.request.sort);
		const { offset, end } = this;
		return offset === 0 && end >= sorted.length ? sorted : sorted.slice(offset, end);
	}

	/** Refuses, by throwing, that many rows of the match. */
	private readonly admit = (rows: number, exact = false): void => {
		const refusal = this.request.admit?.(Math.min(rows, this.end) - this.offset, exact);
		if (!refusal) return;
		this.pool.close(refusal);
		throw refusal;
	};
}
