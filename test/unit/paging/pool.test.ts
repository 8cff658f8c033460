import { PriorityPool } from '../../../nodes/Twin24/paging/pool';

/** A task that runs until it is told to end. */
const held = () => {
	let end!: () => void;
	const ended = new Promise<void>((resolve) => (end = resolve));
	return { end, run: async () => await ended };
};

const settled = async () => {
	for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

describe('PriorityPool', () => {
	test('starts what is needed first when a place falls free, in whatever order it was asked for', async () => {
		const pool = new PriorityPool(1);
		const first = held();
		const started: string[] = [];
		const ask = (rank: number[]) => pool.run(rank, async () => void started.push(rank.join('.')));
		const blocker = pool.run([0], first.run);
		const asked = [[2], [1, 5], [1], [1, 0], [0, 7]].map(ask);
		first.end();
		await Promise.all([blocker, ...asked]);
		expect(started).toEqual(['0.7', '1', '1.0', '1.5', '2']);
	});

	test('keeps as many in flight as it may, and no more', async () => {
		const pool = new PriorityPool(3);
		let running = 0;
		let most = 0;
		const tasks = Array.from({ length: 20 }, (_, index) =>
			pool.run([index], async () => {
				most = Math.max(most, ++running);
				await settled();
				running--;
			}),
		);
		await Promise.all(tasks);
		expect(most).toBe(3);
	});

	test('gives a place that was vacated to the next, once, though its task runs on', async () => {
		const pool = new PriorityPool(1);
		const [first, second] = [held(), held()];
		const started: number[] = [];
		const ask = (index: number, { run }: typeof first) =>
			pool.run([index], async (_, vacate) => {
				started.push(index);
				if (index === 0) expect([vacate(), vacate()]).toEqual([true, false]);
				await run();
			});
		const all = Promise.all([ask(0, first), ask(1, second), ask(2, held())]);
		all.catch(() => {});
		await settled();
		expect(started).toEqual([0, 1]);
		first.end();
		await settled();
		expect(started).toEqual([0, 1]);
		second.end();
		await settled();
		expect(started).toEqual([0, 1, 2]);
	});

	test('gives each task a signal of its own: Node warns of one that many listen to', async () => {
		const pool = new PriorityPool(3);
		const signals: AbortSignal[] = [];
		await pool.map([1, 2, 3, 4], async (_item, unwanted) => void signals.push(unwanted));
		pool.close(new Error('The search has ended'));
		expect(new Set(signals).size).toBe(4);
		expect(signals.every(({ aborted }) => aborted)).toBe(true);
	});

	test('maps items, the first ones first, to results in their order', async () => {
		const pool = new PriorityPool(2);
		const started: number[] = [];
		const results = await pool.map([1, 2, 3, 4], async (item) => {
			started.push(item);
			await settled();
			return item * 10;
		});
		expect(results).toEqual([10, 20, 30, 40]);
		expect(started).toEqual([1, 2, 3, 4]);
	});

	test('a failure tells what runs beside it that nobody waits any more', async () => {
		const pool = new PriorityPool(2);
		let unwanted: AbortSignal | undefined;
		const beside = held();
		const running = pool.run([0], async (signal) => {
			unwanted = signal;
			await beside.run();
		});
		const failing = pool.run([1], async () => {
			throw new Error('page lost');
		});
		await expect(failing).rejects.toThrow('page lost');
		expect(unwanted?.aborted).toBe(true);
		beside.end();
		await running;
	});

	test('a failure ends it: what waits is rejected with the same error and never starts', async () => {
		const pool = new PriorityPool(1);
		const started = jest.fn();
		const failing = pool.run([0], async () => {
			await settled();
			throw new Error('page lost');
		});
		const waiting = pool.run([1], async () => started());
		await expect(failing).rejects.toThrow('page lost');
		await expect(waiting).rejects.toThrow('page lost');
		await expect(pool.run([2], async () => started())).rejects.toThrow('page lost');
		expect(started).not.toHaveBeenCalled();
	});

	test('starts what is needed equally soon in the order in which it was asked for', async () => {
		const pool = new PriorityPool(1);
		const started: string[] = [];
		const ask = async (name: string) => await pool.run([1], async () => void started.push(name));
		await Promise.all(['a', 'b', 'c', 'd'].map(ask));
		expect(started).toEqual(['a', 'b', 'c', 'd']);
	});

	test('is closed for the first reason that is given', async () => {
		const pool = new PriorityPool(1);
		pool.close(new Error('too many'));
		pool.close(new Error('ended'));
		await expect(pool.run([0], async () => {})).rejects.toThrow('too many');
	});
});
