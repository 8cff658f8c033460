import { widen } from './instant';
import type { Rank, RankedPool } from './pool';
import { agreed, mergeRows, placesCovered, trusted } from './trust';
import type { FetchPage, Page, Period, Row, Sort } from './types';

export interface ReaderLimits {
	/** Rows per page, at least 2: pages overlap by one. */
	pageSize: number;
	/** The most rows that the API gives for one period. */
	cap: number;
}

/** A page with the place at which it starts. */
interface PlacedPage extends Page {
	offset: number;
}

/** What came of reading one window. */
export interface Reading {
	/** Whether `rows` are all that was wanted of the window, each once. */
	trusted: boolean;
	/** Distinct rows in the order in which the API gave them. */
	rows: Row[];
	/** The API's total for the window; undefined when it gives none. */
	count?: number;
	/** Whether all its pages named the same count. */
	agreed: boolean;
	/** The window holds more rows than can be had for one period; only its first page was read. */
	overCap: boolean;
	/** Whether the window was read to its end. */
	ended: boolean;
	first: Page;
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

/** Reads windows page by page and judges what came. Keeps what it learns of the API's `count`. */
export class Reader {
	/** Noticed when a full page counts only itself and is followed by another. */
	private countIsOfPage = false;
	/** The largest total that the API ever admits to; lowered when rows outnumber the count. */
	private countCap: number;

	constructor(
		private readonly fetchPage: FetchPage,
		private readonly pool: RankedPool,
		private readonly limits: ReaderLimits,
		/** Whether every window's first page comes before any further page, so that totals are known early. */
		private readonly headsFirst = false,
		private readonly unwanted?: AbortSignal,
	) {
		this.countCap = limits.cap;
	}

	/**
	 * @param upTo how many rows from the start of the window are wanted; infinite for all of it
	 * @param rank where its pages stand in the queue
	 * @param onTotal told the window's total as soon as its first page names one
	 * @returns a reading; it throws only what fetching a page or `onTotal` throws
	 */
	async read(
		period: Period,
		sort: Sort,
		rank: Rank,
		upTo = Infinity,
		onTotal?: (total: number) => void,
	): Promise<Reading> {
		const fetch = async (offset: number): Promise<PlacedPage> =>
			await this.fetch(period, sort, rank, offset, upTo);
		const first = await fetch(0);
		const total = this.countIsOfPage ? undefined : first.count;
		if (total !== undefined) onTotal?.(total);

		if (first.items.length < this.sizeAt(0, upTo) || first.items.length >= upTo) {
			return this.judge(new Assembly([first]), upTo, first.count);
		}
		if (total === undefined || total <= first.items.length) {
			return await this.readOn(first, fetch, upTo);
		}
		const wanted = Math.min(total, upTo);
		if (wanted > this.limits.cap || (wanted === total && total >= this.countCap)) {
			return {
				trusted: false,
				rows: first.items,
				count: total,
				agreed: true,
				overCap: true,
				ended: false,
				first,
			};
		}
		const assembly = new Assembly([first]);
		await Promise.all(
			this.offsets(wanted, upTo).map(async (offset, index) =>
				assembly.put(index + 1, await fetch(offset)),
			),
		);
		return this.judge(assembly, upTo, total);
	}

	/** One request for the row at the `asc` or `desc` end of a period. */
	async readEnd(period: Period, sort: Sort, rank: Rank): Promise<Row | undefined> {
		return (await this.fetch(period, sort, rank, 0, 1)).items[0];
	}

	/** Without a total: pages in order until a short one, no further than the cap. */
	private async readOn(
		first: PlacedPage,
		fetch: (offset: number) => Promise<PlacedPage>,
		upTo: number,
	): Promise<Reading> {
		const pages = [first];
		for (let last = first; last.items.length >= this.sizeAt(last.offset, upTo);) {
			const offset = last.offset + this.stride;
			if (offset >= upTo - 1) break;
			if (offset >= this.limits.cap - 1) {
				return {
					trusted: false,
					rows: first.items,
					agreed: true,
					overCap: true,
					ended: false,
					first,
				};
			}
			last = await fetch(offset);
			pages.push(last);
			if (pages.length === 2 && countsItself(first) && countsItself(last))
				this.countIsOfPage = true;
		}
		return this.judge(new Assembly(pages), upTo, this.countIsOfPage ? undefined : first.count);
	}

	private judge(
		{ pages, repeats, byId }: Assembly,
		upTo: number,
		count: number | undefined,
	): Reading {
		const last = pages[pages.length - 1];
		const ended = last.items.length < this.sizeAt(last.offset, upTo);
		const reading = {
			rows: [...byId.values()],
			count,
			agreed: agreed(pages),
			ended,
			first: pages[0],
		};

		// Every page admits to the same total and yet there is more: the total has a cap of its own.
		if (count !== undefined && placesCovered(pages) > count && reading.agreed) {
			this.countCap = Math.min(this.countCap, count);
			return { ...reading, trusted: false, overCap: true };
		}
		const wanted = count === undefined ? undefined : Math.min(count, upTo);
		return { ...reading, trusted: trusted(pages, repeats, wanted), overCap: false };
	}

	private get stride() {
		return this.limits.pageSize - 1;
	}

	/** Where the pages after the first one start. The last one reaches beyond the end, to see it. */
	private offsets(wanted: number, upTo: number): number[] {
		const end = wanted < upTo ? wanted : wanted - 1;
		const offsets: number[] = [];
		for (let offset = this.stride; offset < end; offset += this.stride) offsets.push(offset);
		return offsets;
	}

	private sizeAt(offset: number, upTo: number): number {
		return Math.min(this.limits.pageSize, upTo - offset, this.limits.cap - offset);
	}

	private async fetch(
		period: Period,
		sort: Sort,
		rank: Rank,
		offset: number,
		upTo: number,
	): Promise<PlacedPage> {
		const query = { ...widen(period), sort, offset, limit: this.sizeAt(offset, upTo) };
		const place = this.headsFirst ? [Math.min(offset, 1), ...rank, offset] : [...rank, offset];
		const page = await this.pool.run(place, async () => await this.fetchPage(query, this.unwanted));
		return { ...page, offset };
	}
}

const countsItself = ({ count, items }: PlacedPage) => count === items.length;
