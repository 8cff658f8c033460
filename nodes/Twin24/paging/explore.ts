import { readCrowdedSecond } from './crowdedSecond';
import type { CrowdedSecondRequest } from './crowdedSecond';
import { IncompleteError } from './errors';
import { floorSecond, standing, timeOf } from './instant';
import { hasManyKeys, inOrder } from './order';
import { SECOND } from './page';
import type { Period, Row, Sort } from './page';
import type { Priority } from './pool';
import type { Reader, WindowResult } from './reader';
import { cut, secondsIn } from './windows';
import type { ClosedPeriod } from './windows';

/** Windows are cut to hold some 40 % of the cap, so that uneven traffic seldom fills one. */
const FILL = 0.4;

/** Streaming, they hold half of that, since two of them are in memory at a time. */
const STREAM_FILL = 0.2;

/** Streaming, how many windows are read before the one being handed on has been taken. */
const STREAM_AHEAD = 1;

/** The same where only the first so many rows are wanted. */
const LIMITED_AHEAD = 3;

/** The most windows that one cut makes; more are cut again. */
const MAX_PARTS = 1000;

/** The parts into which a window of several pages is cut that cannot be trusted. */
const MIN_PARTS = 8;

/** Where no total is known, how many times the cap may be expected by what windows say together. */
const MOST_EXPECTED = 100;

/** What is left on either side when an open period is closed around the first and last row found. */
const DAY = 86_400 * SECOND;

/** Where the search for the first row with a time begins; older ones are found without. */
const EARLIEST = Date.UTC(2000, 0, 1);

/** How far apart the clocks of those may be who write the times, as seen in samples. */
const CLOCKS_APART = 3 * 3600 * SECOND;

/** How often the newest part of a period is read again because rows move into it while it is read. */
const TAIL_READS = 3;

export interface ExploreRequest extends CrowdedSecondRequest {
	period: Period;
	periodField: string;
	fixedField: string;
	sort: Sort;
	cap: number;
}

/** How the pages of a window are sorted while it is read: by the field that never changes. */
export const scanSort = ({ periodField, fixedField, sort }: ExploreRequest): Sort => {
	if (sort.field === fixedField) return sort;
	return { field: fixedField, direction: periodField === fixedField ? 'desc' : 'asc' };
};

/** Rows that came of one window. */
export interface Branch {
	rows: Row[];
	/** The window that was asked for. */
	window: Period;
	/** The part of it that no other window covers. */
	own: Period;
}

interface Tree extends Branch {
	/** Each starts to be read when first called. */
	parts: Array<() => Promise<Tree>>;
}

/** How much is read. */
export interface Demand {
	/** Whether to read little more than is taken, so that not all rows pile up. */
	streaming?: boolean;
	/** Asked after each window: whether the rows so far are all that is wanted. */
	isEnough?: () => boolean;
}

/** The last row of a page that was kept: the window that goes on from there must repeat it. */
interface Anchor {
	id: string;
	/** Where the window ended before it was made smaller by what the page held. */
	to: number;
}

/**
 * Cuts a period whose first reading cannot be trusted into windows, reads them side by side, cuts
 * again those that cannot be trusted, and yields their rows window by window: in the order asked for
 * when that is the period's own order, from the newest otherwise.
 *
 * @param whole what came of reading the whole period, in the order of `scanSort`
 * @param admit told a lower bound of the rows, from the counts seen so far; may throw
 * @throws IncompleteError when a single second cannot be read whole
 */
