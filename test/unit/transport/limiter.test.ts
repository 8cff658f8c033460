import fc from 'fast-check';

import { enqueue, HeldBackError, holdBack } from '../../../nodes/Twin24/transport/limiter';
import type { Job } from '../../../nodes/Twin24/transport/limiter';
import { CancelledError } from '../../../nodes/Twin24/transport/cancellation';
import { runs } from '../../support/runs';

let keys = 0;

/** Requests of one account and host, each under way until it is told to end. */
class Line {
	/** Of no other test: the queues are those of the whole process. */
	readonly key = `account ${++keys}`;
	/** The names of those that have started, in that order. */
	readonly started: string[] = [];
	private readonly ends = new Map<string, () => void>();
	inFlight = 0;

	/** Queues a request. */
	async ask(name: string, job: Partial<Job> = {}): Promise<string> {
		return await enqueue(
			{ queue: this.key, limit: 1, group: 'execution', order: 0, ...job },
			async () => {
				this.started.push(name);
				this.inFlight++;
				await new Promise<void>((resolve) => this.ends.set(name, resolve));
				this.inFlight--;
				return name;
			},
		);
	}

	/** Ends one request, and lets whatever follows from it happen. */
	async end(name: string): Promise<void> {
		this.ends.get(name)?.();
		this.ends.delete(name);
		await settle();
	}

	/** Ends whatever is under way until nothing is. */
	async endAll(): Promise<void> {
		for (;;) {
			const [name] = this.ends.keys();
			if (name === undefined) return;
			await this.end(name);
		}
	}
}

const settle = async () => await jest.advanceTimersByTimeAsync(1);

let line: Line;
beforeEach(() => {
	jest.useFakeTimers();
	line = new Line();
});
afterEach(() => jest.useRealTimers());

describe('requests in flight', () => {
	test('are as many as allowed, and the rest wait', async () => {
		const all = Promise.all(
			['a', 'b', 'c', 'd', 'e'].map(async (name) => await line.ask(name, { limit: 2 })),
		);
		await settle();
		expect(line.started).toEqual(['a', 'b']);
		await line.end('b');
		expect(line.started).toEqual(['a', 'b', 'c']);
		await line.endAll();
		expect(await all).toEqual(['a', 'b', 'c', 'd', 'e']);
	});

	test('are never more than the strictest of them allows', async () => {
		const all = [
			line.ask('wide 1', { limit: 10 }),
			line.ask('wide 2', { limit: 10 }),
			line.ask('strict', { limit: 2 }),
			line.ask('wide 3', { limit: 10 }),
		];
		await settle();
		// The strict one waits for its turn and is not overtaken for ever.
		expect(line.started).toEqual(['wide 1', 'wide 2']);
		await line.end('wide 1');
		expect(line.started).toEqual(['wide 1', 'wide 2', 'strict']);
		await line.end('wide 2');
		// Beside the strict one there may be one more.
		expect(line.started).toEqual(['wide 1', 'wide 2', 'strict', 'wide 3']);
		await line.endAll();
		await Promise.all(all);
	});

	test('keep every limit whoever comes and goes, and all get their turn', async () => {
		const request = fc.record({
			limit: fc.integer({ min: 1, max: 4 }),
			group: fc.constantFrom('x', 'y', 'z'),
			order: fc.nat(3),
			end: fc.nat(9),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(request, { maxLength: 30 }), async (requests) => {
				const own = new Line();
				const running: number[] = [];
				const broken: string[] = [];
				const all = requests.map(async ({ limit, group, order, end }) => {
					await enqueue({ queue: own.key, limit, group, order }, async () => {
						running.push(limit);
						if (running.length > Math.min(...running))
							broken.push(`${running.length} > ${Math.min(...running)}`);
						for (let wait = 0; wait < end; wait++) await Promise.resolve();
						running.splice(running.indexOf(limit), 1);
					});
				});
				await jest.advanceTimersByTimeAsync(100);
				await Promise.all(all);
				expect(broken).toEqual([]);
			}),
			runs(200),
		);
	});

	test('are counted on when several end in one moment and each leads to the next', async () => {
		let endBoth = () => {};
		const both = new Promise<void>((resolve) => (endBoth = resolve));
		const chain = async (name: string) => {
			await enqueue({ queue: line.key, limit: 2, group: name, order: 0 }, async () => await both);
			return await line.ask(name, { limit: 2, group: name });
		};
		const chains = [chain('a'), chain('b')];
		await settle();
		endBoth();
		await settle();
		const third = line.ask('c', { limit: 2, group: 'c' });
		await settle();
		expect(line.started).toEqual(['a', 'b']);
		await line.endAll();
		await Promise.all([...chains, third]);
	});

	test('of another account or host are no concern of theirs', async () => {
		const other = new Line();
		const all = [line.ask('ours'), other.ask('theirs')];
		await settle();
		expect([...line.started, ...other.started]).toEqual(['ours', 'theirs']);
		await Promise.all([line.endAll(), other.endAll(), ...all]);
	});

	test('give their place up when they fail', async () => {
		const failing = enqueue(
			{ queue: line.key, limit: 1, group: 'execution', order: 0 },
			async () => await Promise.reject(new Error('broken')),
		);
		const next = line.ask('next');
		await expect(failing).rejects.toThrow('broken');
		await settle();
		expect(line.started).toEqual(['next']);
		await line.endAll();
		await next;
	});
});

