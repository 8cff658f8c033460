import { Budget } from './budget';
import { collect } from './collect';
import type { CollectRequest } from './collect';
import { ceilSecond, floorSecond, timeOf, widen } from './instant';
import { inOrder, reversed } from './order';
import { busySeconds } from './packing';
import type { BusySecond } from './packing';
import { PriorityPool } from './pool';
import type { Priority } from './pool';
import { edgeOf, topOf } from './top';
import type { Edge, Top } from './top';
import { SECOND } from './page';
import type { FetchPage, Page, PageQuery, Sort } from './page';
import { SourceTraits } from './traits';
import { cut, secondsIn } from './windows';
import type { ClosedPeriod } from './windows';

export type CountRequest = Pick<
	CollectRequest,
	| 'periodField'
	| 'fixedField'
	| 'parallel'
	| 'pageSize'
	| 'cap'
	| 'keep'
	| 'otherSortFields'
	| 'partitions'
>;

/** Counts slices: for each as many rows as `collect` returns for it. */
export type CountSlices = (slices: ClosedPeriod[]) => Promise<number[]>;

/** Slices are cut to hold some 40 % of what can be counted, so that uneven traffic seldom fills one. */
const FILL = 0.4;

/** Into how many parts at least a slice is cut whose total is not known. */
const PARTS = Math.ceil(1 / FILL);

/** The first and the last second of a slice, and what is between them. */
const endsApart = ({ from, to }: ClosedPeriod): ClosedPeriod[] => {
	const first = floorSecond(from) + SECOND;
	const last = Math.max(first, ceilSecond(to) - SECOND);
	const bounds = [...new Set([from, first, last, to])];
	return bounds.slice(1).map((end, index) => ({ from: bounds[index], to: end }));
};

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

/**
 * Counts rows slice by slice with as few requests as certainty allows: one for a slice in the likely
 * case, whatever it holds.
 *
 * The API counts what it is asked for, and what that is depends on how it reads the ends of a period
 * and on whether its count is a total. So each slice is asked for with its ends widened, and:
 * - a slice that fits on its first page is counted there, row by row;
 * - otherwise the rows that the widened ends brought along are taken off the API's count: those after
 *   the slice stand at the top of its page; those before it stand in the page of the slice before, and
 *   which of them are counted is learned from the first such case;
 * - a count is believed if it is larger than the cap on rows, or smaller than another count: then no
 *   cap on counts has touched it; so the whole is counted, too. A count that nothing exceeds is
 *   believed if asking for the row at that place and one more brings just the one. Other slices are
 *   cut, and their parts counted;
 * - where all this says nothing (no order, odd times, no totals at all), the rows are read.
 */
export class Counter {
	private readonly pool: PriorityPool;
	private readonly sort: Sort;
	/** The largest count that the API has named, and whether it has turned out to be a cap. */
	private largest = { count: 0, isCap: false };
	/** Whether the API counts rows of each kind in the second that begins with `from`, once known. */
	private readonly countsEdge: { [kind in keyof Edge]?: boolean } = {};
	private readonly traits: SourceTraits;
	private readonly budget: Budget;
	private rowsCounted = 0;

	constructor(
		private readonly fetchPage: FetchPage,
		private readonly request: CountRequest,
	) {
		this.pool = new PriorityPool(request.parallel);
		this.traits = new SourceTraits(request);
		this.budget = new Budget(request.pageSize);
		this.sort = { field: request.periodField, direction: 'desc' };
	}

	/**
	 * @param slices in order of time; what touches should stand side by side
	 * @returns for each the number of rows that `collect` returns for it
	 * @throws what `collect` throws, when a slice had to be read
	 */
	async count(slices: ClosedPeriod[], priority: Priority = []): Promise<number[]> {
		this.budget.grant(2 * slices.length);
		const tops = await Promise.all(
			slices.map(async (slice, index) => await this.readTop(slice, [...priority, index])),
		);
		this.expect(tops);
		await this.learnLimits(tops, priority);
		await this.learnOrder(tops, priority);
		const open = tops.filter((top) => this.isPlain(top) && !top.complete);
		for (const { said } of open) this.learn(said);
		const totals = await this.findTotals(open, priority);
		const below = await this.countBelow(tops, totals, priority);
		return await Promise.all(
			tops.map(
				async (top, index) =>
					await this.countOne(top, totals.has(top), below[index], [...priority, index]),
			),
		);
	}

