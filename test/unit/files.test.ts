import { parse } from 'csv-parse/sync';
import fc from 'fast-check';

import { ByteSource } from '../../nodes/Twin24/resources/call/files/byteSource';
import { csvCell, csvFile } from '../../nodes/Twin24/resources/call/files/csv';
import { csvLines, readReportFile } from '../../nodes/Twin24/resources/call/files/reportFile';

describe('csvCell', () => {
	test.each<[unknown, string]>([
		[null, ''],
		[undefined, ''],
		[0, '0'],
		[-5, '-5'],
		[false, 'false'],
		['Привет', 'Привет'],
		['a,b', '"a,b"'],
		['say "hi"', '"say ""hi"""'],
		['two\nlines', '"two\nlines"'],
		[' padded ', '" padded "'],
		[[{ text: 'угу' }], '"[{""text"":""угу""}]"'],
		['=1+1', "'=1+1"],
		['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
		['@SUM(A1)', "'@SUM(A1)"],
		['+cmd|calc', "'+cmd|calc"],
		['-2+3', "'-2+3"],
		['+7 (999) 999-99-99', '+7 (999) 999-99-99'],
		['-12.50', '-12.50'],
		['-', '-'],
	])('%j is %s', (value, text) => expect(csvCell(value)).toBe(text));
});

test('a library reads back what was written, whatever the text', async () => {
	const text = fc
		.string({ unit: 'binary', minLength: 1 })
		.filter((value) => !/^[=@\t\r+-]/.test(value) && !value.includes('\uFEFF'));
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.record({ id: text, phone: text }), { maxLength: 20 }),
			async (calls) => {
				let told = 0;
				const chunks: Buffer[] = [];
				const batches = (async function* () {
					yield calls.slice(0, 7);
					yield calls.slice(7);
				})();
				for await (const chunk of csvFile(batches, ['id', 'phone'], (count) => (told += count)))
					chunks.push(chunk);
				const file = Buffer.concat(chunks);
				const read = (
					parse(file, { columns: true, bom: true }) as Array<Record<string, string>>
				).map((row) => ({ ...row }));
				const asUtf8 = (value: string) => Buffer.from(value).toString();
				expect(read).toEqual(
					calls.map(({ id, phone }) => ({ id: asUtf8(id), phone: asUtf8(phone) })),
				);
				expect(told).toBe(calls.length);
				expect(csvLines(file)).toBe(calls.length + 1);
			},
		),
		{ numRuns: 300 },
	);
});

describe('readReportFile', () => {
	const csv = Buffer.from('id;phone\r\n1;7\r\n2;"a\r\nb"');
	test('a CSV that holds the calls it must', () => {
		expect(readReportFile(csv, 'CSV', 2)?.extension).toBe('csv');
		expect(readReportFile(csv, 'CSV', 4)).toBeUndefined();
	});
	test.each([
		['nothing', Buffer.alloc(0)],
		['JSON', Buffer.from('{"error": "позже"}')],
		['a web page', Buffer.from('\n<!DOCTYPE html><html></html>')],
		['no bytes', 'id;phone'],
	])('%s is no file', (_name, body) => expect(readReportFile(body, 'CSV', 0)).toBeUndefined());
	test('text is no workbook', () => expect(readReportFile(csv, 'EXCEL', 0)).toBeUndefined());
	test('a workbook of the old kind', () => {
		const bytes = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]);
		expect(readReportFile(bytes, 'EXCEL', 1)?.extension).toBe('xls');
	});
});

describe('ByteSource', () => {
	async function* bytes(fail = false) {
		yield Buffer.from('ab');
		yield Buffer.from('cd');
		if (fail) await Promise.reject(new Error('lost'));
	}
	const listen = async (source: ByteSource) =>
		await new Promise<string>((resolve, reject) => {
			const chunks: Buffer[] = [];
			const onData = (chunk: unknown) => void chunks.push(chunk as Buffer);
			source.on('data', onData);
			source.once('end', () => resolve(Buffer.concat(chunks).toString()));
			source.once('error', reject);
		});

	test('comes as an iterable', async () => {
		const chunks: Buffer[] = [];
		for await (const chunk of new ByteSource(bytes())) chunks.push(chunk);
		expect(Buffer.concat(chunks).toString()).toBe('abcd');
	});
	test('comes by events', async () => expect(await listen(new ByteSource(bytes()))).toBe('abcd'));
	test('tells of a failure', async () =>
		await expect(listen(new ByteSource(bytes(true)))).rejects.toThrow('lost'));
	test('says no more to who has left', async () => {
		const heard: unknown[] = [];
		const source = new ByteSource(bytes());
		const onData = (chunk: unknown) => {
			heard.push(chunk);
			source.off('data', onData);
		};
		source.on('data', onData);
		await new Promise<void>((resolve) => void source.once('close', () => resolve()));
		expect(heard).toHaveLength(1);
	});
});
