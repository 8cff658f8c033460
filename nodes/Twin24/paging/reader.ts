import type { Budget } from './budget';
import { IncompleteError } from './errors';
import { floorSecond, sortKey, widen } from './instant';
import { hasManyKeys, inOrder, reversed } from './order';
import type { FetchPage, Filter, Page, PageQuery, Period, Row, Sort } from './page';
import type { Priority, PriorityPool } from './pool';
import type { SourceTraits } from './traits';
import { agreed, consistent, mergeRows, placesCovered } from './trust';

export interface ReaderRequest {
	/** A field that never changes once a row exists: only in its order are several pages proof of anything. */
	fixedField: string;
	/** The most rows that the source gives for one period. */
	cap: number;
	keep?: (row: Row) => boolean;
}

export interface ReadOptions {
	/** How many rows from the start of the window are wanted; all of it without. */
	upTo?: number;
	/** How many rows there probably are: their first pages are asked for together with the first one. */
	expected?: number;
	/** Told the window's total as soon as its first page names one. */
	onTotal?: (total: number) => void;
	/** Whether the window cannot be cut, so that a round total has to be taken as it is. */
	isLast?: boolean;
	/** Rows on a page, if not what the source gives at most. */
	pageSize?: number;
	/** Whether the source is known to give rows exactly on `from`, so that no second before is needed. */
	tightStart?: boolean;
	thenBy?: readonly Sort[];
	filter?: Filter;
}

/** A page with the place at which it starts. */
interface PlacedPage extends Page {
	offset: number;
}

/** What came of reading one window. */
export interface WindowResult {
	/** Whether `rows` are all that was wanted of the window, each once. */
	trusted: boolean;
	/** Whether the pages fit together, which in the order of a field that changes is no proof. */
	consistent: boolean;
	/** Distinct rows in the order in which the source gave them. */
	rows: Row[];
	/** The source's total for the window; undefined when it gives none. */
	count?: number;
	/** How many rows the window has at least, as far as that can be told. */
	atLeast: number;
	/** Whether all its pages named the same count. */
	agreed: boolean;
	/** The window holds more rows than can be had for one period, or it may. */
	overCap: boolean;
	/** Whether its rows come in another order than asked for, so that pages cannot be put together. */
	unordered: boolean;
	/** Whether the window was read to its end. */
	ended: boolean;
	first: Page;
}

/** One window being read. */
interface Ask {
	window: Period;
	query: Omit<PageQuery, 'offset' | 'limit'>;
	upTo: number;
	pageSize: number;
	isLast: boolean;
	fetch: (offset: number) => Promise<PlacedPage>;
}

/**
 * Puts the pages of a window together in their order, each as soon as those before it are there: so
 * most of it is done while the others are still on their way.
 */
class Assembly {
	readonly pages: PlacedPage[] = [];
	readonly byId = new Map<string, Row>();
	/** For each page, how many of its rows were on the pages before it. */
	readonly repeats: number[] = [];

	/** @param pages from the first one on */
	constructor(pages: PlacedPage[]) {
		pages.forEach((page, index) => this.put(index, page));
	}

	put(index: number, page: PlacedPage): void {
		this.pages[index] = page;
		for (let next = this.next; next; next = this.next)
			this.repeats.push(mergeRows(this.byId, next.items));
	}

	/** The next page to be merged, if it is there. */
	private get next(): PlacedPage | undefined {
		return this.pages[this.repeats.length];
	}
}

/** Reads windows page by page and judges what came. What it learns of the source goes into its traits. */
export class Reader {
	constructor(
		private readonly fetchPage: FetchPage,
		private readonly pool: PriorityPool,
		private readonly request: ReaderRequest,
		readonly traits: SourceTraits,
		readonly budget: Budget,
		/** Whether every window's first page comes before any further page, so that totals are known early. */
		private readonly headsFirst = false,
	) {}

