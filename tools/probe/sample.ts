import { SECOND, formatSeconds } from '../emulator/time';
import { idOf, timeOf } from './rows';
import type { Row } from './rows';

/** A period between two seconds in which nothing was created, and all the calls in it. */
export interface Stretch {
	/** Micros, at whole seconds. */
	from: number;
	to: number;
	/** Every call created in between, the earliest first. */
	rows: Row[];
}

/**
 * Some of the account's calls, in the order of their creation, such that between the first and the
 * last none is missing. What a request should answer is reckoned from them.
 */
export class Sample {
	/** The earliest first; rows at the edges are left out, since their neighbours were not seen. */
	readonly rows: readonly Row[];
	/** Whether the earliest call of the account is the first that was read. */
	readonly isFromStart: boolean;
	private readonly times: readonly number[];
	/** The times at which pages began and ended. */
	private readonly edges: ReadonlySet<number>;
	/** Quiet moments, micros. */
	private readonly cuts: readonly number[];

	/**
	 * @param pages as they were read, in the order of creation or its reverse
	 * @throws RangeError when they are in neither
	 */
	constructor(pages: readonly Row[][]) {
		const read = pages.flat();
		const ascending = inOrder(read);
		if (!ascending && !inOrder([...read].reverse()))
			throw new RangeError('The pages are in no order of creation.');
		// Where two pages meet, an order of ties that changes can hide a row.
		const edges = new Set(
			pages.flatMap((page) => [page[0], page.at(-1)]).flatMap((row) => (row ? [created(row)] : [])),
		);
		this.isFromStart = ascending;
		const distinct = [...new Map(read.map((row) => [idOf(row), row])).values()];
		const sorted = distinct.sort((a, b) => created(a) - created(b));
		this.edges = edges;
		const [low, high] = [created(sorted[0]), created(sorted.at(-1)!)];
		this.rows = sorted.filter((row) => created(row) > low && created(row) < high);
		this.times = this.rows.map(created);
		this.cuts = this.findCuts();
	}

	/** Whether every call created from the one moment to the other (micros) is known. */
	knows(from: number, to: number): boolean {
		const { times } = this;
		if (times.length === 0 || from < times[0] || to > times.at(-1)!) return false;
		return ![...this.edges].some((edge) => edge >= from - SECOND && edge <= to + SECOND);
	}

	/** The calls created in a stretch of micros, both ends included. */
	between(from: number, to: number): Row[] {
		return this.rows.slice(this.firstFrom(from), this.firstFrom(to + 1));
	}

	/**
	 * The stretch between quiet moments that is best, of those with at most so many rows.
	 *
	 * @param worth what a stretch is worth; 0 or less: no use
	 */
	stretch(mostRows: number, worth: (rows: Row[]) => number): Stretch | undefined {
		let best: Stretch | undefined;
		let bestWorth = 0;
		for (let i = 0, j = 1; i + 1 < this.cuts.length; i++) {
			// The longest that begins here; whatever it may be worth, a shorter one is worth less.
			const goesTo = (cut: number) =>
				cut < this.cuts.length &&
				this.size(this.cuts[i], this.cuts[cut]) <= mostRows &&
				this.knows(this.cuts[i], this.cuts[cut]);
			j = Math.max(j, i + 1);
			while (goesTo(j + 1)) j++;
			const [from, to] = [this.cuts[i], this.cuts[j]];
			const rows = this.between(from, to);
			if (rows.length === 0 || rows.length > mostRows || !this.knows(from, to)) continue;
			const value = worth(rows);
			if (value > bestWorth) [best, bestWorth] = [{ from, to, rows }, value];
		}
		return best;
	}

	private size(from: number, to: number): number {
		return this.firstFrom(to) - this.firstFrom(from);
	}

	private firstFrom(time: number): number {
		let [low, high] = [0, this.times.length];
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (this.times[middle] < time) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	/** Whole seconds in which nothing was created: as ends of a period they mean the same under every reading. */
	private findCuts(): number[] {
		const cuts: number[] = [];
		for (let i = 0; i + 1 < this.times.length; i++) {
			const idle = second(this.times[i]) + SECOND;
			if (second(this.times[i + 1]) > idle) cuts.push(idle);
		}
		return cuts;
	}
}

/** The second that a moment lies in, micros. */
const second = (micros: number) => Math.floor(micros / SECOND) * SECOND;

const CREATED = new WeakMap<Row, number>();

/** When a call was created, micros. Reckoned once, since a stretch is weighed row by row. */
export function created(row: Row): number {
	let time = CREATED.get(row);
	if (time === undefined) CREATED.set(row, (time = timeOf(row, 'createdAt')));
	return time;
}

/** A moment (micros) as the report takes it: to the second, with an offset. */
export const moment = (micros: number): string => formatSeconds(micros).replace('Z', '+00:00');

const inOrder = (rows: readonly Row[]) =>
	rows.every((row, i) => i === 0 || created(rows[i - 1]) <= created(row));
