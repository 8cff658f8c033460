/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test: it reads the package's files */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { INodeParameters } from 'n8n-workflow';

import { callDescription } from '../../nodes/Twin24/resources/call';
import { schemaFiles } from '../../tools/scripts/schemas/schemaFiles';
import { Setting } from './support/setting';

const ROOT = resolve(__dirname, '../..');
const FOLDER = join(ROOT, 'nodes/Twin24/__schema__/v1.0.0/call');

interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

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
	const known = schema.properties ?? {};
	return Object.entries(value).flatMap(([name, inner]) =>
		known[name] ? misfits(inner, known[name], `${path}.${name}`) : [`${path}.${name}`],
	);
};

test('are as the catalogue of fields says; "npm run schemas" writes them anew', () => {
	for (const [path, content] of Object.entries(schemaFiles()))
		expect(readFileSync(join(ROOT, path), 'utf8')).toBe(content);
});

test('exist for every operation', () => {
	const { options } = callDescription.find(({ name }) => name === 'operation')!;
	for (const operation of options!)
		expect(
			existsSync(join(FOLDER, `${String((operation as { value: unknown }).value)}.json`)),
		).toBe(true);
});

describe('what an operation puts out', () => {
	let setting: Setting;
	beforeAll(async () => {
		setting = await Setting.open({ calls: 300 });
	});
	afterAll(async () => await setting.close());

	const anAnswered = () => setting.twin24.table.all().find(({ recordPath }) => recordPath)!.id;
	const runs: Array<[string, () => INodeParameters]> = [
		['search', () => ({ period: 'allTime' })],
		['get', () => ({ callId: anAnswered() })],
		['count', () => ({ splitBy: 'day' })],
		['getRecording', () => ({ recording: { __rl: true, mode: 'id', value: anAnswered() } })],
	];
	test.each(runs)('%s: what its schema lists', async (operation, parameters) => {
		const { items, error } = await setting.run(operation, parameters());
		expect(error).toBeUndefined();
		const schema = schemaOf(operation);
		expect(items.flatMap(({ json }) => misfits(json, schema, operation))).toEqual([]);
		expect(Object.keys(items[0].json).sort()).toEqual(Object.keys(schema.properties!).sort());
	});
});
