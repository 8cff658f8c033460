import { IncompleteError } from './errors';
import { floorSecond, timeOf } from './instant';
import { reversed } from './order';
import { busySeconds } from './packing';
import { SECOND } from './page';
import type { Filter, Period, Row, Sort } from './page';
import type { Priority } from './pool';
import type { Reader, ReadOptions } from './reader';
import { mergeRows } from './trust';

/** How often a window is read, each time asked for in another way, before it is given up. */
const PASSES = 24;

/** How often in a row nothing new may come of it. */
const FRUITLESS = 8;

/** How often in all where there is no total, so that nothing tells when there are enough. */
const UNCOUNTED = 5;

export interface CrowdedSecondRequest {
	/** The field that the window applies to. */
	periodField: string;
	/** Other fields that the source can sort by. */
	otherSortFields?: readonly string[];
	/** Filters that cut any rows into parts, each in one of them: all values of a status, say. */
	partitions?: readonly Filter[];
}

/**
 * Reads a window that cannot be cut: a single second, or the rows without a time. It may be larger
 * than a page while the source orders ties in another way for each page, anew every time or always
 * the same. So it is asked for in ever other ways (direction, sort keys, page size), and what comes is
 * put together until there are as many rows as it counts; and if that fails, part by part.
 *
 * @returns its rows in no order of their own
 * @throws IncompleteError when they cannot be had whole
 */
export const readCrowdedSecond = async (
	reader: Reader,
	window: Period,
	sort: Sort,
	request: CrowdedSecondRequest,
	priority: Priority,
): Promise<Row[]> => {
	const byId = new Map<string, Row>();
	let count: number | undefined;
	let fruitless = 0;
	let seen: Row[] = [];
	/** Every row that came, whatever was counted with it. */
	const known = new Map<string, Row>();
	let tightStart = false;
	for (const [index, [passSort, options]] of passes(
		sort,
		reader.traits.pageSize,
		request,
	).entries()) {
		if (index === 1)
			reader.budget.grant(PASSES * (1 + Math.ceil(seen.length / (reader.traits.pageSize - 1))));
		const result = await reader.read(window, passSort, priority, {
			...options,
			tightStart,
			isLast: true,
		});
		if (result.trusted) return result.rows;
		// Rows found while the total was another may be gone: only those of one total add up.
		if (result.count !== count || !result.agreed) byId.clear();
		count = result.count;
		if (result.rows.length > seen.length) seen = result.rows;
		const turnsTight = !tightStart && isStartIncluded(window, seen, request.periodField);
		if (turnsTight) {
			tightStart = true;
			byId.clear();
			known.clear();
		}
		mergeRows(known, result.rows);
		// Over the cap there is one page to see. That of the other end shows as well whose rows they are.
		if (result.overCap && !turnsTight && index > 0) break;
		if (result.overCap) continue;
		if (!result.agreed) continue;
		const before = byId.size;
		mergeRows(byId, result.rows);
		if (byId.size === count) return [...byId.values()];
		fruitless = byId.size > before ? 0 : fruitless + 1;
		// Without a total nothing tells when there are enough.
		if (fruitless >= FRUITLESS || (count === undefined && index + 1 >= UNCOUNTED)) break;
	}
	if (count !== undefined) {
		for (const filter of request.partitions ?? []) {
			const part = await reader.read(window, sort, priority, { filter, tightStart, isLast: true });
			mergeRows(byId, part.rows);
		}
		if (byId.size === count) return [...byId.values()];
	}
	const culprit = crowdedIn(window, [...known.values()], request.periodField);
	throw new IncompleteError(culprit, count, Math.max(seen.length, byId.size));
};

/**
 * Whether a row came that is exactly on the second asked for, which begins before the window: then
 * that second is not needed, and what crowds it is no matter here.
 */
const isStartIncluded = ({ from }: Period, rows: Row[], field: string): boolean =>
	from !== undefined && rows.some((row) => timeOf(row, field) === floorSecond(from) - SECOND);

/** The second with most of the rows: it may be one beside the window that was asked for with it. */
const crowdedIn = (window: Period, rows: Row[], field: string): Period => {
	if (window.from === undefined) return window;
	const start = floorSecond(window.from);
	const times = rows.map((row) => timeOf(row, field)).sort((a, b) => a - b);
	const near = times.filter((time) => time >= start - SECOND && time < start + 2 * SECOND);
	const busy = busySeconds(near);
	const own = busy.find(({ second }) => second === start) ?? { second: start, rows: 0 };
	const fullest = busy.reduce((most, other) => (other.rows > most.rows ? other : most), own);
	if (fullest.second === start) return window;
	return { from: fullest.second, to: fullest.second + SECOND };
};

/** Ways to ask for the same rows, the plain one first and again. */
function* waysToAsk(
	sort: Sort,
	pageSize: number,
	{ otherSortFields = [] }: CrowdedSecondRequest,
): Generator<[Sort, ReadOptions]> {
	const others = otherSortFields.filter((field) => field !== sort.field);
	const thenBy = others.map((field): Sort => ({ field, direction: 'asc' }));
	for (let pass = 0; ; pass++) {
		const size = Math.max(2, pageSize - Math.floor(pass / 2));
		yield [sort, { pageSize: size }];
		yield [reversed(sort), { pageSize: size }];
		if (pass === 0 && thenBy.length > 0) yield [sort, { pageSize: size, thenBy }];
		const other = others[pass];
		if (other) yield [{ field: other, direction: 'asc' }, { pageSize: size }];
	}
}

const passes = (...how: Parameters<typeof waysToAsk>): Array<[Sort, ReadOptions]> => {
	const ways = waysToAsk(...how);
	return Array.from({ length: PASSES }, () => ways.next().value as [Sort, ReadOptions]);
};
