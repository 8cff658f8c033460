import { strToU8, zipSync } from 'fflate';
import { stringify } from 'csv-stringify/sync';

import type { Call } from '../call';
import { bufferReply } from '../http/reply';
import type { Reply } from '../http/reply';
import type { Readings } from '../readings';
import type { ReportQuery } from './report-query';
import { pick } from './row-json';

interface File {
	extension: string;
	contentType: string;
	bytes: Buffer;
}

/** The calls as the file that was asked for, zipped if asked. */
export async function reportFile(
	calls: Call[],
	query: ReportQuery,
	readings: Readings,
): Promise<Reply> {
	const rows = calls.map((call) => Object.values(pick(call, query.fields)).map(cell));
	const file = await fileOf(query, rows, readings);
	const sent = query.archive ? zipFile(file, query.filename) : file;
	const reply = bufferReply(200, sent.contentType, sent.bytes, calls.length);
	return {
		...reply,
		headers: {
			...reply.headers,
			'content-disposition': disposition(`${query.filename}.${sent.extension}`),
		},
	};
}

/** CSV_EXCEL is UTF-8 with a byte order mark and semicolons, as the sessions report's. */
const FOR_EXCEL = { csvDelimiter: ';', csvBom: true } as const;

async function fileOf(query: ReportQuery, rows: Cell[][], readings: Readings): Promise<File> {
	if (query.output === 'EXCEL') return await excelFile(query.fields, rows);
	return csvFile(query.fields, rows, query.output === 'CSV' ? readings : FOR_EXCEL);
}

type Cell = string | number | boolean | null;

function cell(value: unknown): Cell {
	return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Cell);
}

function csvFile(
	fields: string[],
	rows: Cell[][],
	{ csvDelimiter, csvBom }: Pick<Readings, 'csvDelimiter' | 'csvBom'>,
): File {
	const text = stringify([fields, ...rows], {
		delimiter: csvDelimiter,
		bom: csvBom,
		cast: { boolean: (value) => String(value) },
	});
	return { extension: 'csv', contentType: 'text/csv; charset=utf-8', bytes: Buffer.from(text) };
}

async function excelFile(fields: string[], rows: Cell[][]): Promise<File> {
	// Late, because it takes a third of a second to load. A CommonJS module whose names Node cannot
	// see: outside jest, only `default` is there.
	const { default: exceljs } = await import('exceljs');
	const workbook = new exceljs.Workbook();
	const sheet = workbook.addWorksheet('Звонки');
	sheet.addRow(fields);
	sheet.addRows(rows);
	return {
		extension: 'xlsx',
		contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		bytes: Buffer.from(await workbook.xlsx.writeBuffer()),
	};
}

function zipFile(file: File, name: string): File {
	const entries = {
		[`${name}.${file.extension}`]: file.bytes.length > 0 ? new Uint8Array(file.bytes) : strToU8(''),
	};
	return {
		extension: 'zip',
		contentType: 'application/zip',
		bytes: Buffer.from(zipSync(entries, { level: 6 })),
	};
}

/** RFC 6266: a plain name for old readers, the true one in UTF-8. */
function disposition(name: string): string {
	const plain = name.replace(/[^\x20-\x7e]|["\\/]/g, '_');
	const encoded = encodeURIComponent(name).replace(
		/['()*]/g,
		(sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
	);
	return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
