import { timeOf } from './instant';
import type { Stretch } from './packing';
import { SECOND } from './page';
import type { FetchPage, Sort } from './page';

/** What to ask the API for, whole seconds, so that it gives exactly the rows of a stretch. */
export interface ExactEnds {
	from: number;
	to: number;
}

/**
 * Finds the ends with which the API gives the rows of a stretch and no others. Beside an empty second
 * there is nothing to find; at a tight end it depends on how the API reads ends, so it is tried out:
 * what it says for one stretch is tried first for the next.
 */
export class EndFinder {
	/** How far from the first and the last second to ask, the likeliest first. */
	private readonly starts = [0, -SECOND];
	private readonly ends = [SECOND, 0];

	/**
	 * @param pageSize rows on a page; no stretch has more
	 * @param always whether to try out ends beside empty seconds as well, because filters are in doubt
	 */
	constructor(
		private readonly fetchPage: FetchPage,
		private readonly field: string,
		private readonly pageSize: number,
		private readonly always = false,
	) {}

	/** @returns undefined when the API cannot be asked for just these rows */
	async find(stretch: Stretch): Promise<ExactEnds | undefined> {
		const { first, last, tightStart, tightEnd } = stretch;
		const wide = { from: first - SECOND, to: last + SECOND };
		if (!tightStart && !tightEnd && !this.always) return wide;
		for (const start of tightStart ? this.starts : [-SECOND]) {
			for (const end of tightEnd ? this.ends : [SECOND]) {
				const ends = { from: first + start, to: last + end };
				if (!(await this.gives(ends, stretch))) continue;
				if (tightStart) prefer(this.starts, start);
				if (tightEnd) prefer(this.ends, end);
				return ends;
			}
		}
		return undefined;
	}

	private async gives(ends: ExactEnds, { first, last, rows }: Stretch): Promise<boolean> {
		const sort: Sort = { field: this.field, direction: 'asc' };
		const { items, count } = await this.fetchPage({
			...ends,
			sort,
			offset: 0,
			limit: this.pageSize,
		});
		const isMore = items.length === this.pageSize && count !== undefined && count > rows;
		const belongs = items.every(
			(row) => timeOf(row, this.field) >= first && timeOf(row, this.field) < last + SECOND,
		);
		return items.length === rows && belongs && !isMore;
	}
}

const prefer = (candidates: number[], found: number): void => {
	candidates.splice(candidates.indexOf(found), 1);
	candidates.unshift(found);
};
