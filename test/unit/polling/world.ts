import { oneAtATime } from '../../../nodes/Twin24/polling/oneAtATime';
import { stateIn } from '../../../nodes/Twin24/polling/state';
import type { EventRule, Report, Stretch } from '../../../nodes/Twin24/polling/types';
import { beginWatch, pollWatch } from '../../../nodes/Twin24/polling/watch';
import type { Row } from '../../../nodes/Twin24/paging/page';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** What TWIN24 shows and compares as `updatedAt`, see `clock` of the emulator's readings. */
export type Clock = 'utc' | 'moscowShown' | 'moscowShownFilterTrue';
export const CLOCKS: readonly Clock[] = ['utc', 'moscowShown', 'moscowShownFilterTrue'];

/** One state of a call's record, and when the report begins to show it. True times. */
export interface Version {
	at: number;
	visibleAt: number;
	final: boolean;
}

export interface WorldCall {
	id: string;
	createdAt: number;
	/** In order of time; each becomes visible later than the one before. */
	versions: Version[];
}

/** A report that fills as time goes by, and counts what it is asked. */
export class World implements Report {
	now = 0;
	reads: Stretch[] = [];
	/** Called before each answer; may throw, change the world, or wait. */
	beforeAnswer: () => unknown = () => {};

	constructor(
		readonly calls: WorldCall[],
		readonly clock: Clock,
		readonly timeField: string,
	) {}

	async read({ from, to = Infinity }: Stretch, atMost: number) {
		this.reads.push({ from, to });
		await this.beforeAnswer();
		// A second more at the start, as the paging asks for, in case that the API leaves out its ends.
		const rows = this.shown(({ compared }) => compared >= from - SECOND && compared < to);
		return rows.length > atMost ? { tooMany: rows.length } : { rows };
	}

	async newest() {
		await this.beforeAnswer();
		return this.shown(() => true)
			.reverse()
			.slice(0, 100);
	}

	/** The version of a call that the report shows now. */
	current(call: WorldCall): Version | undefined {
		return call.versions.findLast(({ visibleAt }) => visibleAt <= this.now);
	}

	private shown(belongs: (row: { compared: number }) => boolean): Row[] {
		const rows = this.calls.flatMap((call) => {
			const version = this.current(call);
			if (!version) return [];
			const true_ = this.timeField === 'createdAt' ? call.createdAt : version.at;
			const lead = this.timeField === 'createdAt' ? 0 : 3 * HOUR;
			const compared = true_ + (this.clock === 'moscowShown' ? lead : 0);
			return belongs({ compared }) ? [{ true_, row: this.rowOf(call, version) }] : [];
		});
		return rows.sort((a, b) => a.true_ - b.true_).map(({ row }) => row);
	}

	rowOf({ id, createdAt }: WorldCall, { at, final }: Version): Row {
		const lead = this.clock === 'utc' ? 0 : 3 * HOUR;
		return {
			id,
			createdAt: new Date(createdAt).toISOString(),
			updatedAt: new Date(at + lead).toISOString(),
			status: final ? 'ANSWERED' : 'DIAL',
		};
	}
}

export interface HostOptions {
	rule: EventRule;
	overlap: number;
	rowsPerPoll?: number;
	hasTime?: () => boolean;
}

/** What n8n does with a polling node: keeps its state in memory, and saves it when it starts an execution. */
export class Host {
	/** Keys of the events that executions were started with. */
	readonly executions: string[] = [];
	saved: unknown;
	private memory: unknown;

	constructor(
		private readonly world: World,
		private readonly options: HostOptions,
	) {}

	/** The state as long as the process lives. */
	get state() {
		return stateIn(this.memory, this.options.rule.name);
	}

	/** The user activates the workflow; n8n saves what the node keeps then. */
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
		const keys = outcome.events.map(rule.keyOf);
		this.executions.push(...keys);
		this.memory = asJson(outcome.state);
		if (keys.length > 0 && !crashBeforeSave) this.saved = this.memory;
		return keys;
	}

	/** n8n ends, in order or not, and starts again. */
	restart(): void {
		this.memory = this.saved;
	}

	private setup() {
		return { ...this.options, report: this.world, now: this.world.now };
	}
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
