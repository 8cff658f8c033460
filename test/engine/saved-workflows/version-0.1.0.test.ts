import { parse } from 'csv-parse/sync';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { NewCall } from '../../../tools/emulator';
import { Setting } from '../support/setting';
import saved from './version-0.1.0.json';

/**
 * Workflows as version 0.1.0 saved them, each with what it gave: every operation, every option, the nodes of its
 * examples, and the trigger with the state that it left. They were run once by that version (commit 7c94128), in n8n-core 2.41.1, on the calls that
 * stand beside them. A list of calls is kept as their IDs and the fields that each item had.
 */
interface Given {
	/** When it was run, in milliseconds. */
	at: number;
	name: string;
	parameters: INodeParameters;
	/** The json of the input items, if there was any. */
	input?: IDataObject[];
	fields?: string[];
	calls?: string[];
	items?: IDataObject[];
}

type Item = IDataObject & { json: IDataObject; binary?: Record<string, File> };

interface File {
	fileName: string;
	mimeType: string;
	text?: string;
}

interface Watch extends Given {
	arrive: NewCall[];
	/** What the node had saved when it was activated, and after the poll. */
	activated: IDataObject;
	polled: IDataObject;
}

/** Where the recordings were; the emulator's are on another port each time. */
const RECORDS = 'https://minio.example.com';

const DAY = 86_400_000;

/** The ten fields that were Simplified. The eleventh, new in 0.2.0, comes beside them. */
const NEW_IN_SIMPLIFIED = 'createdAt';

let setting: Setting;
let now = 0;
let calls: NewCall[];

beforeAll(async () => {
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	setting = await Setting.open({ now: () => new Date(now) });
	calls = atOurPort(saved.calls) as NewCall[];
});
afterAll(async () => {
	jest.restoreAllMocks();
	await setting.close();
});
beforeEach(async () => {
	await setting.reset();
	setting.twin24.table.replaceAll(calls);
});

const replaced = <T>(value: T, from: string, to: string): T =>
	JSON.parse(JSON.stringify(value).replaceAll(from, to)) as T;

const atOurPort = <T>(value: T): T => replaced(value, RECORDS, setting.twin24.recordsUrl);

/** The credential as 0.1.0 saved it: it knew of three addresses. */
const credentials = () => {
	const { email, password, customUrls, baseUrl, authUrl, tasksUrl } = setting.credential();
	return { twin24Api: { email, password, customUrls, baseUrl, authUrl, tasksUrl } };
};

/** What came then, with what 0.2.0 is said to add in CHANGELOG.md. */
function expected({ calls: ids, fields = [], items = [] }: Given): Item[] {
	if (!ids) return atOurPort(items) as Item[];
	const simplified = fields.length === 10 && fields.includes('messagesAsString');
	const names = simplified ? [...fields, NEW_IN_SIMPLIFIED] : fields;
	const byId = new Map(setting.twin24.table.all().map((call) => [call.id, call]));
	return ids.map((id) => {
		const call = byId.get(id) as unknown as IDataObject;
		return { json: Object.fromEntries(names.map((name) => [name, call[name]])) };
	});
}

async function given(items: INodeExecutionData[]): Promise<Item[]> {
	return await Promise.all(
		items.map(async (item) => {
			const { json, binary } = item;
			if (!binary) return { json };
			const files = Object.entries(binary).map(async ([field, { fileName, mimeType }]) => {
				const text = mimeType.includes('csv')
					? { text: (await setting.engine.readBinary(item, field)).toString('utf8') }
					: {};
				return [field, { fileName: fileName!, mimeType, ...text }] as [string, File];
			});
			return { json, binary: Object.fromEntries(await Promise.all(files)) };
		}),
	);
}

/** A file's rows, whatever separates them: 0.1.0 wrote commas, which 0.2.0 does when it is asked to. */
const rowsOf = (text = ''): IDataObject[] => {
	const delimiter = text.split('\n')[0].includes(';') ? ';' : ',';
	return parse(text, { columns: true, bom: true, delimiter }) as IDataObject[];
};

const withoutNewColumn = (row: IDataObject) =>
	Object.fromEntries(Object.entries(row).filter(([name]) => name !== NEW_IN_SIMPLIFIED));

/** A file without what 0.2.0 adds to it or writes otherwise. */
const withRows = ({ json, binary = {} }: Item): Item => ({
	json,
	binary: Object.fromEntries(
		Object.entries(binary).map(([field, { text, ...file }]) => [
			field,
			{ ...file, rows: rowsOf(text).map(withoutNewColumn) },
		]),
	),
});

/** Slices without where they are cut: 0.2.0 finds fewer that hold as much. */
const asOneSlice = (slices: Item[], most: number): Item[] => [
	{
		json: {
			from: slices[0].json.from,
			to: slices.at(-1)!.json.to,
			count: slices.reduce((sum, { json }) => sum + Number(json.count), 0),
			touch: slices.every(
				({ json }, index) => index === 0 || json.from === slices[index - 1].json.to,
			),
			withinLimit: slices.every(({ json }) => Number(json.count) <= most),
		},
	},
];

/** The keys in their order, and which calls: those with equal keys stand in the order of their IDs since 0.2.0. */
const orderOf = (items: Item[], key: string) => ({
	keys: items.map(({ json }) => json[key]),
	calls: items.map(({ json }) => `${String(json[key])} ${String(json.id)}`).sort(),
});

/** What is to be the same. The differences are those that CHANGELOG.md names. */
function comparable(items: Item[], { parameters }: Given) {
	const { splitBy, maxCallsPerSlice, options } = parameters;
	if (splitBy === 'maxCalls') return asOneSlice(items, Number(maxCallsPerSlice));
	const { sortBy } = (options ?? {}) as IDataObject;
	if (sortBy !== undefined) return orderOf(items, String(sortBy));
	return items.map(withRows);
}

describe('a workflow saved by 0.1.0 gives the same:', () => {
	test.each(saved.runs as unknown as Given[])('$name', async (run) => {
		now = run.at;
		const { items, error } = await setting.engine.run({
			node: 'twin24Calls',
			typeVersion: 1,
			timezone: 'Europe/Moscow',
			credentials: credentials(),
			items: run.input && atOurPort(run.input),
			parameters: { resource: 'call', ...atOurPort(run.parameters) },
		});
		expect(error).toBeUndefined();
		expect(comparable(await given(items), run)).toEqual(comparable(expected(run), run));
	});
});

describe('a trigger that 0.1.0 has left active goes on where it was:', () => {
	test.each(saved.watches as unknown as Watch[])('$name', async (watch) => {
		const poll = async (state: IDataObject) => {
			const { items, error, staticData } = await setting.engine.poll('twin24CallsTrigger', {
				credentials: credentials(),
				activation: 'update',
				parameters: watch.parameters,
				staticData: state,
			});
			expect(error).toBeUndefined();
			return { items: items ?? [], staticData };
		};
		now = watch.at + 60_000;
		setting.twin24.table.insert(atOurPort(watch.arrive));

		const first = await poll({ 'node:TWIN24': watch.activated });
		const byId = (items: Item[]) =>
			[...items].sort((a, b) => String(a.json.id).localeCompare(String(b.json.id)));
		expect(byId(await given(first.items))).toEqual(byId(expected(watch)));

		now += 60_000;
		expect((await poll({ 'node:TWIN24': watch.polled })).items).toEqual([]);
		now += DAY;
		expect((await poll(first.staticData)).items).toEqual([]);
	});
});
