import { IncompleteError } from './errors';
import { ceilSecond, floorSecond, standing, timeOf } from './instant';
import { inOrder, sortRows } from './order';
import type { Rank } from './pool';
import type { Reader, Reading } from './reader';
import { mergeRows } from './trust';
import { SECOND } from './types';
import type { Period, Row, Sort } from './types';
import { cut, secondsIn } from './windows';
import type { ClosedPeriod } from './windows';

/** How often a single second is read before it is given up. */
const ATTEMPTS_PER_SECOND = 5;

/** Windows are cut to hold some 40 % of the cap, so that uneven traffic seldom fills one. */
const FILL = 0.4;

/** Streaming, they hold half of that, since two of them are in memory at a time. */
const STREAM_FILL = 0.2;

/** Streaming, how many windows are read before the one being handed on has been taken. */
const STREAM_AHEAD = 1;

/** The most windows that one cut makes; more are cut again. */
const MAX_PARTS = 1000;

/** What is left on either side when an open period is closed around the first and last row found. */
const DAY = 86_400 * SECOND;

/** Rows of one window. `harvested`: the times in rows decided where windows were cut. */
export interface Branch {
	rows: Row[];
	harvested: boolean;
}

interface ExploreRequest {
	period: Period;
	periodField: string;
	periodFieldIsFixed: boolean;
	sort: Sort;
	pageSize: number;
	cap: number;
}

interface Tree {
	rows: Row[];
	/** Each starts to be read when first called. */
	parts: Array<() => Promise<Tree>>;
	harvested: boolean;
}

/**
 * Cuts a period whose first reading cannot be trusted into windows, reads them side by side, cuts
 * again those that cannot be trusted, and yields their rows window by window: in the order asked for
 * when that is the period's own order, from the newest otherwise.
 *
 * A window is trusted if one page holds it all, or if its pages agree on `count` and add up to that
 * many distinct ids (see `trust.ts`).
 *
 * @param admit told a lower bound of the rows, from the counts seen so far; may throw
 * @param streaming whether to read little more than is taken, so that not all rows pile up here
 * @throws IncompleteError when a single second cannot be trusted
 */
export async function* explore(
	reader: Reader,
	request: ExploreRequest,
	whole: Reading,
	admit: (rows: number) => void,
	streaming = false,
): AsyncGenerator<Branch> {
	const { periodField } = request;
	const ordered = request.sort.field === periodField;
	const sort: Sort = ordered ? request.sort : { field: periodField, direction: 'desc' };
	const tally = new Tally(admit);
	const fill = streaming ? STREAM_FILL : FILL;
	const ahead = streaming ? STREAM_AHEAD : Infinity;

	const split = (
		window: ClosedPeriod,
		reading: Reading,
		rank: Rank,
		share: Share,
		isOrdered = true,
	): Tree => {
		const usable =
			isOrdered && request.periodFieldIsFixed && reading.first.items.length === request.pageSize;
		const { harvest, rest } = usable
			? harvestFirstPage(window, reading, sort)
			: { harvest: [], rest: window };
		const atLeast = reading.overCap
			? Math.max(reading.count ?? 0, request.cap)
			: (reading.count ?? 0);
		const wanted = Math.ceil((atLeast - harvest.length) / (fill * request.cap));
		const windows = cut(rest, Math.min(Math.max(2, wanted), MAX_PARTS));
		if (sort.direction === 'desc') windows.reverse();
		share.parts = [...windows.map(() => newShare()), newShare(harvest.length)];
		const parts = windows.map((part, index) =>
			lazy(async () => await visit(part, [...rank, index], share.parts[index])),
		);
		for (const start of parts.slice(0, 1 + ahead)) void start();
		return { rows: harvest, parts, harvested: rest !== window };
	};

	const visit = async (window: ClosedPeriod, rank: Rank, share: Share): Promise<Tree> => {
		if (secondsIn(window) <= 1) return leaf(await readSecond(reader, window, sort, rank));
		const reading = await reader.read(window, sort, rank, Infinity, (total) =>
			tally.set(share, total),
		);
		return reading.trusted ? leaf(reading.rows) : split(window, reading, rank, share);
	};

	const window = await close(reader, request.period, whole, sort, ordered);
	if (!window) return;
	if (secondsIn(window) <= 1) {
		yield { rows: await readSecond(reader, window, sort, [0]), harvested: false };
		return;
	}
	yield* walk(split(window, whole, [0], tally.root, ordered), ahead);
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

const leaf = (rows: Row[]): Tree => ({ rows, parts: [], harvested: false });

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
	if (tree.rows.length > 0) yield { rows: tree.rows, harvested: tree.harvested };
	tree.rows = [];
	// Each window is let go of once it is handed on, so that a stream holds only what is still to come.
	for (let part = tree.parts.shift(); part; part = tree.parts.shift()) {
		for (const start of tree.parts.slice(0, ahead)) void start();
		yield* walk(await part(), ahead);
	}
}