	/** Reads a slice: how many of its rows, as `collect` returns them, are in which second. */
	async readSeconds(slice: ClosedPeriod, priority: Priority = []): Promise<BusySecond[]> {
		const times: number[] = [];
		for await (const rows of this.rowsOf(slice, 'asc', priority)) {
			for (const row of rows) {
				const time = timeOf(row, this.request.periodField);
				times.push(time >= slice.from && time < slice.to ? time : slice.from);
			}
		}
		return busySeconds(times.sort((a, b) => a - b));
	}

	/** What these slices say they hold allows for as many requests as their pages. */
	private expect(tops: Top[]): void {
		this.rowsCounted += sum(tops.map(({ said }) => said));
		this.budget.expect(this.rowsCounted);
	}

	/** Whether a slice may be counted without being read, by what all of them have shown. */
	private isPlain({ plain, complete, onPage }: Top): boolean {
		const { ignoresFilters, timesAreOff, sortsBy } = this.traits;
		if (!plain || timesAreOff) return false;
		if (complete) return !this.traits.mayBeClamped(onPage);
		return !ignoresFilters && sortsBy.has(this.sort.field);
	}

	/** Where a page may be shorter than asked for without a word, finds out whether its count is a total. */
	private async learnLimits(tops: Top[], priority: Priority): Promise<void> {
		const doubtful = tops.find(
			({ plain, complete, onPage }) => plain && complete && this.traits.mayBeClamped(onPage),
		);
		if (!doubtful) return;
		const offset = doubtful.onPage - 1;
		const { items, count } = await this.fetch(
			{ ...widen(doubtful.slice), sort: this.sort, offset, limit: 2 },
			priority,
		);
		if (items.length === 1 && count === doubtful.onPage) this.traits.countIsTotal ||= count > 1;
	}

	/** Where a page may be in order by accident, looks whether the other end of the slice is further on. */
	private async learnOrder(tops: Top[], priority: Priority): Promise<void> {
		const { sortsBy } = this.traits;
		const open = tops.filter(({ plain, complete }) => plain && !complete);
		if (open.some(({ order }) => order === 'certain')) sortsBy.add(this.sort.field);
		const [doubtful] = open;
		if (!doubtful || sortsBy.has(this.sort.field)) return;
		const sort = reversed(this.sort);
		const query = { ...widen(doubtful.slice), sort, offset: 0, limit: 1 };
		const [other] = (await this.fetch(query, priority)).items;
		if (other && timeOf(other, sort.field) < doubtful.oldest) sortsBy.add(this.sort.field);
	}

	private async readTop(slice: ClosedPeriod, priority: Priority): Promise<Top> {
		const { pageSize, keep = () => true } = this.request;
		const page = await this.fetch(
			{ ...widen(slice), sort: this.sort, offset: 0, limit: pageSize },
			priority,
		);
		const top = topOf(slice, page, this.sort, pageSize, keep);
		this.traits.notePage(page.items.length, page.count);
		this.traits.timesAreOff ||= top.isElsewhere;
		this.traits.ignoresFilters ||= !page.items.every(keep);
		return top;
	}

	private async countOne(
		top: Top,
		isTotal: boolean,
		below: number | undefined,
		priority: Priority,
	): Promise<number> {
		if (!this.isPlain(top)) return await this.read(top.slice, priority);
		if (top.complete) return top.inside;
		const { said, above } = top;
		if (isTotal && above !== undefined && below !== undefined) return said - above - below;
		return await this.countParts(top, isTotal, priority);
	}

	/** Counts a slice by its parts: its crowded ends apart from the rest, or so small that the API can. */
	private async countParts(
		{ slice, said }: Top,
		isTotal: boolean,
		priority: Priority,
	): Promise<number> {
		// Where the API counts no further than a page, reading takes no more requests.
		if (secondsIn(slice) <= 1 || (!isTotal && said <= this.request.pageSize))
			return await this.read(slice, priority);
		if (isTotal) return sum(await this.count(endsApart(slice), priority));
		return sum(await this.count(cut(slice, PARTS), priority));
	}

	private async read(slice: ClosedPeriod, priority: Priority): Promise<number> {
		let count = 0;
		for await (const rows of this.rowsOf(slice, 'desc', priority)) count += rows.length;
		return count;
	}

