import type { Row } from '../../../paging/page';

/** Lets Excel see that the text is UTF-8, and so show Cyrillic. */
const BYTE_ORDER_MARK = '\uFEFF';

/** RFC 4180. */
const LINE_END = '\r\n';

/** Lines that become one piece of the file: some megabyte of long calls. */
const LINES_PER_CHUNK = 500;

/**
 * Text that Excel and its kind would take for a formula. A plus or a minus before nothing but digits
 * and what stands between them is a number, a phone or a dash, and stays as it is.
 */
const FORMULA = /^(?:[=@\t\r]|[+-](?![\d\s().,-]*$))/;

const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/**
 * A value as it stands in a CSV: text as it is, nothing for null, anything nested as JSON.
 *
 * Text that a spreadsheet would run as a formula gets an apostrophe before it, which spreadsheets take
 * for "this is text": what a client typed into a form, or said, must not run on the computer of whoever
 * opens the file. It is the one thing by which a value in the file differs from the call's.
 */
export const csvCell = (value: unknown): string => {
	if (value === undefined || value === null) return '';
	const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
	const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
	return NEEDS_QUOTES.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
};

const lineOf = (values: unknown[]) => values.map(csvCell).join(',') + LINE_END;

/**
 * A CSV file (RFC 4180, UTF-8 with byte order mark, comma) bit by bit: a header, and a line per call.
 *
 * @param batches calls as they come; a batch is let go of when the next one is asked for
 * @param fields the columns, in this order
 * @param onCalls told of each batch how many calls are in it, once they are in the file
 */
export async function* csvFile(
	batches: AsyncIterable<Row[]>,
	fields: string[],
	onCalls: (calls: number) => void,
): AsyncGenerator<Buffer> {
	yield Buffer.from(BYTE_ORDER_MARK + lineOf(fields));
	for await (const calls of batches) {
		for (let start = 0; start < calls.length; start += LINES_PER_CHUNK) {
			const lines = calls
				.slice(start, start + LINES_PER_CHUNK)
				.map((call) => lineOf(fields.map((name) => call[name])));
			yield Buffer.from(lines.join(''));
		}
		onCalls(calls.length);
	}
}
