import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';

import type { Outcome } from './outcome';

/** A person who was sent, or perhaps was. */
interface Sent {
	/** n8n's data of the run of the node in which it was; undefined: before n8n put the execution aside. */
	run?: object;
	itemIndex: number;
	outcome: Outcome;
}

/** The same as n8n saves it with the execution: plain data, by the first of the person's names. */
interface Kept {
	itemIndex: number;
	names: string[];
	/** The item that was put out. */
	json?: IDataObject;
	/** Why nobody knows. */
	unknown?: { message: string; description?: string };
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

/** Where in n8n's memory of the node. */
const KEPT = 'twin24Sent';

/**
 * Whom one node has sent in one execution of its workflow. n8n runs a node several times in a loop, and
 * a run again from its start when "Retry On Fail" is on, or when somebody retries the execution: nobody
 * may be sent twice by that. It is kept in n8n's own memory of the node, which is saved with the execution
 * and so outlives a Wait node and a restart.
 */
export class SentBefore {
	private readonly people = new Map<string, Sent>();
	private readonly tries = new WeakMap<object, Try>();

	private constructor(private readonly kept: Kept[]) {
		for (const { itemIndex, names, json, unknown } of kept) {
			const outcome: Outcome = json
				? { kind: 'done', json }
				: { kind: 'unknown', error: Object.assign(new Error(unknown?.message), unknown) };
			for (const name of names) this.people.set(name, { itemIndex, outcome });
		}
	}

	/** Whether nothing is kept of anybody. */
	get isNew(): boolean {
		return this.people.size === 0;
	}

	/** The memory of the node in this execution. */
	static of(context: IExecutePaginationFunctions): SentBefore {
		// n8n makes it once for each node in each execution.
		const memory = context.getContext('node') as Record<string, unknown>;
		let known = memories.get(memory);
		if (!known) {
			known = new SentBefore((memory[KEPT] ??= []) as Kept[]);
			memories.set(memory, known);
		}
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

	/**
	 * Whether this is the very item that was sent: of the same run, or of an execution that was put aside
	 * and goes on.
	 */
	isSame(sent: Sent, run: object, itemIndex: number, names: readonly string[]): boolean {
		if (sent.itemIndex !== itemIndex) return false;
		if (sent.run) return sent.run === run;
		return names.every((name) => this.people.get(name)?.outcome === sent.outcome);
	}

	/** @param outcome never one that certainly failed */
	remember(names: readonly string[], run: object, itemIndex: number, outcome: Outcome): void {
		for (const name of names) this.people.set(name, { run, itemIndex, outcome });
		if (outcome.kind === 'done') {
			this.kept.push({ itemIndex, names: [...names], json: outcome.json });
			return;
		}
		const { message, description } = outcome.error as { message: string; description?: string };
		this.kept.push({ itemIndex, names: [...names], unknown: { message, description } });
	}
}

const memories = new WeakMap<object, SentBefore>();
