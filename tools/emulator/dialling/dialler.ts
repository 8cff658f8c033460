import { CALL_STATUSES } from '../../../nodes/Twin24/report/catalogue';
import type { Call, NewCall } from '../call';
import { STREAM } from '../data/data-set';
import type { NamedThing } from '../data/data-set';
import { Random, uuid } from '../data/random';
import type { Readings } from '../readings';
import type { CallTable } from '../table/call-table';
import { companyDay, mayCall, startMoment } from './hours';
import { nextPhone, redialAfter } from './redial';
import { settingsFor } from './task-settings';
import type {
	Attempt,
	Candidate,
	DialEvent,
	Ledger,
	Sent,
	Task,
	TaskSettings,
	TaskStatus,
} from './types';

/** A call-task template of the cabinet. */
export interface Template {
	id: string;
	name: string;
	/** What its tasks get; name, bot and people come with the request. */
	settings: Partial<TaskSettings>;
	/** Whether `single` uses it, if the readings have a default one at all. */
	isDefault: boolean;
}

/** What a person's candidate is made of. */
export type NewCandidate = Pick<Candidate, 'phones' | 'variables' | 'callbackData' | 'timezone'> & {
	externalId: string | null;
};

export interface DiallerSetting {
	table: CallTable;
	readings: Readings;
	now: () => Date;
	/** The tasks and bots that the generated calls belong to. */
	tasks: readonly NamedThing[];
	bots: readonly NamedThing[];
}

/**
 * Dial tasks, their people, and the calls made to them. Nobody is phoned but by `advance`, which a
 * test calls as it likes and the demo every so often.
 */
export class Dialler {
	tasks: Task[] = [];
	candidates: Candidate[] = [];
	readonly templates: Template[];
	/** The results to come, by phone or external id. */
	private readonly outcomes = new Map<string, string[]>();
	private attempts: Attempt[] = [];
	private sent: Sent[] = [];
	private requests = 0;
	private made = 0;
	private late: Array<{ dueAt: number; call: Call }> = [];
	private listeners: Array<(event: DialEvent) => void> = [];

	constructor(private readonly setting: DiallerSetting) {
		this.templates = ['Обзвон по умолчанию', 'Вечерний обзвон'].map((name, i) => ({
			id: uuid(1, i, STREAM.template),
			name,
			settings: {},
			isDefault: i === 0,
		}));
		this.clear();
	}

	/** The cabinet's tasks only, and nobody in them. */
	clear(): void {
		const { tasks, bots, now } = this.setting;
		this.candidates = [];
		this.attempts = [];
		this.sent = [];
		this.late = [];
		this.requests = 0;
		this.outcomes.clear();
		// Older than any task is fresh, and at rest: only a request sets a task going.
		const createdAt = now().getTime() - 30 * 86_400_000;
		this.tasks = tasks.map(({ id, name }, i) => ({
			id,
			name,
			status: i % 3 === 0 ? 'FINISHED' : 'PAUSED',
			settings: settingsFor(name, bots[i % bots.length].id),
			madeBy: 'cabinet',
			templateId: null,
			createdAt,
			updatedAt: createdAt,
		}));
	}

	/** Calls `listener` with everything that happens. */
	listen(listener: (event: DialEvent) => void): void {
		this.listeners.push(listener);
	}

	task(id: string): Task | undefined {
		return this.tasks.find((task) => task.id === id);
	}

	candidate(id: string): Candidate | undefined {
		return this.candidates.find((candidate) => candidate.id === id);
	}

	/** The people of a task, in the order in which they came. */
	peopleOf(task: Task): Candidate[] {
		return this.candidates.filter(({ taskId }) => taskId === task.id);
	}

	/** The calls of a task, in the order in which they were made. */
	callsOf(task: Task): Attempt[] {
		return this.attempts.filter(({ taskId }) => taskId === task.id);
	}

	/** A new task, BLANK until somebody is in it. */
	create(settings: TaskSettings, madeBy: Task['madeBy'], templateId: string | null = null): Task {
		const at = this.setting.now().getTime();
		const task: Task = {
			id: this.newId(),
			name: settings.name,
			status: 'BLANK',
			settings,
			madeBy,
			templateId,
			createdAt: at,
			updatedAt: at,
		};
		this.tasks.push(task);
		return task;
	}

	/**
	 * Says how the next calls to a person end, one after the other; later ones are drawn.
	 *
	 * @param person a phone, an external id, or '*' for everybody without results of their own
	 * @throws Error for a status that a call cannot end with
	 */
	setOutcomes(person: string, statuses: readonly string[]): void {
		const strange = statuses.find((status) => !FINAL.includes(status));
		if (strange !== undefined) throw new Error(`A call cannot end with ${strange}.`);
		this.outcomes.set(person, [...statuses]);
	}

	/** Whether the task has too little of its first seconds behind it to take people. */
	isFresh(task: Task): boolean {
		const { readings, now } = this.setting;
		return (
			task.madeBy === 'create' && now().getTime() < task.createdAt + readings.freshSeconds * 1000
		);
	}

