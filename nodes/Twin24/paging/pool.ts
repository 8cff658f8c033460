/** Lexicographic, the smaller the earlier; a longer priority comes after its prefix. */
export type Priority = readonly number[];

const compare = (a: Priority, b: Priority): number => {
	const shared = Math.min(a.length, b.length);
	for (let index = 0; index < shared; index++) {
		if (a[index] !== b[index]) return a[index] - b[index];
	}
	return a.length - b.length;
};

interface Waiting {
	priority: Priority;
	start: () => void;
	abandon: (reason: unknown) => void;
}

/**
 * @param unwanted fires when the pool is closed: nobody waits for the result any more
 * @param vacate gives the task's place to the next one before the task has ended; returns whether one waited
 */
export type Task<T> = (unwanted: AbortSignal, vacate: () => boolean) => Promise<T>;

/**
 * Runs at most so many tasks side by side, always starting the one whose result is needed first.
 * The first failure, or `close`, ends it: what waits is rejected with that reason and never starts,
 * and what runs is told by its signal.
 *
 * @example
 * const pool = new PriorityPool(4);
 * const pages = await pool.map(ids, async (id, unwanted) => await fetchOne(id, unwanted));
 */
export class PriorityPool {
	/** In order of priority; those of the same priority in the order in which they came. */
	private readonly waiting: Waiting[] = [];
	private running = 0;
	/** One for each task: Node warns of a signal that many listen to. */
	private readonly signals: AbortController[] = [];
	private closedBy?: { reason: unknown };

	/** @param concurrency tasks in flight, at least 1 */
	constructor(readonly concurrency: number) {}

	/** @throws what the task throws, or the reason for which the pool was closed before it began */
	async run<T>(priority: Priority, task: Task<T>): Promise<T> {
		await this.turn(priority);
		let hasPlace = true;
		const vacate = () => {
			const isWanted = hasPlace && this.waiting.length > 0;
			if (hasPlace) this.release();
			hasPlace = false;
			return isWanted;
		};
		const unwanted = new AbortController();
		this.signals.push(unwanted);
		if (this.closedBy) unwanted.abort();
		const running = task(unwanted.signal, vacate);
		running.then(vacate, (reason: unknown) => {
			this.close(reason);
			vacate();
		});
		return await running;
	}

	/** Runs a task for each item, the first items first. @returns their results in the items' order */
	async map<T, R>(
		items: readonly T[],
		task: (item: T, unwanted: AbortSignal) => Promise<R>,
	): Promise<R[]> {
		return await Promise.all(
			items.map(
				async (item, index) =>
					await this.run([index], async (unwanted) => await task(item, unwanted)),
			),
		);
	}

	/** Ends it; only the first reason counts. */
	close(reason: unknown): void {
		if (this.closedBy) return;
		this.closedBy = { reason };
		for (const { abandon } of this.waiting.splice(0)) abandon(reason);
		for (const unwanted of this.signals) unwanted.abort();
	}

	private turn(priority: Priority): Promise<void> {
		return new Promise((resolve, reject) => {
			if (this.closedBy) return reject(this.closedBy.reason);
			this.waiting.splice(this.placeOf(priority), 0, { priority, start: resolve, abandon: reject });
			this.startNext();
		});
	}

	/** Behind all that wait with the same or a smaller priority. */
	private placeOf(priority: Priority): number {
		let low = 0;
		let high = this.waiting.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (compare(priority, this.waiting[middle].priority) < 0) high = middle;
			else low = middle + 1;
		}
		return low;
	}

	private release(): void {
		this.running--;
		this.startNext();
	}

	private startNext(): void {
		while (this.running < this.concurrency && this.waiting.length > 0) {
			this.running++;
			this.waiting.shift()!.start();
		}
	}
}
