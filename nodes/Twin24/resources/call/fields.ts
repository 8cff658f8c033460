/**
 * The one catalogue of call fields and statuses. The parameters, the output schemas, the emulator
 * and the tests read it, so that a field or status is named in one place only.
 *
 * Source: the vendor's page "API. Получение статистики об обзвонах" and its sample answer.
 */

export type CallFieldType = 'string' | 'number' | 'boolean' | 'dateTime' | 'array';

export interface CallField {
	/** The API's name, which is also the key in an item. */
	name: string;
	displayName: string;
	type: CallFieldType;
	description: string;
	/** Part of the set `simplified`. */
	simplified?: true;
	/** Listed by some editions of the API only; asking for it may be refused with a 400. */
	notEverywhere?: true;
}

/** In the order in which a person reads a call: who, when, how it went, what was said, the rest. */
export const CALL_FIELDS: readonly CallField[] = [
	{ name: 'id', displayName: 'ID', type: 'string', description: 'ID of the call', simplified: true },
	{ name: 'externalId', displayName: 'External ID', type: 'string', description: 'The ID that you gave the client when uploading the list', simplified: true },
	{ name: 'phone', displayName: 'Phone', type: 'string', description: 'Phone number of the client, 11 digits', simplified: true },
	{ name: 'startedAt', displayName: 'Started At', type: 'dateTime', description: 'When the call was dialled', simplified: true },
	{ name: 'status', displayName: 'Status', type: 'string', description: 'How the dialling ended', simplified: true },
	{ name: 'duration', displayName: 'Duration', type: 'number', description: 'Length of the conversation in seconds', simplified: true },
	{ name: 'dialogResults', displayName: 'Dialog Results', type: 'string', description: 'Result that the bot recorded', simplified: true },
	{ name: 'taskName', displayName: 'Task Name', type: 'string', description: 'Name of the dial task', simplified: true },
	{ name: 'recordPath', displayName: 'Recording URL', type: 'string', description: 'Link to the mp3 of the conversation', simplified: true },
	{ name: 'messagesAsString', displayName: 'Transcript', type: 'string', description: 'What was said, as text', simplified: true },
	{ name: 'messages', displayName: 'Messages', type: 'array', description: 'What was said, one entry per utterance with its author and time' },
	{ name: 'createdAt', displayName: 'Created At', type: 'dateTime', description: 'When the record was created' },
	{ name: 'updatedAt', displayName: 'Updated At', type: 'dateTime', description: 'When anything in the record last changed' },
	{ name: 'responder', displayName: 'Responder', type: 'string', description: 'Who answered, e.g. Human or AnsweringMachine' },
	{ name: 'isFinished', displayName: 'Is Finished', type: 'boolean', description: 'Whether no further attempt will be made for this client' },
	{ name: 'transferredToOperator', displayName: 'Transferred to Operator', type: 'boolean', description: 'Whether the bot handed the call to a person' },
	{ name: 'botDuration', displayName: 'Bot Duration', type: 'number', description: 'Seconds the bot spoke, without the operator' },
	{ name: 'operatorDuration', displayName: 'Operator Duration', type: 'number', description: 'Seconds the operator spoke, without the bot' },
	{ name: 'nps', displayName: 'NPS', type: 'string', description: 'Score that the bot recorded' },
	{ name: 'price', displayName: 'Price', type: 'string', description: 'Cost of the conversation, a decimal number as text' },
	{ name: 'additional', displayName: 'Additional', type: 'string', description: 'Further data that you gave the client when uploading the list' },
	{ name: 'taskId', displayName: 'Task ID', type: 'string', description: 'ID of the dial task' },
	{ name: 'botId', displayName: 'Bot ID', type: 'string', description: 'ID of the bot' },
	{ name: 'botName', displayName: 'Bot Name', type: 'string', description: 'Name of the bot' },
	{ name: 'regionId', displayName: 'Region ID', type: 'number', description: 'Region in which the phone number is registered' },
	{ name: 'timezone', displayName: 'Time Zone', type: 'number', description: "Time zone of the client's phone number, in hours from UTC" },
	{ name: 'shortNumber', displayName: 'Short Number', type: 'string', description: 'Short number of the client, used in SIP telephony' },
	{ name: 'linkToLog', displayName: 'Link to Log', type: 'string', description: 'Path of the log that TWIN24 support reads' },
	{ name: 'markers', displayName: 'Markers', type: 'string', description: 'Markers set in the conversation', notEverywhere: true },
	{ name: 'dialogId', displayName: 'Dialog ID', type: 'string', description: 'ID of the conversation', notEverywhere: true },
];

