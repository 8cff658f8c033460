/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the emulator is a server of its own and never published */
import { setTimeout } from 'node:timers/promises';

/** One POST, or the try of one. */
export interface DeliveryAttempt {
	/** Which delivery it belongs to, from 1, and the how-manieth try it was, from 1. */
	delivery: number;
	attempt: number;
	url: string;
	/** The body's `event`, if it has one. */
	event: string | null;
	body: unknown;
	/** ISO 8601, when it was sent. */
	at: string;
	/** The receiver's answer; null when there was none, and why. */
	status: number | null;
	error: string | null;
}

/** One body for one address. A text is sent as it is, anything else as JSON. */
export interface Delivery {
	url: string;
	body: unknown;
	/** Seconds before the first try. */
	delay?: number;
	/** Sent again after it was taken, as TWIN24 may do. */
	twice?: boolean;
	headers?: Record<string, string>;
}

/** The pause after the first refusal; each later one is twice as long, for a day in all. Guessed. */
const FIRST_PAUSE = 1;
const GIVEN_UP_AFTER = 86_400;

/** How long a receiver may take, in real milliseconds. Guessed. */
const TIMEOUT = 30_000;

/** Series that are under way at a time. */
const AT_A_TIME = 16;

/**
 * Posts webhooks: anything but 200 is sent again with growing pauses. Deliveries of one series wait
 * for each other's first try, so that they arrive in order; series do not wait for each other.
 */
export class Deliveries {
	/** Every try, in the order in which they were sent. */
	attempts: DeliveryAttempt[] = [];
	/** How many real milliseconds a second of delays and pauses lasts. */
	secondMs = 1000;
	/** Sent with every webhook, e.g. `x-forwarded-for`. */
	headers: Record<string, string> = {};
	private count = 0;
	private open = 0;
	private running = 0;
	private queue: Array<() => void> = [];
	private waiting: Array<() => void> = [];
	private chains = new Map<string, Promise<void>>();
	private ending = new AbortController();

	/** @param sleep waits so many milliseconds, or until it is given up */
	constructor(private readonly sleep = wait) {}

	/** How many deliveries have not been taken yet. */
	get pending(): number {
		return this.open;
	}

	/**
	 * Begins a series of deliveries; what comes of them is in `attempts`.
	 *
	 * @param chain series with the same name wait for each other, too
	 */
	send(series: readonly Delivery[], chain?: string): void {
		if (series.length === 0) return;
		this.open += series.length;
		const { signal } = this.ending;
		const sentAt = performance.now();
		const until = async (delay = 0) => {
			await this.sleep(delay * this.secondMs - (performance.now() - sentAt), signal);
		};
		const first = Math.min(...series.map(({ delay = 0 }) => delay));
		const before = chain === undefined ? undefined : this.chains.get(chain);
		// Who waits takes up no place of those under way.
		const done = Promise.all([before, until(first)]).then(async () => {
			if (signal.aborted) return;
			await this.inTurn(async () => {
				for (const delivery of series) {
					await until(delivery.delay);
					if (!signal.aborted) await this.begin(delivery, signal);
				}
			});
		});
		if (chain !== undefined) this.chains.set(chain, done);
	}

	/** Resolves as soon as every delivery so far was taken with 200, or given up after a day. */
	async settled(): Promise<void> {
		// What happened in this turn is sent at its end.
		await Promise.resolve();
		while (this.open > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	/** Forgets the tries that were, and gives up what is under way. */
	clear(): void {
		this.ending.abort();
		this.ending = new AbortController();
		this.attempts = [];
		this.chains.clear();
		this.open = 0;
		this.wake();
	}

	/** Runs it as soon as there is a place among those under way. */
	private async inTurn(run: () => Promise<void>): Promise<void> {
		if (this.running >= AT_A_TIME) await new Promise<void>((resolve) => this.queue.push(resolve));
		this.running++;
		try {
			await run();
		} finally {
			this.running--;
			this.queue.shift()?.();
		}
	}

	/** The first try; those that follow it go on by themselves. */
	private async begin(delivery: Delivery, signal: AbortSignal): Promise<void> {
		const number = ++this.count;
		const isTaken = await this.post(delivery, number, 1, signal);
		void this.goOn(delivery, number, isTaken, signal).then(() => {
			if (signal.aborted) return;
			this.open--;
			this.wake();
		});
	}

	private async goOn(
		delivery: Delivery,
		number: number,
		wasTaken: boolean,
		signal: AbortSignal,
	): Promise<void> {
		let attempt = 1;
		let isTaken = wasTaken;
		let waited = 0;
		for (let pause = FIRST_PAUSE; !isTaken && waited < GIVEN_UP_AFTER; pause *= 2) {
			await this.sleep(pause * this.secondMs, signal);
			waited += pause;
			if (signal.aborted) return;
			isTaken = await this.post(delivery, number, ++attempt, signal);
		}
		if (isTaken && delivery.twice) await this.post(delivery, number, ++attempt, signal);
	}

	private async post(
		{ url, body, headers }: Delivery,
		delivery: number,
		attempt: number,
		signal: AbortSignal,
	): Promise<boolean> {
		const record: DeliveryAttempt = {
			delivery,
			attempt,
			url,
			event: eventOf(body),
			body,
			at: new Date().toISOString(),
			status: null,
			error: null,
		};
		this.attempts.push(record);
		try {
			const answer = await fetch(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...this.headers, ...headers },
				body: typeof body === 'string' ? body : JSON.stringify(body),
				redirect: 'manual',
				signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
			});
			record.status = answer.status;
			await answer.arrayBuffer();
		} catch (error) {
			const { cause, message } = error as Error & { cause?: Error };
			record.error = cause?.message ?? message;
		}
		return record.status === 200;
	}

	private wake(): void {
		for (const resolve of this.waiting.splice(0)) resolve();
	}
}

/** The longest that a timer waits. */
const LONGEST = 2 ** 31 - 1;

/** Waits so many milliseconds, or until it is given up. */
async function wait(ms: number, signal: AbortSignal): Promise<void> {
	if (ms <= 0) return;
	// That it was given up is for the caller to see in the signal.
	await setTimeout(Math.min(ms, LONGEST), undefined, { signal, ref: false }).catch(() => undefined);
}

function eventOf(body: unknown): string | null {
	const event =
		typeof body === 'object' && body !== null ? (body as { event?: unknown }).event : null;
	return typeof event === 'string' ? event : null;
}
