import type { Call } from '../call';

/** What becomes of a kind of unsuccessful call; `time` in seconds. */
export interface RedialRule {
	redial: boolean;
	time?: number;
	count?: number;
}

/** A webhook of a task: an address, or one with its events and a delay in seconds. */
export type WebhookUrl =
	| string
	| {
			url: string;
			partialResults?: boolean;
			delay?: number;
			events?: Record<string, { name: string; value: boolean }>;
	  };

/** The body of a task's creation, as far as the emulator acts on it; the rest is kept as it came. */
export interface TaskSettings {
	name: string;
	defaultExec: string;
	defaultExecData: string;
	secondExec: string;
	cidType: string;
	startType: 'manual' | 'time';
	/** `YYYY-MM-DD hh:mm` in the company's time. */
	startMoment?: string;
	cps: number | string;
	/** Seconds after which the task is halted. */
	lifetime?: number;
	webhookUrls?: WebhookUrl[];
	additionalOptions: {
		/** Seconds since midnight; strings, too. */
		allowCallTimeFrom?: number | string;
		allowCallTimeTo?: number | string;
		/** Whether the person's own time counts. */
		useTr?: boolean;
		/** Seconds from which an answered call counts as effective. */
		fullListTime?: number;
		[more: string]: unknown;
	};
	redialStrategyOptions: {
		redialStrategyEn?: boolean;
		busy?: RedialRule;
		noAnswer?: RedialRule;
		answerMash?: RedialRule;
		congestion?: RedialRule;
		answerNoList?: RedialRule;
		candidateLimit?: RedialRule;
		numberLimit?: RedialRule;
	};
	[more: string]: unknown;
}

export type TaskStatus = 'BLANK' | 'READY' | 'PROCESS' | 'PAUSED' | 'HALTED' | 'FINISHED';

export interface Task {
	id: string;
	name: string;
	status: TaskStatus;
	settings: TaskSettings;
	/** Which request made it: the day's task of a bot is one of `single`. */
	madeBy: 'cabinet' | 'create' | 'single' | 'singleBatch';
	templateId: string | null;
	/** Milliseconds since 1970. */
	createdAt: number;
	updatedAt: number;
}

/** One person in a task. */
export interface Candidate {
	id: string;
	taskId: string;
	phones: string[];
	externalId: string;
	variables: Record<string, unknown>;
	callbackData: unknown;
	/** As it was sent. */
	timezone: number | null;
	status: 'WAITING' | 'DONE' | 'CANCELLED';
	attempts: Attempt[];
	/** When the next attempt is due, in milliseconds since 1970. */
	dueAt: number;
}

/** One call to a person. */
export interface Attempt {
	callId: string;
	candidateId: string;
	taskId: string;
	phone: string;
	externalId: string;
	/** ISO 8601. */
	at: string;
	/** 1 for the person's first. */
	attempt: number;
	status: string;
	call: Call;
}

/** A candidate as a request sent it, and what became of it. */
export interface Sent {
	/** Number of the request that it came with, from 1. */
	request: number;
	via: 'single' | 'single/batch' | 'batch' | 'bare';
	at: string;
	verdict: 'accepted' | 'duplicate' | 'badNumber' | 'lost' | 'refused';
	taskId: string | null;
	candidateId: string | null;
	phones: string[];
	externalId: string | null;
}

/** What was sent and dialled, person by person: the same external id, or without one the same phones. */
export interface Ledger {
	sent: Sent[];
	dialled: Attempt[];
	people: Array<{
		person: string;
		phones: string[];
		taskIds: string[];
		sent: number;
		accepted: number;
		dialled: number;
	}>;
}

/** What a dialler tells those who listen, for webhooks. */
export type DialEvent =
	| { kind: 'attempt'; task: Task; candidate: Candidate; attempt: Attempt }
	| { kind: 'recall'; task: Task; candidate: Candidate; attempt: Attempt }
	| { kind: 'done'; task: Task; candidate: Candidate; attempt: Attempt | null }
	| { kind: 'status'; task: Task; before: TaskStatus; after: TaskStatus };