export async function* explore(
	reader: Reader,
	request: ExploreRequest,
	whole: WindowResult,
	admit: (rows: number) => void,
	{ streaming = false, isEnough }: Demand = {},
): AsyncGenerator<Branch> {
	const { period } = request;
	const isOpen = period.from === undefined;
	// Where rows may be missing without a contradiction in any one window, they are counted at the end.
	const ids: string[] | undefined = isOpen || whole.overCap ? [] : undefined;
	const tree = new Exploration(reader, request, admit, streaming, isEnough);
	for await (const branch of tree.read(whole)) {
		if (ids) for (const { id } of branch.rows) ids.push(id);
		yield branch;
	}
	const isSuspect = isOpen || tree.roundSeconds.length > 0;
	if (!ids || !isSuspect || isEnough?.()) return;
	const distinct = new Set(ids).size;
	if (isOpen) await denyMissing(reader, request, whole, distinct);
	for (const { window, rows } of tree.roundSeconds) {
		// Rows and count of the whole ended at the same number, and yet there were more: it is a cap.
		if (whole.atLeast === rows && distinct > rows) throw new IncompleteError(window, rows, rows);
	}
}

/** @throws IncompleteError when the source counts more now, and did before, than were found. */
const denyMissing = async (
	reader: Reader,
	request: ExploreRequest,
	{ count = 0 }: WindowResult,
	found: number,
): Promise<void> => {
	if (found >= count) return;
	const now = (await reader.readTotal(request.period, scanSort(request), [0])) ?? 0;
	if (found < now) throw new IncompleteError(request.period, now, found);
};

class Exploration {
	/** Single seconds whose total is as round as only caps are. */
	readonly roundSeconds: Array<{ window: ClosedPeriod; rows: number }> = [];
	private readonly tally: Tally;
	/** Whether the source's count of the whole is that of all rows, so that windows cannot add to it. */
	private isCounted = false;
	private settled = 0;
	private readonly ahead: number;
	private readonly fill: number;
	/** The order of windows. */
	private readonly direction: Sort['direction'];
	private readonly scan: Sort;

	constructor(
		private readonly reader: Reader,
		private readonly request: ExploreRequest,
		admit: (rows: number) => void,
		streaming: boolean,
		private readonly isEnough?: () => boolean,
	) {
		this.tally = new Tally((rows) => {
			if (!this.isCounted) reader.budget.expect(Math.min(rows, MOST_EXPECTED * request.cap));
			if (!reader.traits.ignoresFilters) admit(rows);
		});
		this.ahead = streaming ? STREAM_AHEAD : isEnough === undefined ? Infinity : LIMITED_AHEAD;
		this.fill = streaming ? STREAM_FILL : FILL;
		this.direction = request.sort.field === request.periodField ? request.sort.direction : 'desc';
		this.scan = scanSort(request);
	}

	async *read(whole: WindowResult): AsyncGenerator<Branch> {
		const { period, periodField, fixedField, cap } = this.request;
		this.isCounted = whole.count !== undefined && (whole.count > cap || !whole.overCap);
		const newest = periodField === fixedField ? undefined : await this.readNewest(period);
		for await (const branch of this.readAll(period, whole)) {
			yield branch;
			if (!this.isEnough?.()) continue;
			if (this.direction === 'asc') return;
			break;
		}
		if (newest !== undefined) yield* this.readTail(newest);
	}

	private async *readAll(period: Period, whole: WindowResult): AsyncGenerator<Branch> {
		const start = period.from ?? (await this.findStart(period));
		if (start !== undefined) {
			const window = { from: start, to: period.to };
			const tree =
				secondsIn(window) <= 1
					? await this.readLast(window, [0])
					: this.split(window, whole, [0], this.tally.root);
			yield* walk(tree, this.ahead);
		}
		// Without `from`, rows without a time match as well.
		if (period.from === undefined)
			yield* this.readRest({ to: start ?? period.to }, start !== undefined);
	}

	/** @param isFurther whether rows with a time may be found, because the first one was not what it seemed */
	private async *readRest(rest: Period, isFurther: boolean): AsyncGenerator<Branch> {
		const result = await this.reader.read(rest, this.scan, [0]);
		if (result.trusted) return yield leaf(result.rows, rest);
		const isTimed = isFurther && (await this.findStart(rest)) !== undefined;
		if (isTimed) yield* this.readAll(rest, result);
		else yield await this.readLast(rest, [0]);
	}

