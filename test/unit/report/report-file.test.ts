import { csvLines, readReportFile } from '../../../nodes/Twin24/report/reportFile';

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

test.each([
	['id\r\n1\r\n', 2],
	['id\r\n1', 2],
	['id\n"a\nb"\n', 2],
	['', 0],
])('%j has %d lines', (text, lines) => expect(csvLines(Buffer.from(text))).toBe(lines));
