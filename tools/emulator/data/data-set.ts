import { CALL_STATUSES } from '../../../nodes/Twin24/report/catalogue';
import type { Call, CallMessage } from '../call';
import { DAY, HOUR, SECOND, formatMicros, formatSeconds, toMicros } from '../time';
import type { Micros } from '../time';
import { Random, uuid } from './random';
import { ADDITIONAL, BOT_NAMES, MARKERS, RESPONDERS, SCENARIOS, TASK_NAMES } from './texts';

/** Several calls created in one and the same second. */
export interface Tie {
	count: number;
	/** The second that they share; the middle of the period when left out. */
	at?: Date | string;
}

export interface DataSetOptions {
	/** Same seed, same period: same rows. Default 1. */
	seed?: number;
	/** First and last instant at which a call is created. Default: the six days up to now. */
	from?: Date | string;
	to?: Date | string;
	/** How many calls share one second (or several such seconds). Default: none but chance ones. */
	ties?: number | Tie[];
	/** Whether calls come in batches at working hours, as tasks start them. Default true. */
	bursts?: boolean;
	/** Whether times have digits after the second. Default false, as in the vendor's sample. */
	fractionalSeconds?: boolean;
	/** How many dial tasks and bots there are. Default 7 and 5. */
	tasks?: number;
	bots?: number;
	companyId?: number;
}

export interface NamedThing {
	id: string;
	name: string;
}

/** A call's columns that searches sort and filter by; `started` is NaN when it has not started. */
export interface CallKeys {
	created: Micros;
	updated: Micros;
	started: Micros;
	duration: number;
	status: string;
	phone: string;
	taskId: string;
}

/** Columns of a call that are given rather than drawn. */
export type WantedKeys = Partial<Pick<CallKeys, 'status' | 'phone' | 'taskId'>>;

/** The kinds of things that have ids; ids of different kinds are never alike. */
export const STREAM = {
	call: 0,
	dialog: 1,
	task: 2,
	bot: 3,
	log: 4,
	template: 5,
	provider: 6,
	made: 7,
	channel: 8,
	hook: 9,
};

const STATUS_WEIGHTS: Record<string, number> = { ANSWERED: 50, NOANSWER: 24, BUSY: 10, FAILED: 3 };

const FINAL = new Map(CALL_STATUSES.map((status) => [status.value, status.final]));

/** Weights laid end to end, so that one number drawn picks a status. */
const STATUS_LADDER = CALL_STATUSES.flatMap(({ value }) =>
	Array.from({ length: STATUS_WEIGHTS[value] ?? 1 }, () => value),
);

/**
 * Calls that look like a company's, made from a seed. Every row is a function of the seed and its
 * number alone, so that half a million of them need no memory until somebody asks for one.
 */
export class DataSet {
	readonly tasks: NamedThing[];
	readonly bots: NamedThing[];
	private readonly taskNumbers: Map<string, number>;
	private readonly seed: number;
	private readonly from: Micros;
	private readonly to: Micros;
	private readonly ties: Array<{ upTo: number; at: Micros }> = [];
	private readonly bursts: Micros[];

	/** @param recordsUrl where the recordings are served, without a slash at the end */
	constructor(
		readonly size: number,
		private readonly options: DataSetOptions,
		private readonly recordsUrl: string,
		now: Date,
	) {
		this.seed = options.seed ?? 1;
		this.to = this.grain(toMicros(options.to ?? now));
		this.from = this.grain(options.from === undefined ? this.to - 6 * DAY : toMicros(options.from));
		if (this.from > this.to) throw new RangeError('The data set ends before it begins');
		this.tasks = named(options.tasks ?? 7, TASK_NAMES, this.seed, STREAM.task);
		this.taskNumbers = new Map(this.tasks.map(({ id }, i) => [id, i]));
		this.bots = named(options.bots ?? 5, BOT_NAMES, this.seed, STREAM.bot);
		this.bursts = this.layBursts();
		this.layTies(options.ties ?? []);
	}

	/** The columns of row number `row`. */
	keys(row: number): CallKeys {
		return this.drawKeys(row, Random.of(this.seed, row));
	}

	/** The ID of row number `row`. */
	id(row: number): string {
		return uuid(this.seed, row, STREAM.call);
	}

	/**
	 * Row number `row`, whole. Numbers from `size` on give further calls of the same kind, created
	 * then; what is `wanted` is not drawn, and what is drawn suits it.
	 */
	call(row: number, created?: Micros, wanted: WantedKeys = {}): Call {
		const random = Random.of(this.seed, row);
		const keys = this.drawKeys(row, random, created, wanted);
		const id = this.id(row);
		const { started, status, duration } = keys;
		const talked = duration > 0;
		const task = this.taskNumbers.get(keys.taskId) ?? 0;
		const bot = this.bots[task % this.bots.length];
		const scenario = SCENARIOS[task % SCENARIOS.length];
		const messages = talked ? this.converse(random, started, duration, task) : [];
		const transferred = talked && random.below(12) === 0;
		const operatorDuration = transferred ? Math.floor(duration / 2) : 0;
		return {
			id,
			externalId: random.below(3) === 0 ? null : `crm-${random.below(1_000_000)}`,
			phone: keys.phone,
			startedAt: Number.isNaN(started) ? null : formatMicros(started),
			status,
			duration,
			dialogResults: talked ? random.pick(scenario.results) : null,
			taskName: this.tasks[task].name,
			recordPath: talked ? this.recordPath(id, started) : null,
			messagesAsString: talked ? asString(messages) : null,
			messages,
			createdAt: formatMicros(keys.created),
			updatedAt: formatMicros(keys.updated),
			responder: talked ? random.pick(RESPONDERS) : null,
			isFinished: (FINAL.get(status) ?? false) && random.below(4) > 0,
			transferredToOperator: transferred,
			botDuration: duration - operatorDuration,
			operatorDuration,
			nps: talked && random.below(5) === 0 ? String(random.below(11)) : null,
			price: (duration * 0.0995).toFixed(2),
			additional: random.pick(ADDITIONAL),
			taskId: keys.taskId,
			botId: bot.id,
			botName: bot.name,
			regionId: 5000 + random.below(90),
			timezone: 2 + random.below(10),
			shortNumber: random.below(20) === 0 ? String(100 + random.below(900)) : null,
			linkToLog: Number.isNaN(started) ? null : `/${uuid(this.seed, row, STREAM.log)}/general.log`,
			markers: random.pick(MARKERS),
			dialogId: uuid(this.seed, row, STREAM.dialog),
		};
	}

