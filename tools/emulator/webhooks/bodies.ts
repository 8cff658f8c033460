import type { Call } from '../call';
import { STREAM } from '../data/data-set';
import { uuid } from '../data/random';
import type { Attempt, Candidate, DialEvent, Task } from '../dialling/types';
import type { Readings } from '../readings';
import { parseMicros } from '../time';
import { hookIdOf } from './hook-id';

export interface HookBody {
	event: string;
	[key: string]: unknown;
}

/** The number that the emulated company calls from, as in the facts' sample. */
const COMPANY_NUMBER = '74950000000';

/** What TWIN24 posts for something that happened, in the order in which it does. */
export function hookBodies(event: DialEvent, readings: Readings): HookBody[] {
	switch (event.kind) {
		case 'attempt':
			return [
				...redirected(event, readings),
				ended(event, readings),
				...effective(event, readings),
			];
		case 'recall':
			return [
				{
					event: 'RECALL_SCHEDULED',
					...about(event, readings),
					recallAt: isoSeconds(event.candidate.dueAt),
				},
			];
		case 'done':
			return [
				{
					event: 'CANDIDATE_CHANGED',
					taskId: event.task.id,
					lastCallId: event.attempt && hookIdOf(event.attempt.callId, readings),
					callbackData: callbackOf(event.candidate),
				},
			];
		case 'status':
			return [
				{
					event: 'AUTOCALL_STATUS_CHANGED',
					id: event.task.id,
					taskId: event.task.id,
					status: event.after,
					previousStatus: event.before,
				},
			];
	}
}

/** The two posts about a call to one of the company's numbers: the bot's end, and the call's. */
export function incomingBodies(call: Call, number: string, readings: Readings): object[] {
	const first = {
		...(readings.incomingEvent === 'present' ? { event: 'INCOMING_CALL' } : {}),
		callId: hookIdOf(call.id, readings),
		startedAt: call.startedAt,
		number,
		callingNumber: call.phone,
		duration: call.duration,
		robotCallDuration: call.botDuration,
	};
	return [first, { ...first, recordPath: call.recordPath, totalCost: call.price }];
}

interface Happened {
	task: Task;
	candidate: Candidate;
	attempt: Attempt;
}

function ended({ task, candidate, attempt }: Happened, readings: Readings): HookBody {
	const { call } = attempt;
	const startedAt = micros(call.startedAt ?? call.createdAt) / 1000;
	const lead = readings.hookLead * 1000;
	const extras = {
		duration: call.duration,
		price: call.price,
		autoCallCandidateId: candidate.id,
		clientExternalId: candidate.externalId,
	};
	return {
		event: 'CALL_ENDED',
		type: 'OUTGOING',
		id: hookIdOf(attempt.callId, readings),
		taskId: task.id,
		botId: call.botId,
		status: call.status,
		callFrom: COMPANY_NUMBER,
		callTo: attempt.phone,
		startedAt: isoSeconds(startedAt + lead),
		finishedAt: isoSeconds(startedAt + call.duration * 1000 + lead),
		variables: map(candidate.variables, readings),
		result: map(resultOf(call), readings),
		flow: call.messages.length === 0 ? [] : [{ messages: messagesOf(call) }],
		callbackData: callbackOf(candidate),
		...(readings.hookExtras ? extras : {}),
	};
}

function redirected({ candidate, attempt }: Happened, readings: Readings): HookBody[] {
	if (!attempt.call.transferredToOperator) return [];
	return [
		{
			event: 'CALL_REDIRECTED',
			id: hookIdOf(attempt.callId, readings),
			redirectDestination: 'ch',
			redirectDestinationId: uuid(1, 0, STREAM.channel),
			redirectAdditional: null,
			redirectAnons: null,
			callbackData: callbackOf(candidate),
		},
	];
}

/** A call counts as effective when somebody spoke for as long as the task asks. */
function effective(event: Happened, readings: Readings): HookBody[] {
	const { call } = event.attempt;
	const least = event.task.settings.additionalOptions.fullListTime ?? 0;
	const isEffective =
		call.status === 'ANSWERED' && call.responder === 'Human' && call.duration >= least;
	return isEffective ? [{ event: 'EFFICIENCY_REACHED', ...about(event, readings) }] : [];
}

function about({ task, candidate, attempt }: Happened, readings: Readings) {
	return {
		id: hookIdOf(attempt.callId, readings),
		taskId: task.id,
		callTo: attempt.phone,
		callbackData: callbackOf(candidate),
	};
}

function resultOf(call: Call): object {
	if (call.status !== 'ANSWERED') return {};
	return {
		...(call.dialogResults === null ? {} : { confirmation: call.dialogResults }),
		initialVariables: { recordPath: call.recordPath },
	};
}

const messagesOf = ({ messages }: Call) => messages.map(({ author, text }) => ({ author, text }));

/** An empty object, as TWIN24's own language writes it: a list. */
function map(value: object, { emptyMaps }: Readings): object {
	return Object.keys(value).length === 0 && emptyMaps === 'list' ? [] : value;
}

/** Verbatim; an empty one comes back as a list. */
function callbackOf({ callbackData }: Candidate): unknown {
	const isEmpty =
		typeof callbackData !== 'object' ||
		callbackData === null ||
		Object.keys(callbackData).length === 0;
	return isEmpty ? [] : callbackData;
}

const micros = (time: string) => parseMicros(time) ?? 0;

/** `2026-07-10T10:49:36+00:00`, of milliseconds. */
const isoSeconds = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, '+00:00');
