import { Random } from './data/random';
import type { Service } from './http/request-log';
import type { CallTable } from './table/call-table';

/** What a rule looks at. */
export interface FaultRequest {
	service: Service;
	method: string;
	path: string;
	query: Record<string, string>;
}

/** Which requests a fault meets. Without any of these: all of them, until `clear()`. */
export interface FaultScope {
	service?: Service;
	/** Looks at the query (decoded) and, if it wants, the whole request. */
	match?: (query: Record<string, string>, request: FaultRequest) => boolean;
	/** The same for those who cannot send a function: parameters that must have these values. */
	query?: Record<string, string>;
	/** How many matching requests go by unharmed first. */
	skip?: number;
	/** How often it strikes. */
	times?: number;
	/** It strikes every so-manieth matching request only. */
	every?: number;
	/** It strikes with this probability, drawn from `seed`. */
	probability?: number;
	seed?: number;
	/**
	 * The request is carried out all the same, and only its answer is lost: for `status`, `html`,
	 * `reset` and `hang`. The others always carry it out.
	 */
	carriedOut?: boolean;
}

export type GarbageVariant =
	| 'null'
	| 'itemsNotArray'
	| 'itemsMissing'
	| 'rowsWithoutIds'
	| 'rowsNotObjects'
	| 'countNotNumber'
	| 'notJson'
	| 'empty';

export type FaultKind =
	/** Waits before it answers, in milliseconds. */
	| { kind: 'latency'; ms: number | ((request: FaultRequest) => number) }
	/** An error. `retryAfter`: seconds, or 'date' (an HTTP date `retryAfterSeconds` from now, 1 if not said). */
	| {
			kind: 'status';
			status: number;
			body?: unknown;
			headers?: Record<string, string>;
			retryAfter?: number | 'date' | Date;
			retryAfterSeconds?: number;
	  }
	/** A web page with status 200, or another. */
	| { kind: 'html'; body?: string; status?: number }
	/** Breaks off after this share of the body (0.5), the length told beforehand or not. */
	| { kind: 'cutOff'; at?: number; encoding?: 'length' | 'chunked' }
	/** Sends `bytes` (1) of the answer every `ms` milliseconds, to its end. */
	| { kind: 'drip'; ms: number; bytes?: number }
	/** An answer marked as gzip that cannot be unpacked: a wrong checksum, its end missing, no gzip at all. */
	| { kind: 'corruptGzip'; variant?: 'checksum' | 'truncated' | 'notGzip' }
	/** Drops the connection before any answer. */
	| { kind: 'reset' }
	/** Never answers; the connection stays open until the emulator or the client closes it. */
	| { kind: 'hang' }
	/** JSON (or not even that) which is not what was promised. `body` is sent as it is. */
	| { kind: 'garbage'; variant?: GarbageVariant; body?: unknown };

export type Fault = FaultScope & FaultKind;

/** What a hook is told: the page about to be read. */
export interface PageHook {
	/** 1 for the first page read since the emulator began or was reset. */
	number: number;
	query: Record<string, string>;
	table: CallTable;
}

/** Calls that arrive or change while the report is read. */
export interface Arrivals {
	/** After how many pages; default 1. */
	every?: number;
	/** How many are inserted, created now or at `at`. */
	insert?: number;
	at?: Date | string;
	/** How many of those there are change. */
	update?: number;
	seed?: number;
}

interface Rule {
	fault: Fault;
	seen: number;
	struck: number;
	random: Random;
}

/** A queue of rules: latencies add up, of the others the first that strikes is the one that counts. */
export class Faults {
	private rules: Rule[] = [];
	private hooks: Array<(page: PageHook) => unknown> = [];
	private pages = 0;
	private hanging: Array<() => void> = [];

	constructor(private readonly table: CallTable) {}

	/** Adds rules; the function it gives takes them back. */
	add(...faults: Fault[]): () => void {
		const rules = faults.map((fault) => ({
			fault,
			seen: 0,
			struck: 0,
			random: Random.of(fault.seed ?? 1),
		}));
		this.rules.push(...rules);
		return () => {
			this.rules = this.rules.filter((rule) => !rules.includes(rule));
		};
	}

	/** Keeps a request without an answer; `drop` closes its connection, when the faults are cleared. */
	hang(drop: () => void): void {
		this.hanging.push(drop);
	}

	/** No faults, hooks or arrivals any more; what hangs is dropped. */
	clear(): void {
		for (const drop of this.hanging.splice(0)) drop();
		this.rules = [];
		this.hooks = [];
		this.pages = 0;
	}

	/**
	 * Calls `hook` right before the rows of a page are read, and waits for it: the place to insert,
	 * update or remove calls between requests. The function it gives takes the hook back.
	 */
	beforePage(hook: (page: PageHook) => unknown): () => void {
		this.hooks.push(hook);
		return () => {
			this.hooks = this.hooks.filter((other) => other !== hook);
		};
	}

	/** Lets calls arrive or change every few pages. The function it gives ends it. */
	arrivals(arrivals: Arrivals): () => void {
		const { every = 1, insert = 0, update = 0, at, seed = 1 } = arrivals;
		const random = Random.of(seed);
		return this.beforePage(({ number, table }) => {
			if (number % every !== 0) return;
			if (insert > 0) table.arrive(insert, at === undefined ? undefined : new Date(at));
			for (let i = 0; i < update; i++) table.touch(random.unit());
		});
	}

	/** What is to happen to this request. */
	strike(request: FaultRequest): {
		latencies: number[];
		fault?: Exclude<Fault, { kind: 'latency' }>;
	} {
		const latencies: number[] = [];
		for (const rule of this.rules) {
			const { fault } = rule;
			if (!strikes(rule, request)) continue;
			if (fault.kind !== 'latency') return { latencies, fault };
			latencies.push(typeof fault.ms === 'number' ? fault.ms : fault.ms(request));
		}
		return { latencies };
	}

	/** Runs the hooks of a page. */
	async pageAhead(query: Record<string, string>): Promise<void> {
		const page = { number: ++this.pages, query, table: this.table };
		for (const hook of this.hooks) await hook(page);
	}
}

function strikes(rule: Rule, request: FaultRequest): boolean {
	const {
		service,
		match,
		query,
		skip = 0,
		times = Infinity,
		every = 1,
		probability = 1,
	} = rule.fault;
	if (rule.struck >= times) return false;
	if (service && service !== request.service) return false;
	if (query && !Object.entries(query).every(([name, value]) => request.query[name] === value))
		return false;
	if (match && !match(request.query, request)) return false;
	rule.seen++;
	if (rule.seen <= skip || (rule.seen - skip) % every !== 0) return false;
	if (probability < 1 && rule.random.unit() >= probability) return false;
	rule.struck++;
	return true;
}
