/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test: it reads the package's files */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { INodeParameters } from 'n8n-workflow';

import { botDescription } from '../../nodes/Twin24/resources/bot';
import { callDescription } from '../../nodes/Twin24/resources/call';
import { contactDescription } from '../../nodes/Twin24/resources/contact';
import { taskDescription } from '../../nodes/Twin24/resources/task';
import { schemaFiles } from '../../tools/scripts/schemas/schemaFiles';
import { Setting } from './support/setting';

const ROOT = resolve(__dirname, '../..');
const FOLDER = join(ROOT, 'nodes/Twin24/__schema__/v1.0.0');

interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

const RESOURCES = {
	bot: botDescription,
	call: callDescription,
	contact: contactDescription,
	task: taskDescription,
};

/** @param operation e.g. `call/search` */
const schemaOf = (operation: string) =>
	JSON.parse(readFileSync(join(FOLDER, `${operation}.json`), 'utf8')) as Schema;

/** Where a value is not of its schema; null stands for any type. */
const misfits = (value: unknown, schema: Schema, path: string): string[] => {
	if (value === null || value === undefined) return [];
	if (Array.isArray(value))
		return schema.type === 'array'
			? value.flatMap((entry) => misfits(entry, schema.items!, `${path}[]`))
			: [path];
	if (typeof value !== schema.type) return [path];
	if (typeof value !== 'object') return [];
	// An object of which nothing is known may hold anything.
	if (!schema.properties) return [];
	const known = schema.properties;
	return Object.entries(value).flatMap(([name, inner]) =>
		known[name] ? misfits(inner, known[name], `${path}.${name}`) : [`${path}.${name}`],
	);
};

test('are as the catalogue of fields says; "npm run schemas" writes them anew', () => {
	for (const [path, content] of Object.entries(schemaFiles()))
		expect(readFileSync(join(ROOT, path), 'utf8')).toBe(content);
});

test.each(Object.entries(RESOURCES))('exist for every operation of %s', (resource, description) => {
	const { options } = description.find(({ name }) => name === 'operation')!;
	for (const operation of options!) {
		const { value } = operation as { value: string };
		expect(existsSync(join(FOLDER, resource, `${value}.json`))).toBe(true);
	}
});

describe('what an operation puts out', () => {
	let setting: Setting;
	beforeAll(async () => {
		setting = await Setting.open({ calls: 300 });
	});
	afterAll(async () => await setting.close());

	const anAnswered = () => setting.twin24.table.all().find(({ recordPath }) => recordPath)!.id;
	const byId = (value: string) => ({ __rl: true, mode: 'id', value });
	const aBot = () => byId(setting.twin24.bots[0].id);
	const aTask = () => byId(setting.twin24.tasks.find(({ status }) => status === 'PAUSED')!.id);
	const somebody = { phone: '+7 900 100-00-00', externalId: 'lead-1' };
	const runs: Array<[string, () => INodeParameters]> = [
		['call/search', () => ({ period: 'allTime' })],
		['call/get', () => ({ callId: anAnswered() })],
		['call/count', () => ({ splitBy: 'day' })],
		['call/getRecording', () => ({ recording: byId(anAnswered()) })],
		['call/start', () => ({ ...somebody, botId: aBot() })],
		['bot/getMany', () => ({})],
		['contact/addToTask', () => ({ ...somebody, taskId: aTask() })],
		['contact/cancel', () => ({ phone: somebody.phone, taskId: aTask() })],
		['task/create', () => ({ name: 'New', botId: aBot() })],
		['task/start', () => ({ taskId: aTask() })],
		['task/pause', () => ({ taskId: aTask() })],
		['task/stop', () => ({ taskId: aTask() })],
	];
	test.each(runs)('%s: what its schema lists', async (path, parameters) => {
		const [resource, operation] = path.split('/');
		const { items, error } = await setting.run(operation, { resource, ...parameters() });
		expect(error).toBeUndefined();
		const schema = schemaOf(path);
		expect(items.flatMap(({ json }) => misfits(json, schema, operation))).toEqual([]);
		expect(Object.keys(items[0].json).sort()).toEqual(Object.keys(schema.properties!).sort());
	});

	test.each(['task/get', 'task/getMany'])('%s: what its schema lists, and more', async (path) => {
		const [resource, operation] = path.split('/');
		const { items } = await setting.run(operation, { resource, taskId: aTask() });
		const names = Object.keys(schemaOf(path).properties!);
		expect(Object.keys(items[0].json)).toEqual(expect.arrayContaining(names));
	});
});
