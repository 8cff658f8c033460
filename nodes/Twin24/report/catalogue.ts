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
	label: string;
	type: CallFieldType;
	description: string;
	/** Part of the set `simplified`. */
	simplified?: true;
	/** Listed by some editions of the API only; asking for it may be refused with a 400. */
	notEverywhere?: true;
}

/** In the order in which sales reads a call: whom, how it ended, when, how it went, what was said, the rest. */
export const CALL_FIELDS: readonly CallField[] = [
	{
		name: 'phone',
		label: 'Phone',
		type: 'string',
		description: 'Phone number of the client, 11 digits',
		simplified: true,
	},
	{
		name: 'status',
		label: 'Status',
		type: 'string',
		description: 'How the dialling ended',
		simplified: true,
	},
	{
		name: 'createdAt',
		label: 'Created At',
		type: 'dateTime',
		description: 'When the record was created',
		simplified: true,
	},
	{
		name: 'duration',
		label: 'Duration',
		type: 'number',
		description: 'Length of the conversation in seconds',
		simplified: true,
	},
	{
		name: 'dialogResults',
		label: 'Dialog Results',
		type: 'string',
		description: 'Result that the bot recorded',
		simplified: true,
	},
	{
		name: 'taskName',
		label: 'Task Name',
		type: 'string',
		description: 'Name of the dial task',
		simplified: true,
	},
	{
		name: 'recordPath',
		label: 'Recording URL',
		type: 'string',
		description: 'Link to the mp3 of the conversation',
		simplified: true,
	},
	{
		name: 'messagesAsString',
		label: 'Transcript',
		type: 'string',
		description: 'What was said, as text',
		simplified: true,
	},
	{
		name: 'externalId',
		label: 'External ID',
		type: 'string',
		description: 'The ID that you gave the client when uploading the list',
		simplified: true,
	},
	{
		name: 'startedAt',
		label: 'Started At',
		type: 'dateTime',
		description: 'When the call was dialled',
		simplified: true,
	},
	{ name: 'id', label: 'ID', type: 'string', description: 'ID of the call', simplified: true },
	{
		name: 'messages',
		label: 'Messages',
		type: 'array',
		description: 'What was said, one entry per utterance with its author and time',
	},
	{
		name: 'updatedAt',
		label: 'Updated At',
		type: 'dateTime',
		description: 'When anything in the record last changed',
	},
	{
		name: 'responder',
		label: 'Responder',
		type: 'string',
		description: 'Who answered, e.g. Human or AnsweringMachine',
	},
	{
		name: 'isFinished',
		label: 'Is Finished',
		type: 'boolean',
		description: 'Whether no further attempt will be made for this client',
	},
	{
		name: 'transferredToOperator',
		label: 'Transferred to Operator',
		type: 'boolean',
		description: 'Whether the bot handed the call to a person',
	},
	{
		name: 'botDuration',
		label: 'Bot Duration',
		type: 'number',
		description: 'Seconds the bot spoke, without the operator',
	},
	{
		name: 'operatorDuration',
		label: 'Operator Duration',
		type: 'number',
		description: 'Seconds the operator spoke, without the bot',
	},
	{ name: 'nps', label: 'NPS', type: 'string', description: 'Score that the bot recorded' },
	{
		name: 'price',
		label: 'Price',
		type: 'string',
		description: 'Cost of the conversation, a decimal number as text',
	},
	{
		name: 'additional',
		label: 'Additional',
		type: 'string',
		description: 'Further data that you gave the client when uploading the list',
	},
	{ name: 'taskId', label: 'Task ID', type: 'string', description: 'ID of the dial task' },
	{ name: 'botId', label: 'Bot ID', type: 'string', description: 'ID of the bot' },
	{ name: 'botName', label: 'Bot Name', type: 'string', description: 'Name of the bot' },
	{
		name: 'regionId',
		label: 'Region ID',
		type: 'number',
		description: 'Region in which the phone number is registered',
	},
	{
		name: 'timezone',
		label: 'Time Zone',
		type: 'number',
		description: "Time zone of the client's phone number, in hours from UTC",
	},
	{
		name: 'shortNumber',
		label: 'Short Number',
		type: 'string',
		description: 'Short number of the client, used in SIP telephony',
	},
	{
		name: 'linkToLog',
		label: 'Link to Log',
		type: 'string',
		description: 'Path of the log that TWIN24 support reads',
	},
	{
		name: 'markers',
		label: 'Markers',
		type: 'string',
		description: 'Markers set in the conversation',
		notEverywhere: true,
	},
	{
		name: 'dialogId',
		label: 'Dialog ID',
		type: 'string',
		description: 'ID of the conversation',
		notEverywhere: true,
	},
];

export const FIELD_NAMES = CALL_FIELDS.map((field) => field.name);

/** What a person calls a field; its name where the catalogue does not know it. */
export const labelOf = (name: string): string =>
	CALL_FIELDS.find((field) => field.name === name)?.label ?? name;

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
	label: string;
	description: string;
	/** Whether the attempt is over: a final status never changes to another attempt's. */
	final: boolean;
}

export const CALL_STATUSES: readonly CallStatus[] = [
	{
		value: 'ANSWERED',
		label: 'Answered',
		description: 'Somebody or something picked up',
		final: true,
	},
	{ value: 'NOANSWER', label: 'No Answer', description: 'Nobody picked up', final: true },
	{ value: 'BUSY', label: 'Busy', description: 'The line was busy', final: true },
	{
		value: 'CANCEL',
		label: 'Cancelled',
		description: 'The call was cancelled before an answer',
		final: true,
	},
	{
		value: 'CONGESTION',
		label: 'Congestion',
		description: 'The network was overloaded',
		final: true,
	},
	{
		value: 'CHANUNAVAIL',
		label: 'Channel Unavailable',
		description: 'There was no free line',
		final: true,
	},
	{ value: 'FAILED', label: 'Failed', description: 'The call failed', final: true },
	{
		value: 'BLACKLIST',
		label: 'Blacklisted',
		description: 'The number is on the blacklist',
		final: true,
	},
	{
		value: 'FZ230',
		label: 'Barred by 230-FZ',
		description: 'Russian law 230-FZ barred the call',
		final: true,
	},
	{
		value: 'INVALID',
		label: 'Invalid Number',
		description: 'The number is not valid',
		final: true,
	},
	{
		value: 'UNAVAILABLE',
		label: 'Unavailable',
		description: 'The client could not be reached',
		final: true,
	},
	{
		value: 'EMPTY_AON',
		label: 'No Caller ID',
		description: 'There was no caller ID to call from',
		final: true,
	},
	{ value: 'EXPIRED', label: 'Expired', description: 'The time for calling ran out', final: true },
	{ value: 'REJECTED', label: 'Rejected', description: 'The call was rejected', final: true },
	{ value: 'SCHEDULED', label: 'Scheduled', description: 'The call is planned', final: false },
	{ value: 'DIAL', label: 'Dialling', description: 'The number is being dialled', final: false },
	{
		value: 'INPROGRESS',
		label: 'In Progress',
		description: 'The conversation is going on',
		final: false,
	},
];

/** The largest page that the API gives, and the rows it gives when not told (its page, "limit"). */
export const MAX_PAGE_SIZE = 1000;

/** The most rows that can be had for one period ("не более 50 000 записей", vendor's page). */
export const MAX_ROWS_PER_PERIOD = 50_000;
