import { sleep } from 'n8n-workflow';

import { LONGEST_RETRY_AFTER } from './backoff';
import { CancelledError, pause } from './cancellation';
import type { Failure } from './failure';

/** How a request stands in a queue. */
export interface Job {
	/** The queue: one for each account on one host. */
	queue: string;
	/** The most requests of the queue in flight while this one is, 1 or more. */
	limit: number;
	/** Executions take turns, so that a short one need not wait for a long one. */
	group: string;
	/** Within a group the smaller comes first: input items are served in their order. */
	order: number;
	signal?: AbortSignal;
}

/**
 * A request was not sent: its queue is held back for longer than anybody waits. The failure is the one
 * that holds it back, with what is left of the wait.
 */
export class HeldBackError extends Error {
	constructor(readonly failure: Failure) {
		super(failure.message);
		this.name = 'HeldBackError';
	}
}

interface Waiting {
	job: Job;
	start: () => void;
	refuse: (error: Error) => void;
}

/** The queue in front of one account on one host, for the whole process. */
class Queue {
	private readonly running: Job[] = [];
	/** In the order in which the groups take their turns. */
	private readonly groups = new Map<string, Waiting[]>();
	private heldUntil = 0;
	private heldBy?: Failure;
	private waking = false;

	get idle() {
		return this.running.length === 0 && this.groups.size === 0 && this.heldUntil <= Date.now();
	}

	enter(job: Job): Promise<void> {
		return new Promise((resolve, reject) => {
			if (job.signal?.aborted) return reject(new CancelledError());
			const stay = () => job.signal?.removeEventListener('abort', leave);
			const entry: Waiting = {
				job,
				start: () => {
					stay();
					resolve();
				},
				refuse: (error) => {
					stay();
					reject(error);
				},
			};
			const leave = () => {
				this.remove(entry);
				reject(new CancelledError());
				this.next();
			};
			job.signal?.addEventListener('abort', leave, { once: true });
			this.add(entry);
			this.next();
		});
	}

	async exit(job: Job): Promise<void> {
		this.running.splice(this.running.indexOf(job), 1);
		// The place goes to the same input item's next request if it has one: it is asked for in a moment.
		const [waiting] = this.groups.get(job.group) ?? [];
		if (waiting && waiting.job.order > job.order) await sleep(0);
		this.next();
	}

	/** Holds back every request until then, epoch milliseconds; those in flight go on. */
	hold(until: number, failure?: Failure): void {
		if (until <= this.heldUntil) return;
		this.heldUntil = until;
		this.heldBy = failure;
		this.next();
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
		const queue = this.groups.get(entry.job.group) ?? [];
		const place = queue.findIndex(({ job }) => job.order > entry.job.order);
		queue.splice(place < 0 ? queue.length : place, 0, entry);
		this.groups.set(entry.job.group, queue);
	}

	private remove(entry: Waiting): void {
		const queue = this.groups.get(entry.job.group);
		const place = queue?.indexOf(entry) ?? -1;
		if (place >= 0) queue!.splice(place, 1);
		if (queue?.length === 0) this.groups.delete(entry.job.group);
	}

	/** Sends everybody away who would have to wait too long. */
	private refuseAll(failure: Failure, wait: number): void {
		const waiting = [...this.groups.values()].flat();
		this.groups.clear();
		const refusal = { ...failure, retryable: false, retryAfter: wait };
		for (const { refuse } of waiting) refuse(new HeldBackError(refusal));
	}

	private next(): void {
		for (;;) {
			const [turn] = this.groups;
			if (!turn) return;
			const held = this.heldUntil - Date.now();
			if (held > LONGEST_RETRY_AFTER && this.heldBy) return this.refuseAll(this.heldBy, held);
			if (held > 0) return void this.wake();
			const [group, queue] = turn;
			const entry = queue[0];
			const allowed = Math.min(entry.job.limit, ...this.running.map(({ limit }) => limit));
			if (this.running.length >= allowed) return;
			queue.shift();
			// To the end of the line, where the other groups' turns come first.
			this.groups.delete(group);
			if (queue.length > 0) this.groups.set(group, queue);
			this.running.push(entry.job);
			entry.start();
		}
	}
}

const queues = new Map<string, Queue>();

const queueOf = (name: string): Queue => {
	const queue = queues.get(name) ?? new Queue();
	queues.set(name, queue);
	return queue;
};

/**
 * Runs a request when its turn has come: no more of one queue are in flight in the whole process than
 * the strictest of them allows.
 * @throws CancelledError when the execution is stopped while it waits; HeldBackError when the queue is
 *   held back for more than ten minutes; whatever `task` throws
 */
export const enqueue = async <T>(job: Job, task: () => Promise<T>): Promise<T> => {
	const queue = queueOf(job.queue);
	await queue.enter(job);
	try {
		return await task();
	} finally {
		// Not waited for: the result goes out first, so that what it leads to can queue up.
		void queue.exit(job).then(() => {
			// Not one that has taken its place: of two requests that end in one moment, each comes here.
			if (queue.idle && queues.get(job.queue) === queue) queues.delete(job.queue);
		});
	}
};

/**
 * Holds back all requests of a queue for some milliseconds, as a 429 asks for. To be called before
 * the request that met the 429 leaves its place, lest another one goes out in it.
 * @param failure told to those who would have to wait for more than ten minutes
 */
export const holdBack = (queue: string, milliseconds: number, failure?: Failure): void => {
	queueOf(queue).hold(Date.now() + milliseconds, failure);
};