	/**
	 * @param priority where its pages stand in the queue
	 * @throws IncompleteError when the source contradicts itself: twice it named more rows than there are
	 * @throws BudgetError, and what fetching a page or `onTotal` throws
	 */
	async read(
		window: Period,
		sort: Sort,
		priority: Priority,
		options: ReadOptions = {},
	): Promise<WindowResult> {
		const { upTo = Infinity, expected = 0, onTotal, isLast = false, ...asked } = options;
		const { tightStart, thenBy, filter } = asked;
		const pageSize = Math.min(options.pageSize ?? Infinity, this.traits.pageSize);
		const query = {
			...widen(window),
			...(tightStart && window.from !== undefined ? { from: floorSecond(window.from) } : {}),
			sort,
			...(thenBy ? { thenBy } : {}),
			...(filter ? { filter } : {}),
		};
		const early = new Map<number, Promise<PlacedPage | undefined>>();
		const fetch = async (offset: number) => {
			const fetching = early.get(offset);
			early.delete(offset);
			const page = fetching && (await fetching);
			return page ? this.note(page) : await this.fetch(ask, offset, priority);
		};
		const ask: Ask = { window, query, upTo, pageSize, isLast, fetch };
		const fetchingFirst = fetch(0);
		const others = this.offsets(ask, Math.min(expected, upTo)).slice(0, this.pool.concurrency - 1);
		for (const offset of others) early.set(offset, this.tryToFetch(ask, offset, priority));

		const first = await fetchingFirst;
		const total = this.totalOf(first);
		if (total !== undefined && !this.traits.ignoresFilters) onTotal?.(total);

		if (first.items.length < this.sizeAt(ask, 0)) {
			const result = await this.judgeShort(ask, first);
			if (result.trusted || this.traits.pageSize >= pageSize) return result;
			return await this.read(window, sort, priority, { ...options, expected: 0 });
		}
		if (first.items.length >= upTo) return this.judge(ask, new Assembly([first]), total);
		if (!isLast && !inOrder(first.items, sort))
			return { ...this.untrusted(first), unordered: true };
		if (total === undefined || total <= first.items.length) return await this.readOn(ask, first);

		const wanted = Math.min(total, upTo);
		const isWhole = wanted === total;
		if (wanted > this.request.cap || (isWhole && total >= this.traits.countCap))
			return { ...this.untrusted(first), overCap: true };
		if (isWhole && !isLast && this.traits.mayBeCapped(total))
			return { ...this.untrusted(first), overCap: true };
		const assembly = new Assembly([first]);
		await Promise.all(
			this.offsets(ask, wanted).map(async (offset, index) =>
				assembly.put(index + 1, await fetch(offset)),
			),
		);
		await this.denyContradiction(ask, assembly.pages);
		return this.judge(ask, assembly, total);
	}

	/**
	 * Whether rows that are in order are so because the source obeys `sort`: so many different keys are
	 * no accident, and of few it is asked for the other end, which must be further on.
	 * @param rows the first of the period in that order
	 */
	async obeys(period: Period, sort: Sort, rows: Row[], priority: Priority): Promise<boolean> {
		if (this.traits.sortsBy.has(sort.field)) return true;
		if (!inOrder(rows, sort)) return false;
		if (!hasManyKeys(rows, sort.field)) {
			const other = await this.readEnd(period, reversed(sort), priority);
			const last = rows.at(-1);
			if (!other || !last || !inOrder([last, other], sort)) return false;
			if (sortKey(last, sort.field) === sortKey(other, sort.field)) return false;
		}
		this.traits.sortsBy.add(sort.field);
		return true;
	}

	/** One request for the row at the `asc` or `desc` end of a period. */
	async readEnd(period: Period, sort: Sort, priority: Priority): Promise<Row | undefined> {
		const query = { ...widen(period), sort };
		return (await this.ask({ ...query, offset: 0, limit: 1 }, priority)).items[0];
	}

	/** One request for the total of a period; undefined when the source gives none. */
	async readTotal(period: Period, sort: Sort, priority: Priority): Promise<number | undefined> {
		const query = { ...widen(period), sort };
		return this.totalOf(await this.ask({ ...query, offset: 0, limit: 1 }, priority));
	}

	private totalOf({ count }: Page): number | undefined {
		return this.traits.countIsOfPage ? undefined : count;
	}

	/**
	 * A first page of fewer rows than asked for is the whole window in one answer, unless the source
	 * gives less than it is asked for, or says that there is more: then it is asked for what comes next.
	 */
	private async judgeShort(ask: Ask, first: PlacedPage): Promise<WindowResult> {
		const rows = first.items.length;
		const total = this.totalOf(first);
		const isShort = total !== undefined && total > rows;
		const whole = this.judge(ask, new Assembly([first]), total);
		if (!isShort && !this.traits.mayBeClamped(rows))
			return { ...whole, trusted: true, consistent: true };

		const next = await ask.fetch(Math.max(0, rows - 1));
		const more = next.items.length - Math.min(rows, 1);
		if (more > 0) {
			// Full again, or as round as only limits are.
			const isClamped = rows > 1 && (next.items.length === rows || rows % 5 === 0);
			if (isClamped) this.traits.pageSize = Math.min(this.traits.pageSize, rows);
			return this.untrusted(first);
		}
		if (!isShort) return { ...whole, trusted: true, consistent: true };
		if (next.count === first.count) throw new IncompleteError(ask.window, first.count, rows);
		return this.untrusted(first);
	}

	/** Without a total: pages in order until a short one, no further than the cap. */
	private async readOn(ask: Ask, first: PlacedPage): Promise<WindowResult> {
		const { cap } = this.request;
		const pages = [first];
		for (let last = first; last.items.length >= this.sizeAt(ask, last.offset);) {
			const offset = last.offset + ask.pageSize - 1;
			if (offset >= ask.upTo - 1) break;
			if (offset >= cap - 1) return { ...this.untrusted(first), overCap: true, atLeast: cap };
			last = await ask.fetch(offset);
			pages.push(last);
			if (pages.length === 2 && countsItself(first) && countsItself(last))
				this.traits.countIsOfPage = true;
		}
		return this.judge(ask, new Assembly(pages), this.totalOf(first));
	}

