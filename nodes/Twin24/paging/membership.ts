import { floorSecond, standing, timeOf } from './instant';
import type { Period, Row } from './page';
import { SECOND } from './page';
import type { SourceTraits } from './traits';

/** Reads the rows that the source has from the second before a whole second up to that second. */
export type ReadUpTo = (second: number) => Promise<Row[]>;

/**
 * Decides which rows belong to the period. They are asked for with its ends widened, so some come
 * from beyond. As long as the times in the rows are those that the source compares, these tell; once
 * a row comes that no reading of the ends explains, the source itself is asked on which side of the
 * ends the rows near them are. So rows at the end of one period and the start of the next belong to
 * just one of them, however far the times shown are off.
 *
 * Of a source that leaves out both ends, or counts a row exactly on an end to the earlier period, the
 * latter is followed once its times are off: the side is then what the source says.
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
		private readonly readUpTo: ReadUpTo,
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
		const { from, to } = this.period;
		const [before, after] = await Promise.all([
			from === undefined ? [] : this.before(from),
			this.from(to),
		]);
		return new Set([...before, ...after].map(({ id }) => id));
	}

	/** Rows in the second before a moment and, where it is no whole second, in its own. */
	private async before(moment: number): Promise<Row[]> {
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
		const [before, around, after] = await Promise.all([
			this.readUpTo(second),
			this.readUpTo(second + SECOND),
			this.readUpTo(second + 2 * SECOND),
		]);
		return without(without(around, without(before, around)), after);
	}

	/** Whichever second a row is in, the clocks agree on the fraction of it. */
	private fractionOf(row: Row): number {
		const time = timeOf(row, this.field);
		return Number.isNaN(time) ? 0 : time - floorSecond(time);
	}
}

const without = (rows: Row[], others: Row[]): Row[] => {
	const ids = new Set(others.map(({ id }) => id));
	return rows.filter(({ id }) => !ids.has(id));
};