	/** The task that `single` adds to today, if there is one. */
	taskOfTheDay(botId: string, templateId: string, madeBy: Task['madeBy']): Task | undefined {
		const { readings, now } = this.setting;
		const at = now().getTime();
		return this.tasks.find(
			(task) =>
				task.madeBy === madeBy &&
				task.templateId === templateId &&
				task.settings.defaultExecData === botId &&
				task.status !== 'HALTED' &&
				(readings.singleDay === 'calendarDay'
					? companyDay(at, readings) === companyDay(task.createdAt, readings)
					: at < task.createdAt + 86_400_000),
		);
	}

	/** The person of the task whom this one is taken for. */
	twin(task: Task, { phones, externalId }: NewCandidate): Candidate | undefined {
		const { duplicates } = this.setting.readings;
		if (duplicates === 'kept') return undefined;
		return this.peopleOf(task).find((other) =>
			duplicates === 'externalId'
				? externalId !== null && other.externalId === externalId
				: other.phones.some((phone) => phones.includes(phone)),
		);
	}

	/** Puts a person into a task; a task that was done is ready again. */
	add(task: Task, person: NewCandidate): Candidate {
		const candidate: Candidate = {
			...person,
			id: this.newId(),
			taskId: task.id,
			// Left out, a random one is made.
			externalId: person.externalId ?? this.newId(),
			status: 'WAITING',
			attempts: [],
			dueAt: this.setting.now().getTime(),
		};
		this.candidates.push(candidate);
		if (task.status === 'BLANK' || task.status === 'FINISHED') this.become(task, 'READY');
		return candidate;
	}

	/** The number of the next request that sends people. */
	nextRequest(): number {
		return ++this.requests;
	}

	/** Notes a candidate as it was sent. */
	note(sent: Omit<Sent, 'at'>): void {
		this.sent.push({ ...sent, at: this.setting.now().toISOString() });
	}

	/** Starts dialling. Gives false when the task runs, is empty or was halted. */
	play(task: Task): boolean {
		if (!['READY', 'PAUSED'].includes(task.status)) return false;
		this.become(task, 'PROCESS');
		return true;
	}

	/** Gives false when there is nothing to pause. */
	pause(task: Task): boolean {
		if (!['READY', 'PROCESS'].includes(task.status)) return false;
		this.become(task, 'PAUSED');
		return true;
	}

	/** For good: nobody in the task is phoned again. */
	halt(task: Task): void {
		this.become(task, 'HALTED');
	}

	/** Nobody of the task with this number is phoned again; gives how many that were. */
	cancel(task: Task, phone: string): number {
		const waiting = this.peopleOf(task).filter(
			({ status, phones }) => status === 'WAITING' && phones.includes(phone),
		);
		for (const candidate of waiting) this.finish(task, candidate, 'CANCELLED');
		return waiting.length;
	}

	/** Does what time alone brings: starts, ends of tasks, calls that reach the report. */
	tick(): void {
		const { readings, now } = this.setting;
		const at = now().getTime();
		for (const task of this.tasks) {
			const { startType, startMoment: moment = '', lifetime } = task.settings;
			const isOver = lifetime && at >= task.createdAt + lifetime * 1000;
			if (isOver && !['HALTED', 'FINISHED'].includes(task.status)) this.halt(task);
			if (task.status === 'READY' && startType === 'time' && at >= startMoment(moment, readings))
				this.play(task);
		}
		const due = this.late.filter(({ dueAt }) => dueAt <= at);
		this.late = this.late.filter(({ dueAt }) => dueAt > at);
		this.setting.table.insert(due.map(({ call }) => call));
	}

	/**
	 * Makes the next calls of the tasks that run, at most so many: those that are due, in the hours
	 * that their tasks allow. Gives the calls made; none when there is nobody to phone now.
	 */
	advance(count = 1): Attempt[] {
		const made: Attempt[] = [];
		while (made.length < count) {
			this.tick();
			const next = this.nextDue();
			if (!next) break;
			made.push(this.phone(next.task, next.candidate));
		}
		return made;
	}

	/** What was sent and dialled so far. */
	ledger(): Ledger {
		const people = new Map<string, Ledger['people'][number]>();
		for (const { externalId, phones, taskId, verdict, candidateId } of this.sent) {
			const person = externalId ?? phones.join();
			let line = people.get(person);
			if (!line)
				people.set(
					person,
					(line = { person, phones, taskIds: [], sent: 0, accepted: 0, dialled: 0 }),
				);
			line.sent++;
			if (taskId !== null && !line.taskIds.includes(taskId)) line.taskIds.push(taskId);
			if (verdict !== 'accepted' || candidateId === null) continue;
			line.accepted++;
			line.dialled += this.candidate(candidateId)?.attempts.length ?? 0;
		}
		return { sent: this.sent, dialled: this.attempts, people: [...people.values()] };
	}