	/** `now` to the grain of this data set's times. */
	stamp(now: Date): Micros {
		return this.grain(now.getTime() * 1000);
	}

	private grain(micros: Micros): Micros {
		return this.options.fractionalSeconds ? micros : Math.floor(micros / SECOND) * SECOND;
	}

	private drawKeys(row: number, random: Random, given?: Micros, wanted: WantedKeys = {}): CallKeys {
		const created = given ?? this.grain(this.drawCreated(row, random));
		const statusDrawn = random.pick(STATUS_LADDER);
		const status = wanted.status ?? statusDrawn;
		const waited = random.below(40) * SECOND + random.below(SECOND);
		const lengthDrawn = 3 + Math.floor(random.unit() ** 2 * 240);
		const late = random.below(10) === 0 ? random.below(3600) : random.below(90);
		const phoneDrawn = `79${String(random.below(1_000_000_000)).padStart(9, '0')}`;
		const phone = wanted.phone ?? phoneDrawn;
		const taskDrawn = this.tasks[random.below(this.tasks.length)].id;
		const taskId = wanted.taskId ?? taskDrawn;
		const unstarted = status === 'SCHEDULED';
		const duration = status === 'ANSWERED' ? lengthDrawn : 0;
		// Nothing happens after the end of the data set, unless the call itself is later.
		const end = Math.max(this.to, created);
		const started = unstarted ? NaN : this.grain(Math.min(created + waited, end));
		const ended = unstarted ? created : started + duration * SECOND;
		const updated = this.grain(Math.max(created, Math.min(ended + late * SECOND, end)));
		return { created, updated, started, duration, status, phone, taskId };
	}

	private drawCreated(row: number, random: Random): Micros {
		for (const tie of this.ties) {
			if (row < tie.upTo)
				return tie.at + (this.options.fractionalSeconds ? random.below(SECOND) : 0);
		}
		const span = this.to - this.from;
		if (this.bursts.length > 0 && random.below(3) > 0) {
			const start = this.bursts[random.below(this.bursts.length)];
			return Math.min(start + Math.floor(random.unit() ** 2 * 900 * SECOND), this.to);
		}
		return this.from + Math.floor(random.unit() * span);
	}

	/** When tasks start dialling: at working hours (09 to 20 of Moscow) if the period has any. */
	private layBursts(): Micros[] {
		if (this.options.bursts === false) return [];
		const random = Random.of(this.seed, 0, 9);
		const count = Math.max(3, Math.min(2000, Math.ceil(this.size / 150)));
		return Array.from({ length: count }, () => {
			let at = this.from;
			for (let attempt = 0; attempt < 8; attempt++) {
				at = this.from + Math.floor(random.unit() * (this.to - this.from));
				const hour = ((at + 3 * HOUR) % DAY) / HOUR;
				if (hour >= 9 && hour < 20) break;
			}
			return at;
		});
	}

	private layTies(ties: number | Tie[]): void {
		const middle = (this.from + this.to) / 2;
		let upTo = 0;
		for (const tie of typeof ties === 'number' ? [{ count: ties }] : ties) {
			upTo += tie.count;
			const at = tie.at === undefined ? middle : toMicros(tie.at);
			this.ties.push({ upTo, at: Math.floor(at / SECOND) * SECOND });
		}
	}

	private recordPath(id: string, started: Micros): string {
		const day = formatSeconds(started).slice(0, 10).replace(/-/g, '/');
		return `${this.recordsUrl}/records//${this.options.companyId ?? 1758}/${day}/${id}.mp3`;
	}

	private converse(random: Random, started: Micros, duration: number, task: number): CallMessage[] {
		const { robot, user } = SCENARIOS[task % SCENARIOS.length];
		const turns = Math.min(12, 1 + Math.floor(duration / 8));
		const messages: CallMessage[] = [];
		for (let turn = 0; turn < turns; turn++) {
			const isRobot = turn % 2 === 0;
			const at = started + Math.floor((duration * turn) / turns) * SECOND;
			messages.push({
				text: isRobot ? robot[(turn / 2) % robot.length] : random.pick(user),
				author: isRobot ? 'robot' : 'user',
				created_at: formatSeconds(at),
			});
		}
		return messages;
	}
}

function asString(messages: CallMessage[]): string {
	return messages
		.map(({ author, text }) => `${author === 'robot' ? 'Робот' : 'Человек'}: ${text}`)
		.join('\n');
}

function named(count: number, names: string[], seed: number, stream: number): NamedThing[] {
	return Array.from({ length: Math.max(1, count) }, (_, i) => ({
		id: uuid(seed, i, stream),
		name:
			i < names.length
				? names[i]
				: `${names[i % names.length]} ${Math.floor(i / names.length) + 1}`,
	}));
}
