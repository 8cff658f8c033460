import type { Identity } from './hookEvent';
import { EventMemory } from './memory';
import type { StoredEvents } from './memory';

/** n8n's answer to a request, as it is to be watched. */
export interface Answer {
	statusCode: number;
	/** Whether n8n has given it, be there somebody who hears it or not. */
	readonly writableEnded: boolean;
	/** Whether the connection is gone. */
	readonly closed: boolean;
	once(event: 'finish' | 'close', listener: () => void): unknown;
}

interface Claim {
	identity: Identity;
	answer: Answer;
	/** Whether n8n has begun to write it down. */
	isWritten: boolean;
}

/**
 * - `new`: the workflow is to be started with it
 * - `repeat`: it has been
 * - `underWay`: it is not known whether it has been; asked again later it will be
 */
export type Admission = 'new' | 'repeat' | 'underWay';

const OK = 200;

/**
 * Lets each event in once. An event that n8n could not start the workflow with is not remembered: TWIN24
 * gets no 200 for it and sends it again. So a request that comes beside the first one waits for what
 * becomes of that.
 */
export class Intake {
	readonly memory = new EventMemory();

	/** Those let in of which the outcome is not known yet, by fingerprint. */
	private claims = new Map<number, Claim>();

	/** @param answer that of the request which brings the event */
	async admit(identity: Identity, answer: Answer): Promise<Admission> {
		for (;;) {
			this.settle();
			if (this.memory.knows(identity, Date.now())) return 'repeat';
			const first = this.claims.get(identity.print);
			if (!first) {
				this.claims.set(identity.print, { identity, answer, isWritten: false });
				return 'new';
			}
			await isOver(first.answer);
			if (!first.answer.writableEnded) return 'underWay';
		}
	}

	/** What is known by now, to be kept. */
	stored(): StoredEvents {
		this.settle();
		const written = [...this.claims.values()].filter(({ isWritten }) => isWritten);
		return this.memory.stored(
			Date.now(),
			written.map(({ identity }) => identity),
		);
	}

	/**
	 * The same with an event that n8n is about to answer. It counts from now on in what is kept; here it
	 * counts only when it was answered with 200.
	 */
	storedWith({ print }: Identity): StoredEvents {
		const claim = this.claims.get(print);
		if (claim) claim.isWritten = true;
		return this.stored();
	}

	/** Remembers what n8n has answered with 200, which it does once it has saved the execution. */
	private settle(): void {
		for (const [print, { identity, answer }] of this.claims) {
			if (!answer.writableEnded) continue;
			this.claims.delete(print);
			if (answer.statusCode === OK) this.memory.remember(identity, Date.now());
		}
	}
}

const isOver = async (answer: Answer): Promise<void> =>
	await new Promise((resolve) => {
		if (answer.writableEnded || answer.closed) return resolve();
		answer.once('finish', resolve);
		answer.once('close', resolve);
	});
