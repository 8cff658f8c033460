import { CALL_FIELDS, SIMPLIFIED_FIELDS } from '../../../nodes/Twin24/report/catalogue';
import type { CallFieldType } from '../../../nodes/Twin24/report/catalogue';
import { EVENT_FIELDS } from '../../../nodes/Twin24/triggers/events/flatten';
import { RECORDING_FIELDS } from '../../../nodes/Twin24/resources/call/getRecording/execute';

interface Schema {
	type: 'object' | 'array' | 'string' | 'number' | 'boolean';
	properties?: Record<string, Schema>;
	items?: Schema;
	version?: number;
}

const text: Schema = { type: 'string' };

/** What a field of the catalogue is in an item. */
const TYPES: Record<CallFieldType, Schema> = {
	string: text,
	dateTime: text,
	number: { type: 'number' },
	boolean: { type: 'boolean' },
	// The one list of a call: its messages.
	array: {
		type: 'array',
		items: { type: 'object', properties: { text, author: text, created_at: text } },
	},
};

const item = (properties: Record<string, Schema>): Schema => ({
	type: 'object',
	properties,
	version: 1,
});

const callWith = (names: string[]) =>
	Object.fromEntries(
		CALL_FIELDS.filter(({ name }) => names.includes(name)).map(({ name, type }) => [
			name,
			TYPES[type],
		]),
	);

/** Whatever TWIN24 says: null, a list or an object. */
const response: Schema = { type: 'object' };

/** Somebody who was sent. */
const person = {
	externalId: text,
	phone: text,
	phones: { type: 'array', items: text },
	taskId: text,
	contactId: text,
	response,
} as const;

const count: Schema = { type: 'number' };

/** What is known to be in a task; more may come. */
const task = { id: text, name: text, status: text, callCount: count, candidateCount: count };

const controlled = { id: text, name: text, status: text };

/** Calls with the fields that come unless told otherwise: the editor must not offer what does not come. */
const SCHEMAS: Record<string, Schema> = {
	// Of a node without resources: the polling trigger.
	'': item(callWith(SIMPLIFIED_FIELDS)),
	'/bot/getMany': item({ id: text, name: text }),
	'/call/count': item({ from: text, to: text, count: TYPES.number }),
	'/call/get': item(callWith(SIMPLIFIED_FIELDS)),
	'/call/getRecording': item({ ...callWith(RECORDING_FIELDS), name: text }),
	'/call/search': item(callWith(SIMPLIFIED_FIELDS)),
	'/call/start': item({ ...person, botId: text }),
	'/contact/addToTask': item(person),
	'/contact/cancel': item({ taskId: text, phone: text, response }),
	'/task/create': item({ id: text, name: text, botId: text }),
	'/task/get': item(task),
	'/task/getMany': item(task),
	'/task/pause': item(controlled),
	'/task/start': item(controlled),
	'/task/stop': item(controlled),
	// The events trigger has a hidden resource, lest n8n take the schema of the other trigger for it.
	'/event': item(
		Object.fromEntries(Object.entries(EVENT_FIELDS).map(([name, type]) => [name, { type }])),
	),
};

/** The node's version, as n8n looks for it. */
const FOLDER = 'nodes/Twin24/__schema__/v1.0.0';

/**
 * What each operation puts out, so that n8n's editor offers its fields before the first run: path in
 * the package -> content. n8n finds them as `__schema__/vMAJOR.MINOR.PATCH/RESOURCE/OPERATION.json`
 * beside the node; a trigger's without the last two.
 */
export const schemaFiles = (): Record<string, string> =>
	Object.fromEntries(
		Object.entries(SCHEMAS).map(([name, schema]) => [
			`${FOLDER}${name}.json`,
			`${JSON.stringify(schema, null, '\t')}\n`,
		]),
	);