	/** The time of the first row at an end of a period; `NaN` where it shows none, undefined without any. */
	private async timeAtEnd(
		period: Period,
		direction: Sort['direction'],
	): Promise<number | undefined> {
		const sort: Sort = { field: this.request.periodField, direction };
		const row = await this.reader.readEnd(period, sort, [0]);
		return row && timeOf(row, sort.field);
	}

	/** When the newest row of a period is that has a time, or may be at the earliest; undefined without any. */
	private async readNewest(period: Period): Promise<number | undefined> {
		const time = await this.timeAtEnd({ from: EARLIEST, ...period }, 'desc');
		return Number.isNaN(time) ? EARLIEST : time;
	}

	/** Where a period begins that is open to the past: a day before its first row with a time. */
	private async findStart(period: Period): Promise<number | undefined> {
		const time = await this.timeAtEnd({ ...period, from: EARLIEST }, 'asc');
		if (time === undefined) return undefined;
		return Number.isNaN(time) ? EARLIEST : Math.min(floorSecond(time) - DAY, period.to - SECOND);
	}

	/**
	 * Rows whose time changes leave one window for a newer one, which may have been read before. They
	 * are all in the newest part of the period then, from where its newest row was at first: that is
	 * read again, in an order that does not change, until it could be read without being cut.
	 */
	private async *readTail(newest: number): AsyncGenerator<Branch> {
		const { period } = this.request;
		let start = floorSecond(newest) - CLOCKS_APART;
		for (let attempt = 0; attempt < TAIL_READS; attempt++) {
			const tail = { from: Math.max(start, period.from ?? -Infinity), to: period.to };
			const next = await this.readNewest(tail);
			if (next === undefined) return;
			const whole = await this.reader.read(tail, this.scan, [0], { isLast: true });
			if (whole.trusted) return yield leaf(whole.rows, tail);
			if (secondsIn(tail) <= 1) return yield await this.readLast(tail, [0]);
			yield* walk(this.split(tail, whole, [0], newShare()), this.ahead);
			start = floorSecond(next);
		}
		throw new IncompleteError({ from: start, to: period.to }, undefined, 0);
	}

	/** A window that cannot be cut. */
	private async readLast(window: Period, priority: Priority): Promise<Tree> {
		const rows = await readCrowdedSecond(this.reader, window, this.scan, this.request, priority);
		if (window.from !== undefined && this.reader.traits.mayBeCapped(rows.length))
			this.roundSeconds.push({ window: { from: window.from, to: window.to }, rows: rows.length });
		return leaf(rows, window);
	}

	private async visit(
		window: ClosedPeriod,
		priority: Priority,
		share: Share,
		anchor?: Anchor,
	): Promise<Tree> {
		if (secondsIn(window) <= 1 && !anchor) return await this.readLast(window, priority);
		const onTotal = (total: number) => this.tally.set(share, total);
		const result = await this.reader.read(window, this.scan, priority, { onTotal });
		if (anchor && !result.rows.some(({ id }) => id === anchor.id)) {
			// The row has left, or the times shown are not those that the source compares.
			const tree = await this.visit({ from: window.from, to: anchor.to }, priority, share);
			return { ...tree, own: window };
		}
		this.tally.set(share, result.trusted ? result.rows.length : result.atLeast);
		if (result.trusted) {
			this.settled += result.rows.length;
			this.reader.budget.expect(this.settled);
			return leaf(result.rows, window);
		}
		if (secondsIn(window) <= 1) return await this.readLast(window, priority);
		return this.split(window, result, priority, share, anchor === undefined);
	}

