import type { GenericValue, IDataObject } from 'n8n-workflow';

import type { HookEvent } from './hookEvent';
import { idIn } from './hookEvent';

/** The fields of a simplified event, and what each is; all are always there, null or empty where TWIN24 says nothing. */
export const EVENT_FIELDS = {
	event: 'string',
	callId: 'string',
	taskId: 'string',
	botId: 'string',
	phone: 'string',
	externalId: 'string',
	status: 'string',
	startedAt: 'string',
	finishedAt: 'string',
	duration: 'number',
	price: 'number',
	result: 'object',
	variables: 'object',
	callbackData: 'object',
	transcript: 'string',
	recordPath: 'string',
	other: 'object',
} as const;

type Field = keyof typeof EVENT_FIELDS;

type Value = GenericValue | IDataObject;

/**
 * An event in one flat object, the same fields for each kind of event. What has no field of its own,
 * e.g. `redirectDestination`, is in `other`, so that nothing is lost.
 */
export const flatten = ({ name, body }: HookEvent): Record<Field, Value> => {
	const rest = new Rest(body);
	const isOfTask = name === 'AUTOCALL_STATUS_CHANGED';
	rest.take('event');
	const id = idOrNull(rest.take('id'));
	const taskId = idOrNull(rest.take('taskId'));
	const callId = idOrNull(rest.take('callId')) ?? idOrNull(rest.take('lastCallId'));
	const { initialVariables, ...result } = mapOf(rest.take('result'));
	const { recordPath, ...initial } = mapOf(initialVariables);
	const transcript = transcriptOf(rest.take('flow'));
	const fields = {
		event: name,
		callId: callId ?? (isOfTask ? null : id),
		taskId: taskId ?? (isOfTask ? id : null),
		botId: idOrNull(rest.take('botId')),
		phone: phoneOf(name, rest),
		externalId: idOrNull(rest.take('clientExternalId')),
		status: rest.take('status') ?? null,
		startedAt: rest.take('startedAt') ?? null,
		finishedAt: rest.take('finishedAt') ?? null,
		duration: rest.take('duration') ?? null,
		price: rest.take('price') ?? rest.take('totalCost') ?? null,
		result,
		variables: mapOf(rest.take('variables')),
		callbackData: callbackOf(rest.take('callbackData')),
		transcript,
		recordPath: rest.take('recordPath') ?? (recordPath as Value) ?? null,
	};
	const more = Object.keys(initial).length > 0 ? { initialVariables: initial } : {};
	return { ...fields, other: { ...rest.keys, ...more } };
};

/** What is left of a body. */
class Rest {
	readonly keys: IDataObject;

	constructor(body: IDataObject) {
		this.keys = { ...body };
	}

	take(key: string): Value {
		const value = this.keys[key] as Value;
		delete this.keys[key];
		return value;
	}
}

/** The person's number: of a call to the company it is the one that called. */
const phoneOf = (name: string, rest: Rest): Value => {
	const isIncoming = name === 'INCOMING_CALL' || rest.keys.type === 'INCOMING';
	const keys = isIncoming ? ['callingNumber', 'callFrom'] : ['callTo'];
	const key = keys.find((one) => idIn(rest.keys[one]) !== undefined);
	return key === undefined ? null : idOrNull(rest.take(key));
};

const idOrNull = (value: unknown): string | null => idIn(value) ?? null;

/** TWIN24 writes an empty object as a list. */
const mapOf = (value: unknown): IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as IDataObject)
		: {};

/** Verbatim what came with the person, be it an object, a list or a word; an object where there was nothing. */
const callbackOf = (value: Value): Value => {
	const isNothing = value === undefined || value === null;
	return isNothing || (Array.isArray(value) && value.length === 0) ? {} : value;
};

/** What was said, a line for each message; null when nothing was. */
const transcriptOf = (flow: unknown): string | null => {
	const parts = Array.isArray(flow) ? flow : [flow];
	const lines = parts.flatMap((part) => {
		const { messages } = mapOf(part);
		return Array.isArray(messages) ? messages.map(lineOf) : [];
	});
	return lines.length > 0 ? lines.join('\n') : null;
};

const lineOf = (message: unknown): string => {
	const { author, text } = mapOf(message);
	// Databases refuse the character NUL in a text.
	const said = String(text ?? '').replaceAll('\0', '');
	return idIn(author) === undefined ? said : `${String(author)}: ${said}`;
};