	/** One call outside any request, e.g. for a demo: told of, but nobody's in the ledger. */
	callOnce(given: NewCall): Call {
		const { table, tasks, bots, now } = this.setting;
		const draw = Random.of(2, this.made);
		const task = this.task(given.taskId ?? draw.pick(tasks).id) ?? this.tasks[0];
		const bot = bots.find(({ id }) => id === task.settings.defaultExecData) ?? bots[0];
		const known = Object.entries(given).filter(([, value]) => value !== undefined);
		const call = table.draft(now(), {
			status: draw.pick(FINAL),
			...Object.fromEntries(known),
			taskId: task.id,
			taskName: task.name,
			botId: bot.id,
			botName: bot.name,
			isFinished: true,
		});
		table.insert(call);
		const { id: callId, phone, status } = call;
		const externalId = call.externalId ?? this.newId();
		const candidateId = this.newId();
		const at = now().toISOString();
		const attempt = {
			callId,
			candidateId,
			taskId: task.id,
			phone,
			externalId,
			at,
			attempt: 1,
			status,
			call,
		};
		const candidate: Candidate = {
			id: candidateId,
			taskId: task.id,
			phones: [phone],
			externalId,
			variables: {},
			callbackData: [],
			timezone: null,
			status: 'DONE',
			attempts: [attempt],
			dueAt: 0,
		};
		this.tell({ kind: 'attempt', task, candidate, attempt });
		this.tell({ kind: 'done', task, candidate, attempt });
		return call;
	}

	private nextDue(): { task: Task; candidate: Candidate } | undefined {
		const { readings, now } = this.setting;
		const running = new Map(
			this.tasks.filter(({ status }) => status === 'PROCESS').map((task) => [task.id, task]),
		);
		const at = now();
		for (const candidate of this.candidates) {
			const task = running.get(candidate.taskId);
			if (!task || candidate.status !== 'WAITING' || candidate.dueAt > at.getTime()) continue;
			if (mayCall(task, candidate, at, readings)) return { task, candidate };
		}
		return undefined;
	}

	private phone(task: Task, candidate: Candidate): Attempt {
		const { table, readings, bots, now } = this.setting;
		const phone = nextPhone(candidate, task.settings) ?? candidate.phones[0];
		const at = now();
		const status = this.outcomeOf(candidate, phone);
		const bot = bots.find(({ id }) => id === task.settings.defaultExecData) ?? bots[0];
		const call = table.draft(at, {
			status,
			phone,
			taskId: task.id,
			taskName: task.name,
			botId: bot.id,
			botName: bot.name,
			externalId: candidate.externalId,
			additional: Object.keys(candidate.variables).length
				? JSON.stringify(candidate.variables)
				: '',
		});
		const attempt: Attempt = {
			callId: call.id,
			candidateId: candidate.id,
			taskId: task.id,
			phone,
			externalId: candidate.externalId,
			at: at.toISOString(),
			attempt: candidate.attempts.length + 1,
			status: call.status,
			call,
		};
		candidate.attempts.push(attempt);
		this.attempts.push(attempt);
		task.updatedAt = at.getTime();
		const wait = redialAfter(candidate, task.settings);
		call.isFinished = wait === undefined;
		if (readings.reportLag === 0) table.insert(call);
		else if (readings.reportLag > 0)
			this.late.push({
				dueAt: at.getTime() + (call.duration + readings.reportLag) * 1000,
				call,
			});
		this.tell({ kind: 'attempt', task, candidate, attempt });
		if (wait === undefined) this.finish(task, candidate, 'DONE');
		else {
			candidate.dueAt = at.getTime() + wait * 1000;
			this.tell({ kind: 'recall', task, candidate, attempt });
		}
		return attempt;
	}

	/** How the call ends: as a test has it, or drawn. */
	private outcomeOf({ externalId }: Candidate, phone: string): string {
		for (const key of [phone, externalId, '*']) {
			const next = this.outcomes.get(key)?.shift();
			if (next !== undefined) return next;
		}
		return Random.of(1, this.attempts.length).pick(FINAL);
	}

	private finish(task: Task, candidate: Candidate, status: Candidate['status']): void {
		candidate.status = status;
		this.tell({ kind: 'done', task, candidate, attempt: candidate.attempts.at(-1) ?? null });
		const waits = this.peopleOf(task).some((other) => other.status === 'WAITING');
		if (!waits && task.status === 'PROCESS') this.become(task, 'FINISHED');
	}

	private become(task: Task, status: TaskStatus): void {
		if (task.status === status) return;
		const before = task.status;
		task.status = status;
		task.updatedAt = this.setting.now().getTime();
		this.tell({ kind: 'status', task, before, after: status });
	}

	private tell(event: DialEvent): void {
		for (const listener of this.listeners) listener(event);
	}

	private newId(): string {
		return uuid(1, this.made++, STREAM.made);
	}
}

/** The usual results of ten calls. */
const USUAL = [
	...Array<string>(5).fill('ANSWERED'),
	...Array<string>(3).fill('NOANSWER'),
	...Array<string>(2).fill('BUSY'),
];

/** Results as they are drawn: every one there is, the usual ones far more often. */
const FINAL = [
	...Array.from({ length: 8 }, () => USUAL).flat(),
	...CALL_STATUSES.filter(({ final }) => final).map(({ value }) => value),
];