	private rowsOf(slice: ClosedPeriod, direction: Sort['direction'], priority: Priority) {
		const request: CollectRequest = {
			...this.request,
			traits: this.traits,
			period: slice,
			sort: { field: this.request.periodField, direction },
			stream: true,
		};
		// What it reads has a budget of its own, by the rows that come.
		return collect(async (query) => await this.run(query, priority), request);
	}

	/** Which of the counts are totals. */
	private async findTotals(open: Top[], priority: Priority): Promise<Set<Top>> {
		const { cap } = this.request;
		const isLargest = ({ said }: Top) => said <= cap && said === this.largest.count;
		// As many as pages hold is where caps are, and of those that cap rows alike there is no asking.
		if (this.largest.count % this.request.pageSize === 0) this.largest.isCap = true;
		if (open.length > 1 && open.some(isLargest) && !this.largest.isCap)
			await this.countAll(open, priority);
		const totals = new Set(open.filter((top) => !isLargest(top)));
		for (const top of open) {
			if (totals.has(top) || top.said >= cap || this.largest.isCap) continue;
			if (await this.isTotal(top, priority)) totals.add(top);
		}
		return totals;
	}

	private async countAll(slices: Top[], priority: Priority): Promise<void> {
		const whole = { from: slices[0].slice.from, to: slices[slices.length - 1].slice.to };
		this.learn(
			(await this.fetch({ ...widen(whole), sort: this.sort, offset: 0, limit: 1 }, priority)).count,
		);
	}

	private learn(count = 0): void {
		if (count > this.largest.count) this.largest = { count, isCap: false };
	}

	/** Asks for the last row that the largest count promises, and for one more. */
	private async isTotal({ slice, said }: Top, priority: Priority): Promise<boolean> {
		const { items } = await this.fetch(
			{ ...widen(slice), sort: this.sort, offset: said - 1, limit: 2 },
			priority,
		);
		this.largest.isCap = items.length > 1;
		return items.length === 1;
	}

	/**
	 * For each slice the rows before it that the API counts with it; undefined where they cannot be
	 * seen, and where nobody needs to know.
	 */
	private async countBelow(
		tops: Top[],
		totals: Set<Top>,
		priority: Priority,
	): Promise<Array<number | undefined>> {
		const below: Array<number | undefined> = [];
		for (const [index, top] of tops.entries()) {
			const before: Top | undefined = tops[index - 1];
			const edge = before?.plain && before.slice.to === top.slice.from ? before.edge : undefined;
			below.push(
				totals.has(top)
					? (this.knownBelow(edge) ?? (await this.askBelow(top, edge, [...priority, index])))
					: undefined,
			);
		}
		return below;
	}

	private knownBelow(edge: Edge | undefined): number | undefined {
		if (!edge) return undefined;
		const kinds = (['whole', 'fraction'] as const).filter((kind) => edge[kind] > 0);
		if (kinds.some((kind) => this.countsEdge[kind] === undefined)) return undefined;
		return sum(kinds.filter((kind) => this.countsEdge[kind]).map((kind) => edge[kind]));
	}

	/** Reads the oldest rows of a slice, and learns from them if it is known what there is before it. */
	private async askBelow(
		{ slice }: Top,
		edge: Edge | undefined,
		priority: Priority,
	): Promise<number | undefined> {
		const { periodField, pageSize } = this.request;
		const sort: Sort = { field: periodField, direction: 'asc' };
		const { items } = await this.fetch(
			{ ...widen(slice), sort, offset: 0, limit: pageSize },
			priority,
		);
		const last = items.at(-1);
		if (!inOrder(items, sort) || (last && timeOf(last, periodField) < slice.from)) return undefined;
		const counted = edgeOf(items, periodField, slice.from);
		for (const kind of ['whole', 'fraction'] as const) {
			if (counted[kind] > 0) this.countsEdge[kind] = true;
			else if (edge && edge[kind] > 0) this.countsEdge[kind] = false;
		}
		return items.filter((row) => timeOf(row, periodField) < slice.from).length;
	}

	private async fetch(query: PageQuery, priority: Priority): Promise<Page> {
		this.budget.spend();
		return await this.run(query, priority);
	}

	private async run(query: PageQuery, priority: Priority): Promise<Page> {
		return await this.pool.run(
			[...priority, query.offset],
			async (unwanted) => await this.fetchPage(query, unwanted),
		);
	}
}
