/** Sizes at which services cap what they give are multiples of ten or twenty-five. */
const isRound = (rows: number) => rows > 0 && (rows % 10 === 0 || rows % 25 === 0);

/**
 * What the answers of one source have told about it so far. Searches of the same rows may share it,
 * so that each need not find out again.
 */
export class SourceTraits {
	/** Rows on a full page: what is asked for, or less where the source was seen to give less. */
	pageSize: number;
	/** The largest total that the source ever admits to; lowered when rows outnumber the count. */
	countCap: number;
	/** Whether its `count` was seen to mean the rows of the page. */
	countIsOfPage = false;
	/** Whether its `count` was seen to be larger than the page. */
	countIsTotal = false;
	/** Whether rows came that the filters exclude: then its `count` is not that of the match. */
	ignoresFilters = false;
	/** Whether rows came whose time is outside of what was asked for: it filters by other times than it shows. */
	timesAreOff = false;
	/** Fields by which it was seen to sort, in the direction asked for. */
	readonly sortsBy = new Set<string>();
	/** The most rows seen on one page, and the largest total named or read. */
	private largestPage = 0;
	private largestTotal = 0;

	/**
	 * @param pageSize rows asked for on a page, at least 2: pages overlap by one
	 * @param cap the most rows that are given for one period
	 */
	constructor(private readonly limits: { readonly pageSize: number; readonly cap: number }) {
		this.pageSize = limits.pageSize;
		this.countCap = limits.cap;
	}

	notePage(rows: number, count: number | undefined): void {
		this.largestPage = Math.max(this.largestPage, rows);
		if (!this.countIsOfPage && count !== undefined) this.noteTotal(count);
		if (count !== undefined && count > rows) this.countIsTotal = true;
	}

	noteTotal(rows: number): void {
		this.largestTotal = Math.max(this.largestTotal, rows);
	}

	/** Whether a page of fewer rows than asked for, its count the same, may be cut short. */
	mayBeClamped(rows: number): boolean {
		return !this.countIsTotal && isRound(rows) && rows >= this.largestPage;
	}

	/**
	 * Whether that many rows in all may be a cap on rows and count alike: several whole pages, and
	 * nothing larger was ever named.
	 */
	mayBeCapped(rows: number): boolean {
		const { pageSize } = this.limits;
		return rows > pageSize && rows % pageSize === 0 && rows >= this.largestTotal;
	}
}
