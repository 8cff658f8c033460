import { parse } from 'csv-parse/sync';
import { Workbook } from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import type { INodeParameters } from 'n8n-workflow';

import type { Readings } from '../../../../../tools/emulator/readings';
import { ALL_FIELDS, SIMPLIFIED_FIELDS } from '../../../../../nodes/Twin24/report/catalogue';
import { Setting } from '../../../support/setting';

const FROM = '2026-06-01T00:00:00Z';
const TO = '2026-07-01T00:00:00Z';
const june = { period: 'custom', from: FROM, to: TO, returnAll: true };
const NAME = 'Отчёт за июнь';

describe('search into files', () => {
	let setting: Setting;
	beforeAll(async () => {
		setting = await Setting.open({ calls: 4050, data: { from: FROM, to: TO } });
		// On and around both ends, and a crowd that follows without a pause.
		const crowd = Array.from({ length: 1500 }, (_, index) => ({
			createdAt: `2026-06-15T12:00:0${index % 3}Z`,
		}));
		setting.twin24.table.insert([
			{ createdAt: FROM },
			{ createdAt: '2026-06-30T23:59:59Z' },
			...crowd,
		]);
		setting.twin24.table.insert([
			{ createdAt: '2026-05-31T23:59:59Z', status: 'BUSY' },
			{ createdAt: TO },
		]);
	});
	afterAll(async () => await setting.close());
	beforeEach(() => setting.twin24.reset());

	const COUNT = 4050 + 1502;
	const files = async (parameters: INodeParameters) => {
		const { items, error } = await setting.run(
			'search',
			{ ...june, ...parameters },
			{ timezone: 'Europe/Moscow' },
		);
		if (error) throw error;
		const field = (parameters.options as INodeParameters)?.binaryPropertyName as string;
		return await Promise.all(
			items.map(async (item) => ({
				...item,
				bytes: item.binary ? await setting.engine.readBinary(item, field) : Buffer.alloc(0),
			})),
		);
	};
	const csvRows = (bytes: Buffer, delimiter = ';') =>
		parse(bytes, { columns: true, bom: true, delimiter }) as Array<Record<string, string>>;

	describe('output: csv', () => {
		test('the same calls in the same order as the items, all fields', async () => {
			const { items } = await setting.run('search', { ...june, fieldSet: 'all' });
			const [{ json, binary, bytes }, ...others] = await files({ output: 'csv', fieldSet: 'all' });
			expect(others).toEqual([]);
			expect(json).toEqual({
				name: 'calls_2026-06-01_2026-07-01.csv',
				rows: COUNT,
				from: '2026-06-01T03:00:00+03:00',
				to: '2026-07-01T03:00:00+03:00',
			});
			expect(binary?.data).toMatchObject({
				fileName: 'calls_2026-06-01_2026-07-01.csv',
				mimeType: 'text/csv',
				fileExtension: 'csv',
			});
			expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
			const rows = csvRows(bytes);
			expect(rows).toHaveLength(COUNT);
			expect(Object.keys(rows[0])).toEqual(ALL_FIELDS);
			const asText = (value: unknown) =>
				value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
			const expected = items.map((item) =>
				Object.fromEntries(ALL_FIELDS.map((name) => [name, asText(item.json[name])])),
			);
			expect(rows).toEqual(expected);
			expect(JSON.parse(rows[0].messages)).toEqual(items[0].json.messages);
		});

		test('sort and chosen fields, in the order of the catalogue', async () => {
			const [{ bytes }] = await files({
				output: 'csv',
				fieldSet: 'selected',
				fields: ['duration', 'phone', 'id'],
				options: { sortBy: 'duration', sortDirection: 'asc' },
			});
			const rows = csvRows(bytes);
			expect(Object.keys(rows[0])).toEqual(['phone', 'duration', 'id']);
			const durations = rows.map(({ duration }) => Number(duration));
			expect(durations).toEqual([...durations].sort((a, b) => a - b));
		});

		test('all calls, whatever Limit, Offset and Page say: they are for items', async () => {
			const part = { returnAll: false, limit: 20, options: { offset: 1, page: 2 } };
			const [{ json }] = await files({ output: 'csv', ...part });
			expect(json.rows).toBe(COUNT);
			const [{ json: byDefault }] = await files({ output: 'csv', returnAll: undefined });
			expect(byDefault.rows).toBe(COUNT);
		});

		test.each([
			['excel', ';', true],
			['excelComma', ',', true],
			['standard', ',', false],
		])('for %s, separated by %j', async (csvFormat, delimiter, hasMark) => {
			const [{ bytes }] = await files({ output: 'csv', options: { csvFormat } });
			expect(csvRows(bytes, delimiter)).toHaveLength(COUNT);
			expect(bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))).toBe(hasMark);
		});

		test('a Cyrillic name and another field', async () => {
			const [{ json, binary }] = await files({
				output: 'csv',
				options: { fileName: `${NAME}.csv`, binaryPropertyName: 'report' },
			});
			expect(json.name).toBe(`${NAME}.csv`);
			expect(binary?.report.fileName).toBe(`${NAME}.csv`);
		});

		test('no calls: a header and no more', async () => {
			const [{ json, bytes }] = await files({
				output: 'csv',
				filters: { phone: '+7 900 000-00-00' },
			});
			expect(bytes.toString()).toBe(`\uFEFF${SIMPLIFIED_FIELDS.join(';')}\r\n`);
			expect(json.rows).toBe(0);
		});

		test('a page that fails for good fails the search, and leaves no half a file', async () => {
			setting.twin24.faults.add({ kind: 'status', status: 403, service: 'calls', skip: 3 });
			const { items, error } = await setting.run('search', { ...june, output: 'csv' });
			expect(items).toEqual([]);
			expect(error?.message).toContain('may not read the calls report');
		});

		test('kept in memory, where n8n does that', async () => {
			const { Container } = setting.engine.n8n.di;
			const service = Container.get(setting.engine.n8n.core.BinaryDataService) as unknown as {
				mode: string;
			};
			const { mode } = service;
			service.mode = 'default';
			try {
				const [{ bytes, binary }] = await files({ output: 'csv' });
				expect(binary?.data.id).toBeUndefined();
				expect(csvRows(bytes)).toHaveLength(COUNT);
				setting.twin24.faults.add({ kind: 'status', status: 403, service: 'calls', skip: 3 });
				expect((await setting.run('search', { ...june, output: 'csv' })).error?.message).toContain(
					'may not read',
				);
			} finally {
				service.mode = mode;
			}
		});
	});

	describe('output: report', () => {
		const readings: Array<[string, Partial<Readings>]> = [
			['as is likely', {}],
			[
				'exclusive ends, no limit in files',
				{ from: 'exclusive', to: 'exclusive', fileLimit: false, csvDelimiter: ';', csvBom: true },
			],
			['half-open, compared to the second', { to: 'exclusive', compareToTheSecond: true }],
		];
		test.each(readings)('every call in one of the files: %s', async (_name, drawn) => {
			Object.assign(setting.twin24.readings, drawn);
			const parts = await files({
				output: 'report',
				fieldSet: 'selected',
				fields: ['id', 'createdAt', 'messagesAsString'],
			});
			const ids = parts.flatMap(({ bytes }) =>
				csvRows(bytes, drawn.csvDelimiter ?? ',').map(({ id }) => id),
			);
			expect(ids).toHaveLength(COUNT);
			expect(new Set(ids).size).toBe(COUNT);
			expect(parts.reduce((sum, { json }) => sum + (json.rows as number), 0)).toBe(COUNT);
			expect(Math.max(...parts.map(({ json }) => json.rows as number))).toBeLessThanOrEqual(1000);
			const spans = parts.map(({ json }) => json).reverse();
			expect(spans[0].from).toBe('2026-06-01T03:00:00+03:00');
			expect(spans.at(-1)!.to).toBe('2026-07-01T03:00:00+03:00');
			spans.slice(1).forEach((span, index) => expect(span.from).toBe(spans[index].to));
		});

		test('Excel, with a Cyrillic name that TWIN24 is told as well', async () => {
			const [{ json, binary, bytes }, ...others] = await files({
				output: 'report',
				reportFormat: 'EXCEL',
				to: '2026-06-03T00:00:00Z',
				options: { fileName: NAME },
			});
			expect(others).toEqual([]);
			expect(json.name).toBe(`${NAME}.xlsx`);
			expect(binary?.data).toMatchObject({ fileName: `${NAME}.xlsx`, fileExtension: 'xlsx' });
			const workbook = new Workbook();
			await workbook.xlsx.load(bytes as unknown as Parameters<typeof workbook.xlsx.load>[0]);
			expect(workbook.worksheets[0].rowCount).toBe((json.rows as number) + 1);
			expect(setting.twin24.log.entries.at(-1)?.query).toMatchObject({
				output: 'EXCEL',
				filename: NAME,
				limit: '1000',
			});
		});

		test.each(['CSV', 'EXCEL'])('zipped %s', async (reportFormat) => {
			const [{ json, bytes }] = await files({
				output: 'report',
				reportFormat,
				to: '2026-06-03T00:00:00Z',
				options: { fileName: NAME, archive: true },
			});
			expect(json.name).toBe(`${NAME}.zip`);
			const [[name, content]] = Object.entries(unzipSync(new Uint8Array(bytes)));
			expect(name).toBe(`${NAME}.${reportFormat === 'CSV' ? 'csv' : 'xlsx'}`);
			if (reportFormat === 'CSV')
				expect(csvRows(Buffer.from(strFromU8(content)), ',')).toHaveLength(json.rows as number);
		});

		test('filters: only calls that match', async () => {
			const parts = await files({
				output: 'report',
				filters: { status: ['ANSWERED'] },
				fieldSet: 'all',
			});
			const rows = parts.flatMap(({ bytes }) => csvRows(bytes, ','));
			const answered = setting.twin24.table
				.all()
				.filter(
					({ status, createdAt }) =>
						status === 'ANSWERED' && Date.parse(createdAt) < Date.parse(TO),
				);
			expect(rows.map(({ id }) => id).sort()).toEqual(answered.map(({ id }) => id).sort());
		});

		test('no calls: no file, and no item at which storing a file would fail', async () => {
			const none = { output: 'report', filters: { phone: '+7 900 000-00-00' } };
			expect(await files(none)).toEqual([]);
		});

		test('a file that is none, or not whole, is asked for again', async () => {
			const isFile = { output: 'CSV' };
			setting.twin24.faults.add(
				{ kind: 'html', query: isFile, times: 1 },
				{ kind: 'cutOff', query: isFile, times: 1, encoding: 'chunked' },
				{ kind: 'garbage', body: { error: 'позже' }, query: isFile, times: 1 },
			);
			const parts = await files({ output: 'report', to: '2026-06-03T00:00:00Z' });
			expect(csvRows(parts[0].bytes, ',')).toHaveLength(parts[0].json.rows as number);
		});

		test('a second too crowded for a file is an error that names it', async () => {
			const crowd = Array.from({ length: 1001 }, () => ({ createdAt: '2026-05-02T10:00:00Z' }));
			setting.twin24.table.insert(crowd);
			const { error } = await setting.run('search', {
				output: 'report',
				period: 'custom',
				from: '2026-05-01',
				to: '2026-05-03',
			});
			expect(error?.message).toBe(
				'The second 2026-05-02T10:00:00Z has 1001 calls; a file of TWIN24 holds at most 1,000',
			);
			expect(error?.description).toContain('CSV File');
		});
	});

	test.each<[INodeParameters, string]>([
		[{ output: 'pdf' }, '"Output As" is "pdf"'],
		[{ output: 'report', reportFormat: 'ODS' }, '"Report Format" is "ODS"'],
		[
			{ output: 'csv', options: { fileName: 'июнь/2026' } },
			'"File Name" has a slash or a character that cannot be in a name: "июнь/2026"',
		],
		[
			{ output: 'csv', options: { fileName: '..\\calls' } },
			'"File Name" has a slash or a character that cannot be in a name: "..\\calls"',
		],
		[{ output: 'csv', options: { fileName: '..' } }, '"File Name" names nothing: ".."'],
		[{ output: 'csv', options: { fileName: 'я'.repeat(101) } }, '"File Name" has 101 characters'],
		[
			{ output: 'csv', options: { binaryPropertyName: '' } },
			'"Put Output File in Field" is no name for a field: ""',
		],
		[
			{ output: 'csv', options: { binaryPropertyName: '__proto__' } },
			'"Put Output File in Field" is no name for a field: "__proto__"',
		],
		[
			{ output: 'report', options: { binaryPropertyName: 'a,b' } },
			'"Put Output File in Field" is no name for a field: "a,b"',
		],
	])('%j is refused without a request', async (parameters, message) => {
		const { error } = await setting.run('search', { ...june, ...parameters });
		expect(error?.message).toBe(message);
		expect(setting.twin24.log.count()).toBe(0);
	});
});
