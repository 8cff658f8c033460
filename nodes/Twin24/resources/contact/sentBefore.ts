import type { IExecutePaginationFunctions } from 'n8n-workflow';

import type { Outcome } from './deliver';

/** A person who was sent, or perhaps was. */
interface Sent {
	/** n8n's data of the run of the node in which it was. */
	run: object;
	itemIndex: number;
	outcome: Outcome;
}

/** What one try of one run of a node has done so far; items may come to it in several turns. */
export interface Try {
	/** Items that have had their turn. */
	seen: Set<number>;
	/** External IDs and numbers in places that items of this try have asked for. */
	claimed: Map<string, number>;
	/** External IDs of those who were sent well. */
	done: string[];
	/** Why nothing more is sent. */
	end?: { error: unknown; itemIndex: number };
	/** The work under way: turns wait for one another. */
	tail: Promise<unknown>;
}

/**
 * Whom one node has sent in one execution of its workflow. n8n runs a node several times in a loop, and
 * a run again from its start when "Retry On Fail" is on: nobody may be sent twice by that.
 */
export class SentBefore {
	private readonly people = new Map<string, Sent>();
	private readonly tries = new WeakMap<object, Try>();

	/** The memory of the node in this execution. */
	static of(context: IExecutePaginationFunctions): SentBefore {
		// n8n makes it once for each node in each execution, and keeps it to the end.
		const execution = context.getContext('node');
		const known = memories.get(execution) ?? new SentBefore();
		memories.set(execution, known);
		return known;
	}

	/** The try that items belong to: a new one when an item comes again. */
	tryOf(run: object, itemIndexes: readonly number[]): Try {
		let current = this.tries.get(run);
		if (!current || itemIndexes.some((index) => current!.seen.has(index))) {
			current = { seen: new Set(), claimed: new Map(), done: [], tail: Promise.resolve() };
			this.tries.set(run, current);
		}
		for (const index of itemIndexes) current.seen.add(index);
		return current;
	}

	/** Who was sent, or perhaps was, under one of these names. */
	find(names: readonly string[]): { name: string; sent: Sent } | undefined {
		for (const name of names) {
			const sent = this.people.get(name);
			if (sent) return { name, sent };
		}
		return undefined;
	}

	remember(names: readonly string[], sent: Sent): void {
		for (const name of names) this.people.set(name, sent);
	}
}

const memories = new WeakMap<object, SentBefore>();
