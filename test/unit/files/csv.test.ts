import { parse } from 'csv-parse/sync';
import fc from 'fast-check';

import { csvCell, csvFile } from '../../../nodes/Twin24/files/csv';
import { runs } from '../../support/runs';

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
	])('%j is %s', (value, text) => expect(csvCell(value, 'excelComma')).toBe(text));
});

test.each([
	['excel', ';'],
	['excelComma', ','],
	['standard', ','],
] as const)(
	'a library reads back what was written as %s, whatever the text',
	async (format, delimiter) => {
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
					for await (const chunk of csvFile(
						batches,
						['id', 'phone'],
						format,
						(count) => (told += count),
					))
						chunks.push(chunk);
					const file = Buffer.concat(chunks);
					const read = (
						parse(file, { columns: true, bom: true, delimiter }) as Array<Record<string, string>>
					).map((row) => ({ ...row }));
					const asUtf8 = (value: string) => Buffer.from(value).toString();
					expect(read).toEqual(
						calls.map(({ id, phone }) => ({ id: asUtf8(id), phone: asUtf8(phone) })),
					);
					expect(told).toBe(calls.length);
				},
			),
			runs(200),
		);
	},
);

test('a program gets every value as it is, and no mark at the start', async () => {
	const batches = (async function* () {
		yield [{ id: '=1+1', phone: '@SUM(A1)' }];
	})();
	const chunks: Buffer[] = [];
	for await (const chunk of csvFile(batches, ['id', 'phone'], 'standard', () => {}))
		chunks.push(chunk);
	expect(Buffer.concat(chunks).toString()).toBe('id,phone\r\n=1+1,@SUM(A1)\r\n');
});
