/** Row numbers in the order of a column (ties by row number), searchable by halves. */
export class SortedIndex {
	private slots: Int32Array;
	private used = 0;

	/** @param key the column; rows whose key is NaN are left out */
	constructor(
		rows: Iterable<number>,
		private readonly key: (slot: number) => number,
	) {
		const list: number[] = [];
		for (const slot of rows) if (!Number.isNaN(key(slot))) list.push(slot);
		this.slots = Int32Array.from(list);
		this.slots.sort((a, b) => key(a) - key(b) || a - b);
		this.used = list.length;
	}

	get length(): number {
		return this.used;
	}

	/** The rows themselves, valid until the next change. */
	get rows(): Int32Array {
		return this.slots;
	}

	/** Position of the first row whose key is not below `bound`. */
	firstFrom(bound: number): number {
		return this.position((slot) => this.key(slot) < bound);
	}

	insert(slot: number): void {
		const key = this.key(slot);
		if (Number.isNaN(key)) return;
		if (this.used === this.slots.length) this.grow();
		const at = this.placeOf(slot, key);
		this.slots.copyWithin(at + 1, at, this.used);
		this.slots[at] = slot;
		this.used++;
	}

	/** To be called while the row still has the key that it was filed under. */
	remove(slot: number): void {
		const key = this.key(slot);
		if (Number.isNaN(key)) return;
		const at = this.placeOf(slot, key);
		this.slots.copyWithin(at, at + 1, this.used);
		this.used--;
	}

	private placeOf(slot: number, key: number): number {
		return this.position((other) => {
			const otherKey = this.key(other);
			return otherKey < key || (otherKey === key && other < slot);
		});
	}

	private position(isBefore: (slot: number) => boolean): number {
		let low = 0;
		let high = this.used;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (isBefore(this.slots[middle])) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	private grow(): void {
		const larger = new Int32Array(Math.max(64, this.slots.length * 2));
		larger.set(this.slots);
		this.slots = larger;
	}
}
