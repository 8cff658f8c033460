import type { EventRule } from '../../../nodes/Twin24/polling/eventRule';
import { oneAtATime } from '../../../nodes/Twin24/polling/oneAtATime';
import type { Interval, ReadOutcome, Source } from '../../../nodes/Twin24/polling/source';
import { stateIn } from '../../../nodes/Twin24/polling/state';
import { HOUR, SECOND } from '../../../nodes/Twin24/polling/time';
import { beginWatch, pollWatch } from '../../../nodes/Twin24/polling/watch';
import type { PollOutcome } from '../../../nodes/Twin24/polling/watch';

export { HOUR, MINUTE, SECOND } from '../../../nodes/Twin24/polling/time';

/** A row as the source shows it. */
export interface Shown {
	id: string;
	born: number;
	changed: number;
	isDone: boolean;
}

export const LEAD = 3 * HOUR;

const skew = { lead: LEAD, notBefore: ({ born }: Shown) => born };

export const BORN: EventRule<Shown> = {
	name: 'born',
	timeOf: ({ born }) => born,
	happened: () => true,
	keyOf: ({ id }) => id,
	memory: 0,
};
export const DONE: EventRule<Shown> = {
	name: 'done',
	timeOf: ({ changed }) => changed,
	happened: ({ isDone }) => isDone,
	keyOf: ({ id }) => id,
	memory: 24 * HOUR,
	skew,
};
export const CHANGED: EventRule<Shown> = {
	name: 'changed',
	timeOf: ({ changed }) => changed,
	happened: () => true,
	keyOf: ({ id, changed }) => `${id} ${changed}`,
	memory: 0,
	skew,
};
export const RULES = [BORN, DONE, CHANGED];

/** How a time of change is written: true; shown ahead and compared so; or shown ahead, compared truly. */
export const CLOCKS = ['true', 'ahead', 'shownAhead'] as const;
export type Clock = (typeof CLOCKS)[number];

/** One state of a thing, and when the source begins to show it. True times. */
export interface Version {
	at: number;
	visibleAt: number;
	isDone: boolean;
	/** The clock of whoever wrote it; the world's unless given. */
	clock?: Clock;
}

export interface Thing {
	id: string;
	born: number;
	/** In order of time; each becomes visible later than the one before. */
	versions: Version[];
}

/** A clock from some moment on: for what is written then, or for everything that is shown then. */
export interface Correction {
	at: number;
	clock: Clock;
	rewrites: boolean;
}

/** A second, by the times compared, that cannot be read whole until it heals. */
export interface BadSecond {
	second: number;
	healsAt: number;
}

/** A source that fills as time goes by, and counts what it is asked. */
export class World implements Source<Shown> {
	now = 0;
	reads: Array<{ from: number; to: number }> = [];
	correction?: Correction;
	bad: BadSecond[] = [];
	/** Called before each answer; may throw, change the world, or wait. */
	beforeAnswer: () => unknown = () => {};

	constructor(
		readonly things: Thing[],
		readonly clock: Clock,
		readonly rule: EventRule<Shown>,
	) {}

	async read({ from, to = Infinity }: Interval, atMost: number): Promise<ReadOutcome<Shown>> {
		this.reads.push({ from, to });
		await this.beforeAnswer();
		// A second more at the start, as a reader asks for whose API may leave out its ends.
		const found = this.placed(from - SECOND, to);
		const bad = found.find(({ compared }) => this.isBad(compared));
		if (bad) return { unreadable: Math.floor(bad.compared / SECOND) * SECOND };
		return found.length > atMost
			? { tooMany: found.length }
			: { rows: found.map(({ row }) => row) };
	}

	/** Every other row. */
	async salvage({ from, to }: { from: number; to: number }) {
		await this.beforeAnswer();
		return this.placed(from, to)
			.filter(({ compared }, index) => !this.isBad(compared) || index % 2 === 0)
			.map(({ row }) => row);
	}

	/** The version of a thing that the source shows now. */
	current(thing: Thing): Version | undefined {
		return thing.versions.findLast(({ visibleAt }) => visibleAt <= this.now);
	}

	rowOf({ id, born }: Thing, version: Version): Shown {
		const clock = this.clockOf(version);
		const changed = version.at + (clock === 'true' ? 0 : LEAD);
		return { id, born, changed, isDone: version.isDone };
	}

	comparedAt(thing: Thing, version: Version): number {
		if (this.rule.timeOf === BORN.timeOf) return thing.born;
		return version.at + (this.clockOf(version) === 'ahead' ? LEAD : 0);
	}

	private clockOf({ at, clock = this.clock }: Version): Clock {
		const correction = this.correction;
		if (!correction || this.now < correction.at) return clock;
		return correction.rewrites || at >= correction.at ? correction.clock : clock;
	}

	private isBad(compared: number): boolean {
		return this.bad.some(
			({ second, healsAt }) =>
				compared >= second && compared < second + SECOND && this.now < healsAt,
		);
	}

	private placed(from: number, to: number) {
		const placed = this.things.flatMap((thing) => {
			const version = this.current(thing);
			if (!version) return [];
			const compared = this.comparedAt(thing, version);
			if (compared < from || compared >= to) return [];
			return [{ compared, row: this.rowOf(thing, version) }];
		});
		return placed.sort((a, b) => a.compared - b.compared);
	}
}

export interface HostOptions {
	rule: EventRule<Shown>;
	overlap: number;
	rowsPerPoll?: number;
	manyRows?: number;
	hasTime?: () => boolean;
}

/** What a polling host does: keeps the state in memory, and saves it when it starts an execution. */
export class Host {
	/** Keys of the events that executions were started with. */
	readonly executions: string[] = [];
	saved: unknown;
	last?: PollOutcome<Shown>;
	/** By how much the host's clock is ahead. */
	clockError = 0;
	private memory: unknown;

	constructor(
		private readonly world: World,
		private readonly options: HostOptions,
	) {}

	/** The state as long as the process lives. */
	get state() {
		return stateIn(this.memory, this.options.rule.name);
	}

	/** The user activates the workflow; the host saves what is kept then. */
	async activate(): Promise<void> {
		this.memory = asJson(await beginWatch(this.setup()));
		this.saved = this.memory;
	}

	/** One poll. @returns the keys it started an execution with, or undefined when it was left out */
	async poll({ crashBeforeSave = false } = {}): Promise<string[] | undefined> {
		const { rule } = this.options;
		const state = stateIn(this.memory, rule.name);
		if (!state) throw new Error('The state is lost');
		const outcome = await oneAtATime('node', async () => await pollWatch(state, this.setup()));
		if (!outcome) return undefined;
		this.last = outcome;
		const keys = outcome.events.map(rule.keyOf);
		this.executions.push(...keys);
		this.memory = asJson(outcome.state);
		if (keys.length > 0 && !crashBeforeSave) this.saved = this.memory;
		return keys;
	}

	/** The host ends, in order or not, and starts again. */
	restart(): void {
		this.memory = this.saved;
	}

	/** Goes on with a state from elsewhere. */
	adopt(state: unknown): void {
		this.memory = asJson(state);
		this.saved = this.memory;
	}

	private setup() {
		return { ...this.options, source: this.world, now: this.world.now + this.clockError };
	}
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