export const FIELD_NAMES = CALL_FIELDS.map((field) => field.name);

/** The vendor's 28: every field that all editions of the API know. */
export const ALL_FIELDS = CALL_FIELDS.filter((field) => !field.notEverywhere).map((f) => f.name);

export const SIMPLIFIED_FIELDS = CALL_FIELDS.filter((field) => field.simplified).map((f) => f.name);

/** Fields that a period may apply to (`filterPeriodBy`). */
export const PERIOD_FIELDS = ['createdAt', 'updatedAt', 'startedAt'] as const;
export type PeriodField = (typeof PERIOD_FIELDS)[number];

/** Fields that the API sorts by; none of them is unique. */
export const SORT_FIELDS = ['createdAt', 'updatedAt', 'startedAt', 'duration'] as const;
export type SortField = (typeof SORT_FIELDS)[number];

export interface CallStatus {
	value: string;
	displayName: string;
	description: string;
	/** Whether the attempt is over: a final status never changes to another attempt's. */
	final: boolean;
}

export const CALL_STATUSES: readonly CallStatus[] = [
	{ value: 'ANSWERED', displayName: 'Answered', description: 'Somebody or something picked up', final: true },
	{ value: 'NOANSWER', displayName: 'No Answer', description: 'Nobody picked up', final: true },
	{ value: 'BUSY', displayName: 'Busy', description: 'The line was busy', final: true },
	{ value: 'CANCEL', displayName: 'Cancelled', description: 'The call was cancelled before an answer', final: true },
	{ value: 'CONGESTION', displayName: 'Congestion', description: 'The network was overloaded', final: true },
	{ value: 'CHANUNAVAIL', displayName: 'Channel Unavailable', description: 'There was no free line', final: true },
	{ value: 'FAILED', displayName: 'Failed', description: 'The call failed', final: true },
	{ value: 'BLACKLIST', displayName: 'Blacklisted', description: 'The number is on the blacklist', final: true },
	{ value: 'FZ230', displayName: 'Barred by 230-FZ', description: 'Russian law 230-FZ barred the call', final: true },
	{ value: 'INVALID', displayName: 'Invalid Number', description: 'The number is not valid', final: true },
	{ value: 'UNAVAILABLE', displayName: 'Unavailable', description: 'The client could not be reached', final: true },
	{ value: 'EMPTY_AON', displayName: 'No Caller ID', description: 'There was no caller ID to call from', final: true },
	{ value: 'EXPIRED', displayName: 'Expired', description: 'The time for calling ran out', final: true },
	{ value: 'REJECTED', displayName: 'Rejected', description: 'The call was rejected', final: true },
	{ value: 'SCHEDULED', displayName: 'Scheduled', description: 'The call is planned', final: false },
	{ value: 'DIAL', displayName: 'Dialling', description: 'The number is being dialled', final: false },
	{ value: 'INPROGRESS', displayName: 'In Progress', description: 'The conversation is going on', final: false },
];

/** The largest page that the API gives, and the rows it gives when not told (its page, "limit"). */
export const MAX_PAGE_SIZE = 1000;

/** The most rows that can be had for one period ("не более 50 000 записей", vendor's page). */
export const MAX_ROWS_PER_PERIOD = 50_000;
