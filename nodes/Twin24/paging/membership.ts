import { floorSecond, standing, timeOf } from './instant';
import type { Period, Row } from './page';
import { SECOND } from './page';
import type { SourceTraits } from './traits';
import type { ClosedPeriod } from './windows';

/** Reads what the source has from the second before a window of whole seconds up to its end. */
export type ReadRows = (window: ClosedPeriod) => Promise<Row[]>;

/**
 * Decides which rows belong to the period. They are asked for with its ends widened, so some come
 * from beyond. As long as the times in the rows are those that the source compares, these tell; once
 * a row comes that no reading of the ends explains, the source itself is asked on which side of the
 * ends the rows near them are. So rows at the end of one period and the start of the next belong to
 * just one of them, however far the times shown are off. Of a source that gives what is exactly on an
 * end to the earlier period, such rows are then in the earlier one.
 */
export class Membership {
	/** Rows that by their own time are not in the period. */
	private readonly outside = new Set<Row>();
	/** The ids of those that by the source's word are not, once it had to be asked. */
	private beyond?: Set<string>;

	/** @param traits told when the times turn out not to be those that the source compares */
	constructor(
		private readonly period: Period,
		private readonly field: string,
		private readonly read: ReadRows,
		private readonly traits: SourceTraits,
	) {}

	/**
	 * Looks at rows before they are judged.
	 * @param window what was asked for when they came
	 */
	async look(rows: Row[], window = this.period): Promise<void> {
		const isWhole = window === this.period;
		for (const row of rows) {
			if (this.traits.timesAreOff) break;
			const inWindow = standing(row, this.field, window);
			if (inWindow === 'elsewhere') this.traits.timesAreOff = true;
			const inPeriod = isWhole ? inWindow : standing(row, this.field, this.period);
			if (inPeriod !== 'inside') this.outside.add(row);
		}
		if (this.traits.timesAreOff) this.beyond ??= await this.findBeyond();
	}

	/** Whether a row that was looked at belongs to the period. */
	readonly has = (row: Row): boolean =>
		this.beyond ? !this.beyond.has(row.id) : !this.outside.has(row);

	/** Whether the source was asked about its ends, and says that a row is not in the period. */
	isBeyond(id: string): boolean {
		return this.beyond?.has(id) ?? false;
	}

	/** Whether every row that was looked at belongs. */
	get isTight(): boolean {
		return this.beyond ? this.beyond.size === 0 : this.outside.size === 0;
	}

	private async findBeyond(): Promise<Set<string>> {
		const { from = NaN, to } = this.period;
		const [before, atStart, atEnd, after] = await Promise.all([
			this.before(from),
			this.around(from),
			this.around(to),
			this.from(to),
		]);
		const beyond = [
			...before.filter((row) => !this.isNear(row, from)),
			...atStart.filter((row) => this.isNear(row, from) && this.timeOf(row) < from),
			...atEnd.filter((row) => this.isNear(row, to) && this.timeOf(row) >= to),
			...after.filter((row) => !this.isNear(row, to)),
		];
		return new Set(beyond.map(({ id }) => id));
	}

	/** Whether a row that the source has near a moment is shown there as well: then its own time is right. */
	private isNear(row: Row, moment: number): boolean {
		return Math.abs(this.timeOf(row) - moment) <= 2 * SECOND;
	}

	private timeOf(row: Row): number {
		return timeOf(row, this.field);
	}

	/** Rows in the second before a moment and, where it is no whole second, in its own. */
	private async before(moment: number): Promise<Row[]> {
		if (Number.isNaN(moment)) return [];
		const second = floorSecond(moment);
		const [upTo, after] = await Promise.all([
			this.readUpTo(second),
			this.readUpTo(second + SECOND),
		]);
		const before = without(upTo, after);
		if (second === moment) return before;
		const within = await this.within(second);
		return [...before, ...within.filter((row) => second + this.fractionOf(row) < moment)];
	}

	/** Rows from a moment on to the end of the second after it. */
	private async from(moment: number): Promise<Row[]> {
		const second = floorSecond(moment);
		if (second === moment) return await this.readUpTo(second + SECOND);
		const [within, after] = await Promise.all([
			this.within(second),
			this.readUpTo(second + 2 * SECOND),
		]);
		return [...within.filter((row) => second + this.fractionOf(row) >= moment), ...after];
	}

	/** Rows within one second, told from those of its neighbours, by the source's word. */
	private async within(second: number): Promise<Row[]> {
		const [upTo, from, around, after] = await Promise.all([
			this.readUpTo(second),
			this.readUpTo(second + SECOND),
			this.around(second),
			this.readUpTo(second + 2 * SECOND),
		]);
		return without(without(around, without(upTo, from)), after);
	}

	/** Rows in the second of a moment and in the one before it, and exactly on their ends. */
	private async around(moment: number): Promise<Row[]> {
		if (Number.isNaN(moment)) return [];
		const second = floorSecond(moment);
		return await this.read({ from: second, to: second + SECOND });
	}

	/** Rows from the second before a second up to that, with or without those exactly on either. */
	private async readUpTo(second: number): Promise<Row[]> {
		return await this.read({ from: second, to: second });
	}

	/** Whichever second a row is in, the clocks agree on the fraction of it. */
	private fractionOf(row: Row): number {
		const time = this.timeOf(row);
		return Number.isNaN(time) ? 0 : time - floorSecond(time);
	}
}

const without = (rows: Row[], others: Row[]): Row[] => {
	const ids = new Set(others.map(({ id }) => id));
	return rows.filter(({ id }) => !ids.has(id));
};
