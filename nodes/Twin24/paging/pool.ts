/** Lexicographic: what is needed first has the smaller rank; a longer rank comes after its prefix. */
export type Rank = readonly number[];

const compare = (a: Rank, b: Rank): number => {
	const shared = Math.min(a.length, b.length);
	for (let index = 0; index < shared; index++) {
		if (a[index] !== b[index]) return a[index] - b[index];
	}
	return a.length - b.length;
};

interface Waiting {
	rank: Rank;
	start: () => void;
	abandon: (reason: unknown) => void;
}

/**
 * Runs at most `size` tasks side by side, always starting the one whose result is needed first.
 * The first failure, or `close`, ends it: what waits is rejected with that reason and never starts.
 */
export class RankedPool {
	private readonly waiting: Waiting[] = [];
	private running = 0;
	private closedBy?: { reason: unknown };

	/** @param size tasks in flight, at least 1 */
	constructor(private readonly size: number) {}

	async run<T>(rank: Rank, task: () => Promise<T>): Promise<T> {
		await this.turn(rank);
		try {
			return await task();
		} catch (error) {
			this.close(error);
			return await Promise.reject(error); // nodeError.ts makes n8n's error of it, once
		} finally {
			this.running--;
			this.next();
		}
	}

	close(reason: unknown): void {
		if (this.closedBy) return;
		this.closedBy = { reason };
		for (const { abandon } of this.waiting.splice(0)) abandon(reason);
	}

	private turn(rank: Rank): Promise<void> {
		return new Promise((resolve, reject) => {
			if (this.closedBy) return reject(this.closedBy.reason);
			const place = this.waiting.findIndex((other) => compare(rank, other.rank) < 0);
			const entry = { rank, start: resolve, abandon: reject };
			this.waiting.splice(place < 0 ? this.waiting.length : place, 0, entry);
			this.next();
		});
	}

	private next(): void {
		while (this.running < this.size && this.waiting.length > 0) {
			this.running++;
			this.waiting.shift()!.start();
		}
	}
}
