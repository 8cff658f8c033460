import { sleep } from 'n8n-workflow';

import { CancelledError, pause } from './pause';

/** Where a request queues. */
export interface Lane {
	/** What is limited: one account on one host. */
	key: string;
	/** The most requests in flight while this one is, 1 or more. */
	limit: number;
	/** Executions take turns, so that a short one need not wait for a long one. */
	group: string;
	/** Within a group the smaller comes first: input items are served in their order. */
	order: number;
	signal?: AbortSignal;
}

interface Waiting {
	lane: Lane;
	start: () => void;
}

/** The queue in front of one account on one host, for the whole process. */
class Gate {
	private readonly running: Lane[] = [];
	/** In the order in which the groups take their turns. */
	private readonly groups = new Map<string, Waiting[]>();
	private heldUntil = 0;
	private waking = false;

	get idle() {
		return this.running.length === 0 && this.groups.size === 0 && this.heldUntil <= Date.now();
	}

	enter(lane: Lane): Promise<void> {
		return new Promise((resolve, reject) => {
			if (lane.signal?.aborted) return reject(new CancelledError());
			const entry: Waiting = { lane, start: () => {} };
			const leave = () => {
				this.remove(entry);
				reject(new CancelledError());
				this.next();
			};
			entry.start = () => {
				lane.signal?.removeEventListener('abort', leave);
				resolve();
			};
			lane.signal?.addEventListener('abort', leave, { once: true });
			this.add(entry);
			this.next();
		});
	}

	async exit(lane: Lane): Promise<void> {
		this.running.splice(this.running.indexOf(lane), 1);
		// The place goes to the same input item's next request if it has one: it is asked for in a moment.
		const [waiting] = this.groups.get(lane.group) ?? [];
		if (waiting && waiting.lane.order > lane.order) await sleep(0);
		this.next();
	}

	/** Holds back every request until then, epoch milliseconds; those in flight go on. */
	hold(until: number): void {
		this.heldUntil = Math.max(until, this.heldUntil);
	}

	/** Lets the queue go on when it is held back no longer; ends with the queue. */
	private async wake(): Promise<void> {
		if (this.waking) return;
		this.waking = true;
		while (this.groups.size > 0 && Date.now() < this.heldUntil)
			await pause(this.heldUntil - Date.now());
		this.waking = false;
		this.next();
	}

	private add(entry: Waiting): void {
		const queue = this.groups.get(entry.lane.group) ?? [];
		const place = queue.findIndex(({ lane }) => lane.order > entry.lane.order);
		queue.splice(place < 0 ? queue.length : place, 0, entry);
		this.groups.set(entry.lane.group, queue);
	}

	private remove(entry: Waiting): void {
		const queue = this.groups.get(entry.lane.group);
		const place = queue?.indexOf(entry) ?? -1;
		if (place >= 0) queue!.splice(place, 1);
		if (queue?.length === 0) this.groups.delete(entry.lane.group);
	}

	private next(): void {
		for (;;) {
			const [turn] = this.groups;
			if (!turn) return;
			if (Date.now() < this.heldUntil) return void this.wake();
			const [group, queue] = turn;
			const entry = queue[0];
			const allowed = Math.min(entry.lane.limit, ...this.running.map(({ limit }) => limit));
			if (this.running.length >= allowed) return;
			queue.shift();
			// To the end of the line, where the other groups' turns come first.
			this.groups.delete(group);
			if (queue.length > 0) this.groups.set(group, queue);
			this.running.push(entry.lane);
			entry.start();
		}
	}
}

const gates = new Map<string, Gate>();

const gateOf = (key: string): Gate => {
	const gate = gates.get(key) ?? new Gate();
	gates.set(key, gate);
	return gate;
};

/**
 * Runs a request when its turn has come: no more of one account and host are in flight in the whole
 * process than the strictest of them allows.
 * @throws CancelledError when the execution is stopped while it waits; whatever `task` throws
 */
export const limited = async <T>(lane: Lane, task: () => Promise<T>): Promise<T> => {
	const gate = gateOf(lane.key);
	await gate.enter(lane);
	try {
		return await task();
	} finally {
		// Not waited for: the result goes out first, so that what it leads to can queue up.
		void gate.exit(lane).then(() => {
			// Not one that has taken its place: of two requests that end in one moment, each comes here.
			if (gate.idle && gates.get(lane.key) === gate) gates.delete(lane.key);
		});
	}
};

/** Holds back all requests of an account and host for some milliseconds, as a 429 asks for. */
export const holdBack = (key: string, milliseconds: number): void => {
	gateOf(key).hold(Date.now() + milliseconds);
};