	private split(
		window: ClosedPeriod,
		result: WindowResult,
		priority: Priority,
		share: Share,
		mayKeepPage = true,
	): Tree {
		const { rows, rest, anchor } = mayKeepPage
			? this.keepFirstPage(window, result)
			: { rows: [], rest: window, anchor: undefined };
		const { cap } = this.request;
		// Rows in no order can only be believed page by page.
		const most = result.unordered ? this.reader.traits.pageSize / 2 : this.fill * cap;
		const wanted = Math.ceil(
			(Math.max(result.atLeast, result.overCap ? cap : 0) - rows.length) / most,
		);
		// Where a single second is crowded, wide cuts come down to it with the fewest pages read again.
		const least = Math.min(MIN_PARTS, 1 + Math.ceil(result.atLeast / this.reader.traits.pageSize));
		const windows = cut(rest, Math.min(Math.max(2, least, wanted), MAX_PARTS));
		if (this.direction === 'desc') windows.reverse();
		share.parts = [...windows.map(() => newShare()), newShare(rows.length)];
		const parts = windows.map((part, index) =>
			lazy(
				async () =>
					await this.visit(
						part,
						[...priority, index],
						share.parts[index],
						index === 0 ? anchor : undefined,
					),
			),
		);
		for (const start of parts.slice(0, 1 + this.ahead)) void start();
		return { rows, window, own: { from: rest.to, to: window.to }, parts };
	}

	/**
	 * The first page of a window, newest first, is in itself all there is after its last row's second:
	 * it need not be asked for again, and the window shrinks by the time that it covers. That is so if
	 * what is left of the window repeats its last row, the anchor.
	 */
	private keepFirstPage(window: ClosedPeriod, { first }: WindowResult) {
		const { periodField, fixedField } = this.request;
		const nothing = { rows: [] as Row[], rest: window, anchor: undefined };
		const sort: Sort = { field: periodField, direction: 'desc' };
		const { items } = first;
		const last = items.at(-1);
		const isFull = items.length >= this.reader.traits.pageSize;
		if (!last || !isFull || periodField !== fixedField || this.scan.direction !== 'desc')
			return nothing;
		if (!inOrder(items, sort) || !hasManyKeys(items, periodField)) return nothing;
		if (items.some((row) => standing(row, periodField, window) === 'elsewhere')) return nothing;
		const edge = floorSecond(timeOf(last, periodField)) + SECOND;
		if (edge <= window.from || edge >= window.to) return nothing;
		const rows = items.filter((row) => timeOf(row, periodField) >= edge);
		const anchor: Anchor = { id: last.id, to: window.to };
		return { rows, rest: { from: window.from, to: edge }, anchor };
	}
}

/** What is known of the number of rows in one window, and in the windows that it was cut into. */
interface Share {
	own: number;
	parts: Share[];
}

const newShare = (own = 0): Share => ({ own, parts: [] });

/** A window holds what it says, or what its parts say together if that is more. */
const bound = ({ own, parts }: Share): number =>
	Math.max(
		own,
		parts.reduce((sum, part) => sum + bound(part), 0),
	);

/** Keeps a lower bound of all rows from the totals that windows have named so far. */
class Tally {
	readonly root = newShare();

	constructor(private readonly onChange: (atLeast: number) => void) {}

	set(share: Share, total: number): void {
		share.own = total;
		this.onChange(bound(this.root));
	}
}

const leaf = (rows: Row[], window: Period): Tree => ({ rows, window, own: window, parts: [] });

/** Starts when first called, and only once. */
const lazy = <T>(run: () => Promise<T>): (() => Promise<T>) => {
	let started: Promise<T> | undefined;
	return () => {
		if (started) return started;
		started = run();
		// A failure is met where its window is due; until then it must not count as unhandled.
		started.catch(() => {});
		return started;
	};
};

/** @param ahead how many windows are read beyond the one that is waited for */
async function* walk(tree: Tree, ahead: number): AsyncGenerator<Branch> {
	if (tree.rows.length > 0) yield { rows: tree.rows, window: tree.window, own: tree.own };
	tree.rows = [];
	// Each window is let go of once it is handed on, so that a stream holds only what is still to come.
	for (let part = tree.parts.shift(); part; part = tree.parts.shift()) {
		for (const start of tree.parts.slice(0, ahead)) void start();
		yield* walk(await part(), ahead);
	}
}