/**
 * The first page of a window, newest first, is in itself all there is after its last row's second: it
 * need not be asked for again, and the window shrinks by the time that it covers.
 */
const harvestFirstPage = (window: ClosedPeriod, { first }: Reading, sort: Sort) => {
	const nothing = { harvest: [] as Row[], rest: window };
	const last = first.items.at(-1);
	if (!last || sort.direction !== 'desc' || !inOrder(first.items, sort)) return nothing;
	if (first.items.some((row) => standing(row, sort.field, window) === 'elsewhere')) return nothing;
	const edge = floorSecond(timeOf(last, sort.field)) + SECOND;
	if (edge <= window.from || edge >= window.to) return nothing;
	const harvest = first.items.filter((row) => timeOf(row, sort.field) >= edge);
	return { harvest, rest: { from: window.from, to: edge } };
};

/** A single second cannot be cut; it is read again, and what several readings give is put together. */
const readSecond = async (
	reader: Reader,
	window: ClosedPeriod,
	sort: Sort,
	rank: Rank,
): Promise<Row[]> => {
	const byId = new Map<string, Row>();
	let count: number | undefined;
	for (let attempt = 0; attempt < ATTEMPTS_PER_SECOND; attempt++) {
		const reading = await reader.read(window, sort, rank);
		if (reading.trusted) return reading.rows;
		if (reading.overCap) throw new IncompleteError(window.from, reading.count, reading.rows.length);
		// Rows found while the total was another may be gone: only those of one total add up.
		if (reading.count !== count || !reading.agreed) byId.clear();
		count = reading.count;
		if (!reading.agreed) continue;
		mergeRows(byId, reading.rows);
		if (byId.size === count) {
			return sortRows([...byId.values()], sort);
		}
	}
	throw new IncompleteError(floorSecond(window.from), count, byId.size);
};

/**
 * Closes an open period around the rows that there are: one request for each end that the first page
 * does not show. A day is left on either side, for rows that are still arriving.
 * @returns undefined when there are no rows
 */
const close = async (
	reader: Reader,
	period: Period,
	{ first, count }: Reading,
	sort: Sort,
	ordered: boolean,
): Promise<ClosedPeriod | undefined> => {
	if (period.from !== undefined) return { from: period.from, to: period.to };
	const end = async (direction: Sort['direction']) =>
		ordered && sort.direction === direction
			? first.items[0]
			: await reader.readEnd(period, { field: sort.field, direction }, [0]);
	const [oldest, newest] = await Promise.all([end('asc'), end('desc')]);
	if (!oldest || !newest) {
		if (count) throw new IncompleteError(floorSecond(period.to), count, 0);
		return undefined;
	}
	const from = floorSecond(timeOf(oldest, sort.field)) - DAY;
	const to = Math.min(period.to, ceilSecond(timeOf(newest, sort.field)) + DAY);
	if (Number.isNaN(from) || Number.isNaN(to)) return { from: 0, to: period.to };
	return { from, to };
};
