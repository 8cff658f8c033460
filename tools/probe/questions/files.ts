import type { Readings } from '../../emulator/readings';
import { askCalls, within } from '../report-api';
import type { Ground } from '../report-api';
import { isRefusal } from '../rows';
import type { Answer } from '../client';

const FIELDS = ['id', 'status', 'duration'];

/** Rows that the files are limited to. */
const LIMIT = 2;

const BOM = '\ufeff';

/** Dialect and length of TWIN24's own files, asked for three columns that hold no text. */
export async function askFiles(ground: Ground): Promise<void> {
	const { client, findings, wide } = ground;
	const period = wide ? within(wide) : {};
	const ask = async (output: string) =>
		await askCalls(client, { ...period, fields: FIELDS.join(','), limit: LIMIT, output });

	const csv = await ask('CSV');
	const file = readCsv(csv);
	const whole = wide?.rows.length ?? 0;
	const isTold = file !== undefined && whole > LIMIT;
	const shown = { requests: [csv.number], rows: file?.rows ?? 0 };
	findings.reading('csvDelimiter', file?.delimiter, shown);
	findings.reading('csvBom', file?.hasBom, shown);
	findings.reading(
		'fileLimit',
		!isTold ? undefined : file.rows === LIMIT ? true : file.rows === whole ? false : undefined,
		shown,
	);

	const forExcel = await ask('CSV_EXCEL');
	const excelFile = readCsv(forExcel);
	const csvExcel = isRefusal(forExcel)
		? 'error'
		: forExcel.json !== undefined
			? 'json'
			: excelFile?.hasBom && excelFile.delimiter === ';'
				? 'known'
				: undefined;
	findings.reading('csvExcel', csvExcel, {
		requests: [forExcel.number],
		rows: excelFile?.rows ?? 0,
	});
}

function readCsv({
	status,
	text,
	json,
}: Answer): { delimiter: Readings['csvDelimiter']; hasBom: boolean; rows: number } | undefined {
	if (status !== 200 || json !== undefined) return undefined;
	const hasBom = text.startsWith(BOM);
	const [head, ...rows] = text
		.slice(hasBom ? 1 : 0)
		.split(/\r?\n/)
		.filter(Boolean);
	const delimiter = ([',', ';'] as const).find(
		(sign) => head?.split(sign).length === FIELDS.length,
	);
	return delimiter && { delimiter, hasBom, rows: rows.length };
}
