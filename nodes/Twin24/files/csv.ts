/** Lets Excel see that the text is UTF-8, and so show Cyrillic. */
const BYTE_ORDER_MARK = '\uFEFF';

/** RFC 4180. */
const LINE_END = '\r\n';

/** Lines that become one piece of the file: some megabyte of long calls. */
const LINES_PER_CHUNK = 500;

/** How a CSV is written. */
interface Dialect {
	start: string;
	separator: string;
	/** What has to stand between quotes. */
	needsQuotes: RegExp;
	/** Whether text that a spreadsheet would run as a formula is disarmed. */
	disarmed: boolean;
}

/**
 * For whom a CSV is: Excel where a semicolon separates (Russia, most of Europe), Excel where a comma
 * does, and programs, which take RFC 4180 to the letter and every value as it is.
 */
const DIALECTS = {
	excel: {
		start: BYTE_ORDER_MARK,
		separator: ';',
		needsQuotes: /[";\r\n]|^\s|\s$/,
		disarmed: true,
	},
	excelComma: {
		start: BYTE_ORDER_MARK,
		separator: ',',
		needsQuotes: /[",\r\n]|^\s|\s$/,
		disarmed: true,
	},
	standard: { start: '', separator: ',', needsQuotes: /[",\r\n]|^\s|\s$/, disarmed: false },
} satisfies Record<string, Dialect>;

export type CsvFormat = keyof typeof DIALECTS;

/**
 * Text that Excel and its kind would take for a formula. A plus or a minus before nothing but digits
 * and what stands between them is a number, a phone or a dash, and stays as it is.
 */
const FORMULA = /^(?:[=@\t\r]|[+-](?![\d\s().,-]*$))/;

/**
 * A value as it stands in a CSV: text as it is, nothing for null, anything nested as JSON.
 *
 * For a spreadsheet, text that it would run as a formula gets an apostrophe before it, which
 * spreadsheets take for "this is text": what a client typed into a form, or said, must not run on the
 * computer of whoever opens the file. It is the one thing by which a value in the file differs from
 * the call's.
 */
export const csvCell = (value: unknown, format: CsvFormat): string => {
	if (value === undefined || value === null) return '';
	const { disarmed, needsQuotes } = DIALECTS[format];
	const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
	const safe = disarmed && typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
	return needsQuotes.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
};

/**
 * A CSV file in UTF-8 bit by bit: a header, and a line per row.
 *
 * @param batches rows as they come; a batch is let go of when the next one is asked for
 * @param columns names of the fields, in this order
 * @param onRows told of each batch how many rows are in it, once they are in the file
 */
export async function* csvFile(
	batches: AsyncIterable<Array<Record<string, unknown>>>,
	columns: string[],
	format: CsvFormat,
	onRows: (rows: number) => void,
): AsyncGenerator<Buffer> {
	const { start, separator } = DIALECTS[format];
	const lineOf = (values: unknown[]) =>
		values.map((value) => csvCell(value, format)).join(separator) + LINE_END;

	yield Buffer.from(start + lineOf(columns));
	for await (const rows of batches) {
		for (let first = 0; first < rows.length; first += LINES_PER_CHUNK) {
			const lines = rows
				.slice(first, first + LINES_PER_CHUNK)
				.map((row) => lineOf(columns.map((name) => row[name])));
			yield Buffer.from(lines.join(''));
		}
		onRows(rows.length);
	}
}