describe('the queue', () => {
	test('serves input items in their order, in whatever order they came', async () => {
		const all = ['first', 'item 2', 'item 0', 'item 1', 'item 0 again'].map(
			async (name) => await line.ask(name, { order: Number(/\d/.exec(name) ?? 0) }),
		);
		await settle();
		await line.endAll();
		await Promise.all(all);
		expect(line.started).toEqual(['first', 'item 0', 'item 0 again', 'item 1', 'item 2']);
	});

	test('lets executions take turns, so that a short one does not wait for a long one', async () => {
		const long = Array.from(
			{ length: 5 },
			async (_, index) => await line.ask(`long ${index}`, { group: 'long' }),
		);
		const short = [
			line.ask('short 0', { group: 'short' }),
			line.ask('short 1', { group: 'short' }),
		];
		await settle();
		await line.endAll();
		await Promise.all([...long, ...short]);
		expect(line.started.slice(0, 5)).toEqual(['long 0', 'long 1', 'short 0', 'long 2', 'short 1']);
	});
});

describe('stopping an execution', () => {
	test('takes its waiting requests out of the queue at once, and leaves the others in it', async () => {
		const stop = new AbortController();
		const running = line.ask('running');
		const stopped = line.ask('stopped', { group: 'stopped', signal: stop.signal });
		const other = line.ask('other', { group: 'other' });
		await settle();
		stop.abort();
		await expect(stopped).rejects.toBeInstanceOf(CancelledError);
		await line.end('running');
		expect(line.started).toEqual(['running', 'other']);
		await line.endAll();
		await Promise.all([running, other]);
	});

	test('lets go on those that only waited because of it', async () => {
		const stop = new AbortController();
		const running = line.ask('running', { limit: 2 });
		const strict = line.ask('strict', { limit: 1, group: 'stopped', signal: stop.signal });
		const behind = line.ask('behind', { limit: 2, group: 'other' });
		await settle();
		expect(line.started).toEqual(['running']);
		stop.abort();
		await expect(strict).rejects.toBeInstanceOf(CancelledError);
		await settle();
		expect(line.started).toEqual(['running', 'behind']);
		await line.endAll();
		await Promise.all([running, behind]);
	});

	test('that happened before lets nothing start', async () => {
		await expect(line.ask('late', { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(
			CancelledError,
		);
		expect(line.started).toEqual([]);
	});

	test('does not disturb requests that have started', async () => {
		const stop = new AbortController();
		const running = line.ask('running', { signal: stop.signal });
		await settle();
		stop.abort();
		await line.end('running');
		expect(await running).toBe('running');
	});
});

describe('holding back', () => {
	test('stops all requests of the account and host for that long, those in flight go on', async () => {
		const running = line.ask('running', { limit: 2 });
		await settle();
		holdBack(line.key, 5000);
		const waiting = line.ask('waiting', { limit: 2 });
		await line.end('running');
		expect(await running).toBe('running');
		await jest.advanceTimersByTimeAsync(4900);
		expect(line.started).toEqual(['running']);
		await jest.advanceTimersByTimeAsync(200);
		expect(line.started).toEqual(['running', 'waiting']);
		await line.endAll();
		await waiting;
	});

	test('ends with the longest of several', async () => {
		holdBack(line.key, 5000);
		holdBack(line.key, 1000);
		const waiting = line.ask('waiting');
		await jest.advanceTimersByTimeAsync(4900);
		expect(line.started).toEqual([]);
		await jest.advanceTimersByTimeAsync(200);
		expect(line.started).toEqual(['waiting']);
		await line.endAll();
		await waiting;
	});

	test('is no concern of other accounts', async () => {
		const other = new Line();
		holdBack(line.key, 5000);
		const theirs = other.ask('theirs');
		await settle();
		expect(other.started).toEqual(['theirs']);
		await other.endAll();
		await theirs;
		await jest.advanceTimersByTimeAsync(6000);
	});

	test('ends although the timer goes off a moment before the clock says so', async () => {
		holdBack(line.key, 5000);
		const waiting = line.ask('waiting');
		await jest.advanceTimersByTimeAsync(3000);
		// The clock is set back, or was slower than the timer.
		jest.setSystemTime(Date.now() - 10);
		await jest.advanceTimersByTimeAsync(2100);
		expect(line.started).toEqual(['waiting']);
		await line.endAll();
		await waiting;
	});

	test('for more than ten minutes sends all away, those that wait already and those that come', async () => {
		const failure = { message: 'Too many', description: '', retryable: true, mayBeDone: false };
		const running = line.ask('running');
		const waiting = expect(line.ask('waiting')).rejects.toMatchObject({
			failure: { message: 'Too many', retryable: false, retryAfter: 600_001 },
		});
		holdBack(line.key, 600_001, failure);
		await waiting;
		await expect(line.ask('late')).rejects.toBeInstanceOf(HeldBackError);
		await line.end('running');
		await running;
		expect(line.started).toEqual(['running']);

		// From ten minutes before its end on, it is waited for.
		await jest.advanceTimersByTimeAsync(1000);
		const last = line.ask('last');
		await jest.advanceTimersByTimeAsync(598_000);
		expect(line.started).toEqual(['running']);
		await jest.advanceTimersByTimeAsync(2000);
		expect(line.started).toEqual(['running', 'last']);
		await line.endAll();
		await last;
	});

	test('does not keep a stopped execution', async () => {
		const stop = new AbortController();
		holdBack(line.key, 60_000);
		const waiting = line.ask('waiting', { signal: stop.signal });
		await settle();
		stop.abort();
		await expect(waiting).rejects.toBeInstanceOf(CancelledError);
		await jest.advanceTimersByTimeAsync(61_000);
	});
});