	/**
	 * A page that ends before its own count says is a contradiction. Rows may have gone between the two;
	 * when the same comes again, they have not.
	 */
	private async denyContradiction(ask: Ask, pages: PlacedPage[]): Promise<void> {
		const end = ({ offset, items }: PlacedPage) => offset + items.length;
		const contradicts = (page: PlacedPage) =>
			page.items.length < this.sizeAt(ask, page.offset) &&
			page.count !== undefined &&
			end(page) < page.count;
		const suspect = pages.find(contradicts);
		if (!suspect) return;
		const again = await ask.fetch(suspect.offset);
		if (contradicts(again) && again.count === suspect.count && end(again) === end(suspect))
			throw new IncompleteError(ask.window, suspect.count, end(suspect));
	}

	private judge(
		ask: Ask,
		{ pages, repeats, byId }: Assembly,
		count: number | undefined,
	): WindowResult {
		const last = pages[pages.length - 1];
		const ended = last.items.length < this.sizeAt(ask, last.offset);
		const covered = placesCovered(pages);
		const wanted = count === undefined ? undefined : Math.min(count, ask.upTo);
		const fits = consistent(pages, repeats, ask.query.sort, wanted);
		const isProof = pages.length === 1 || ask.query.sort.field === this.request.fixedField;
		const result = {
			...this.untrusted(pages[0]),
			trusted: fits && isProof,
			consistent: fits,
			rows: [...byId.values()],
			count,
			agreed: agreed(pages),
			ended,
		};

		// Every page admits to the same total and yet there is more: the total has a cap of its own.
		if (pages.length > 1 && count !== undefined && covered > count && result.agreed) {
			this.traits.countCap = Math.min(this.traits.countCap, count);
			return { ...result, trusted: false, consistent: false, overCap: true, atLeast: covered };
		}
		if (fits && ended && !ask.isLast && this.traits.mayBeCapped(covered))
			return { ...result, trusted: false, overCap: true, atLeast: covered };
		if (result.trusted && ended) this.traits.noteTotal(covered);
		return result;
	}

	/** What is known of a window after its first page, if nothing comes of it. */
	private untrusted(first: Page): WindowResult {
		const count = this.totalOf(first);
		return {
			trusted: false,
			consistent: false,
			rows: first.items,
			count,
			atLeast: Math.max(count ?? 0, first.items.length),
			agreed: true,
			overCap: false,
			unordered: false,
			ended: false,
			first,
		};
	}

	/** Where the pages after the first one start. The last one reaches beyond the end, to see it. */
	private offsets({ pageSize, upTo }: Ask, wanted: number): number[] {
		const stride = pageSize - 1;
		const end = wanted < upTo ? wanted : wanted - 1;
		const offsets: number[] = [];
		for (let offset = stride; offset < end; offset += stride) offsets.push(offset);
		return offsets;
	}

	private sizeAt({ pageSize, upTo }: Ask, offset: number): number {
		return Math.min(pageSize, upTo - offset, this.request.cap - offset);
	}

	private async fetch(ask: Ask, offset: number, priority: Priority): Promise<PlacedPage> {
		return { ...(await this.ask(this.pageAt(ask, offset), priority)), offset };
	}

	private pageAt(ask: Ask, offset: number): PageQuery {
		return { ...ask.query, offset, limit: this.sizeAt(ask, offset) };
	}

	/** A page that may not be needed: that it cannot be had does no harm yet. */
	private async tryToFetch(
		ask: Ask,
		offset: number,
		priority: Priority,
	): Promise<PlacedPage | undefined> {
		// Within its place in the pool, too, where a failure would end the whole search.
		const mayFail = async (...request: Parameters<FetchPage>) =>
			await this.fetchPage(...request).catch(() => undefined);
		const asking = this.inTurn(this.pageAt(ask, offset), priority, mayFail);
		const page = await asking.catch(() => undefined);
		return page && { ...page, offset };
	}

	private async ask(query: PageQuery, priority: Priority): Promise<Page> {
		return this.note(await this.inTurn(query, priority, this.fetchPage));
	}

	/** Fetches when its turn in the pool has come. */
	private async inTurn<T>(
		query: PageQuery,
		priority: Priority,
		fetch: (...request: Parameters<FetchPage>) => Promise<T>,
	): Promise<T> {
		const { offset } = query;
		this.budget.spend();
		const place = this.headsFirst
			? [Math.min(offset, 1), ...priority, offset]
			: [...priority, offset];
		return await this.pool.run(
			place,
			async (unwanted, vacate) => await fetch(query, unwanted, vacate),
		);
	}

	/** Learns of the source from a page that is used. */
	private note<T extends Page>(page: T): T {
		const { keep } = this.request;
		if (keep && !this.traits.ignoresFilters && !page.items.every(keep))
			this.traits.ignoresFilters = true;
		this.traits.notePage(page.items.length, page.count);
		return page;
	}
}

const countsItself = ({ count, items }: PlacedPage) => items.length > 0 && count === items.length;
