import { parse } from 'csv-parse/sync';
import { Workbook } from 'exceljs';
import { unzipSync } from 'fflate';

import { ALL_FIELDS } from '../../../../nodes/Twin24/report/catalogue';
import { closeAll, signIn, visit } from './support';
import type { Visit } from './support';

afterEach(closeAll);

async function file(
	{ emulator }: Visit,
	query: Record<string, string>,
): Promise<{ headers: Headers; bytes: Buffer }> {
	const headers = { authorization: `Bearer ${await signIn(emulator)}` };
	const response = await fetch(
		`${emulator.url}/api/v1/search/cis/calls?${new URLSearchParams(query).toString()}`,
		{ headers },
	);
	expect(response.status).toBe(200);
	return { headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

const fields = ALL_FIELDS.join();

describe('output=CSV', () => {
	it('holds what JSON holds, quotes and line breaks included', async () => {
		const visitor = await visit({ calls: 200 });
		const { headers, bytes } = await file(visitor, { output: 'CSV', limit: '1000', fields });
		expect(headers.get('content-type')).toContain('text/csv');
		const rows = parse(bytes, { columns: true }) as Array<Record<string, string>>;
		const { items } = (await visitor.report({ limit: 1000, fields })).json;
		expect(rows).toHaveLength(200);
		rows.forEach((row, i) => {
			const { messages, ...plain } = items[i];
			expect(JSON.parse(row.messages)).toEqual(messages);
			for (const [name, value] of Object.entries(plain))
				expect(row[name]).toBe(value === null ? '' : String(value));
		});
	});

	it('with another delimiter and a byte order mark', async () => {
		const visitor = await visit({ calls: 5, readings: { csvDelimiter: ';', csvBom: true } });
		const { bytes } = await file(visitor, { output: 'CSV', fields: 'id,taskName' });
		expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
		expect(parse(bytes, { columns: true, bom: true, delimiter: ';' })).toHaveLength(5);
	});

	it.each([
		[true, 3],
		[false, 12],
	])('limit counts: %s', async (fileLimit, rows) => {
		const visitor = await visit({ calls: 12, readings: { fileLimit } });
		const { bytes } = await file(visitor, { output: 'CSV', fields: 'id', limit: '3' });
		expect(parse(bytes, { columns: true })).toHaveLength(rows);
	});

	it.each([
		['known', 'text/csv; charset=utf-8'],
		['json', 'application/json; charset=utf-8'],
	] as const)('CSV_EXCEL is %s', async (csvExcel, type) => {
		const visitor = await visit({ calls: 5, readings: { csvExcel } });
		const { headers, bytes } = await file(visitor, { output: 'CSV_EXCEL', fields: 'id,taskName' });
		expect(headers.get('content-type')).toBe(type);
		if (csvExcel === 'json') return;
		expect(headers.get('content-disposition')).toContain('.csv');
		const rows = parse(bytes, { columns: true, bom: true, delimiter: ';' });
		expect(rows).toHaveLength(5);
		expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
	});

	it('CSV_EXCEL may be unknown', async () => {
		expect((await (await visit()).report({ output: 'CSV_EXCEL' })).status).toBe(422);
	});

	it('is named as asked, in UTF-8', async () => {
		const { headers } = await file(await visit(), { output: 'CSV', filename: 'Отчёт за "май"' });
		const disposition = headers.get('content-disposition') ?? '';
		expect(disposition).toMatch(/^attachment; filename="[\x20-\x7e]+\.csv"; filename\*=UTF-8''/);
		expect(decodeURIComponent(disposition.split("UTF-8''")[1])).toBe('Отчёт за "май".csv');
	});

	it('without calls is its header', async () => {
		const { bytes } = await file(await visit(), { output: 'CSV', fields: 'id,phone' });
		expect(bytes.toString().trim()).toBe('id,phone');
	});
});

describe('output=EXCEL', () => {
	it('is a workbook that a library opens', async () => {
		const visitor = await visit({ calls: 50 });
		const { headers, bytes } = await file(visitor, {
			output: 'EXCEL',
			limit: '1000',
			fields: 'id,status,duration,messagesAsString',
			filename: 'звонки',
		});
		expect(headers.get('content-type')).toContain('spreadsheetml');
		expect(headers.get('content-disposition')).toContain(`${encodeURIComponent('звонки')}.xlsx`);
		const book = new Workbook();
		await book.xlsx.load(bytes as unknown as ArrayBuffer);
		const sheet = book.worksheets[0];
		const { items } = (await visitor.report({ limit: 1000 })).json;
		expect(sheet.rowCount).toBe(51);
		items.forEach((call, i) => {
			const [, id, status, duration, text] = sheet.getRow(i + 2).values as unknown[];
			expect([id, status, duration, text ?? null]).toEqual([
				call.id,
				call.status,
				call.duration,
				call.messagesAsString,
			]);
		});
	});
});

describe('archive=true', () => {
	it.each([
		['CSV', 'csv'],
		['EXCEL', 'xlsx'],
	])('zips the %s', async (output, extension) => {
		const { headers, bytes } = await file(await visit({ calls: 5 }), {
			output,
			archive: 'true',
			filename: 'Звонки',
			fields: 'id',
		});
		expect(headers.get('content-type')).toBe('application/zip');
		expect(headers.get('content-disposition')).toContain('.zip');
		const entries = unzipSync(bytes);
		expect(Object.keys(entries)).toEqual([`Звонки.${extension}`]);
		if (extension === 'csv')
			expect(parse(Buffer.from(entries['Звонки.csv']), { columns: true })).toHaveLength(5);
	});

	it('false does not, and JSON is never zipped', async () => {
		const visitor = await visit({ calls: 1 });
		expect(
			(await file(visitor, { output: 'CSV', archive: 'false' })).headers.get('content-type'),
		).toContain('text/csv');
		expect((await visitor.report({ archive: 'true' })).json.count).toBe(1);
	});
});
