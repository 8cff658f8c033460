/**
 * What may hold, and what is left of it after each answer. A reading is settled when all that is
 * left agrees on it; when nothing is left, the API does something that none of the readings knows,
 * and everything stays open.
 */
export class Hypotheses<H extends object> {
	private left: H[];
	private readonly shownBy = new Set<number>();

	/** @param dimensions the values that each reading may have; all combinations are possible at first */
	constructor(dimensions: { [K in keyof H]: readonly H[K][] }) {
		let all: Array<Partial<H>> = [{}];
		for (const [name, values] of Object.entries(dimensions) as Array<[keyof H, readonly unknown[]]>)
			all = all.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
		this.left = all as H[];
	}

	/** Whether an answer has contradicted every combination. */
	get contradicted(): boolean {
		return this.left.length === 0;
	}

	/** The numbers of the requests that ruled something out. */
	get requests(): number[] {
		return [...this.shownBy];
	}

	/** Keeps what could have given this answer. @param request its number */
	observe(request: number, explains: (hypothesis: H) => boolean): void {
		const before = this.left.length;
		this.left = this.left.filter(explains);
		if (this.left.length < before) this.shownBy.add(request);
	}

	/** The value of a reading that all that is left agrees on, or undefined. */
	settled<K extends keyof H>(name: K): H[K] | undefined {
		const values = this.possible(name);
		return values.length === 1 ? values[0] : undefined;
	}

	/** The values of a reading that are still possible. */
	possible<K extends keyof H>(name: K): Array<H[K]> {
		return [...new Set(this.left.map((hypothesis) => hypothesis[name]))];
	}
}
