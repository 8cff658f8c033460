import { ClockError } from './errors';
import { explore } from './explore';
import type { Branch } from './explore';
import { standing } from './instant';
import { sortRows } from './order';
import { RankedPool } from './pool';
import { Reader } from './reader';
import { mergeRows } from './trust';
import type { FetchPage, Period, Row, Sort } from './types';

export interface CollectRequest {
	period: Period;
	/** The field that the period applies to. */
	periodField: string;
	/** Whether that field never changes once a row exists: then windows may be cut by the times in the rows. */
	periodFieldIsFixed: boolean;
	sort: Sort;
	/** Rows to skip, in the order asked for. */
	offset?: number;
	/** The most rows to return; all of them without it. */
	limit?: number;
	/** Requests in flight, 1 or more. */
	parallel: number;
	/** The API's limits: rows per page, and rows per period. */
	pageSize: number;
	cap: number;
	/** Drops rows that the API should not have given (a filter that it ignored). */
	keep?: (row: Row) => boolean;
	/**
	 * Told how many rows there will be at least, as soon as it is known; what it returns ends the search.
	 * `exact` is false while the number rests on the API's own count, which the ends of the period may
	 * make larger by a few.
	 */
	admit?: (rows: number, exact: boolean) => Error | undefined;
	/** Whether to hand rows on window by window instead of holding all of them until the end. */
	stream?: boolean;
}

/**
 * Collects the rows of a period: each row that was in it the whole time, once, in the order asked for.
 *
 * Yields batches of rows; a single one unless `stream` is set and the order is that of the period.
 * Of a row that changed while it was being read, the freshest version read comes (streaming: the first).
 *
 * @throws IncompleteError when a second of the period cannot be read whole
 * @throws ClockError when the API filters by other times than it shows and the period had to be cut
 * @throws whatever `fetchPage` throws or `admit` returns, at once: nothing that waits is started any more
 */
export async function* collect(
	fetchPage: FetchPage,
	request: CollectRequest,
): AsyncGenerator<Row[]> {
	const { sort, offset = 0, limit } = request;
	const pool = new RankedPool(request.parallel);
	const streaming =
		request.stream === true && sort.field === request.periodField && request.periodFieldIsFixed;
	const ended = new AbortController();
	const reader = new Reader(fetchPage, pool, request, limit === undefined, ended.signal);
	const gate = new Gate(request);

	try {
		const end = limit === undefined ? Infinity : offset + limit;
		const admit = (rows: number, exact = false) => {
			const refusal = request.admit?.(Math.min(rows, end) - offset, exact);
			if (!refusal) return;
			pool.close(refusal);
			throw refusal;
		};

		const head = await readHead(reader, request, gate, end, admit);
		if (head.rows) {
			yield finish(sortRows(head.rows, sort), offset, end, admit);
			return;
		}

		const branches = explore(reader, request, head.reading, admit, streaming);
		if (streaming) yield* stream(branches, gate, request, end);
		else yield finish(await gather(branches, gate, request, end, admit), offset, end, admit);
	} finally {
		pool.close(new Error('The search has ended'));
		ended.abort();
	}
}

/** Refuses, by throwing, that many rows of the match. */
type Admit = (rows: number, exact?: boolean) => void;

/**
 * Reads the start of the whole period in the API's own order: enough when nothing moves and it fits.
 * Rows that only the widened ends brought along are dropped, so more may have to be read than wanted.
 */
const readHead = async (
	reader: Reader,
	{ period, sort, limit, pageSize }: CollectRequest,
	gate: Gate,
	end: number,
	admit: Admit,
) => {
	let upTo = end;
	for (;;) {
		const reading = await reader.read(period, sort, [0], upTo, admit);
		if (!reading.trusted) return { reading };
		gate.check(reading.rows, false);
		const rows = gate.pass(reading.rows);
		if (reading.ended || rows.length >= end || limit === undefined) return { reading, rows };
		upTo = Math.max(2 * upTo, pageSize);
	}
};

/** Takes rows window by window until there are enough, the freshest version of each, and sorts them. */
const gather = async (
	branches: AsyncGenerator<Branch>,
	gate: Gate,
	request: CollectRequest,
	end: number,
	admit: Admit,
) => {
	const byId = new Map<string, Row>();
	const enough = request.sort.field === request.periodField ? end : Infinity;
	for await (const { rows, harvested } of branches) {
		gate.check(rows, harvested);
		mergeRows(byId, rows);
		if (byId.size >= enough && gate.count(byId.values()) >= enough) break;
		admit(byId.size);
	}
	return sortRows(gate.pass([...byId.values()]), request.sort);
};

async function* stream(
	branches: AsyncGenerator<Branch>,
	gate: Gate,
	{ sort, offset = 0 }: CollectRequest,
	end: number,
) {
	const seen = new Set<string>();
	let position = 0;
	for await (const { rows, harvested } of branches) {
		gate.check(rows, harvested);
		const fresh = sortRows(gate.pass(rows), sort).filter(({ id }) => !seen.has(id) && seen.add(id));
		const batch = fresh.slice(Math.max(0, offset - position), Math.max(0, end - position));
		position += fresh.length;
		if (batch.length > 0) yield batch;
		if (position >= end) return;
	}
}

const finish = (rows: Row[], offset: number, end: number, admit: Admit) => {
	admit(rows.length, true);
	return offset === 0 && end >= rows.length ? rows : rows.slice(offset, end);
};

/**
 * Decides which rows belong to the result, and watches whether the rows' times can be believed.
 * Rows are checked as they come, while other pages are still on their way.
 */
class Gate {
	private clockIsOff = false;
	private cutByRows = false;
	/** Rows from outside the period: the few that the widened ends bring along. */
	private readonly outside = new Set<Row>();

	constructor(private readonly request: CollectRequest) {}

	/** @throws ClockError when a window was cut by the rows' times and these turn out not to be the API's. */
	check(rows: Row[], harvested: boolean): void {
		const { period, periodField } = this.request;
		this.cutByRows ||= harvested;
		for (const row of rows) {
			if (this.clockIsOff) break;
			const where = standing(row, periodField, period);
			this.clockIsOff = where === 'elsewhere';
			if (where !== 'inside') this.outside.add(row);
		}
		if (this.clockIsOff && this.cutByRows) throw new ClockError(periodField);
	}

	/** Those of some rows checked before that belong to the result. */
	pass(rows: Row[]): Row[] {
		if (this.outside.size === 0 && !this.request.keep) return rows;
		return rows.every(this.belongs) ? rows : rows.filter(this.belongs);
	}

	/** How many of some rows checked before belong to the result. */
	count(rows: Iterable<Row>): number {
		let count = 0;
		for (const row of rows) if (this.belongs(row)) count++;
		return count;
	}

	private readonly belongs = (row: Row): boolean =>
		(this.clockIsOff || !this.outside.has(row)) && (this.request.keep?.(row) ?? true);
}
