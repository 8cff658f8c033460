/** A file that TWIN24 made. */
export interface ReportFile {
	bytes: Buffer;
	/** Without a dot. */
	extension: string;
	mimeType: string;
}

const ZIP = { extension: 'zip', mimeType: 'application/zip' };
const XLSX = {
	extension: 'xlsx',
	mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
const XLS = { extension: 'xls', mimeType: 'application/vnd.ms-excel' };
const CSV = { extension: 'csv', mimeType: 'text/csv' };

/** How files begin: a zip (and so an xlsx), and a workbook of the old kind. */
const ZIP_MAGIC = Buffer.from('PK');
const XLS_MAGIC = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

const LINE_FEED = 10;
const QUOTE = 34;

/** Lines of a CSV; a line break within quotes belongs to its line, and the last line needs none. */
export const csvLines = (bytes: Buffer): number => {
	let lines = 0;
	let quoted = false;
	let open = false;
	for (const byte of bytes) {
		if (byte === QUOTE) quoted = !quoted;
		if (byte === LINE_FEED && !quoted) {
			lines++;
			open = false;
		} else {
			open = true;
		}
	}
	return lines + (open ? 1 : 0);
};

/**
 * The file in an answer's body, named after what it is.
 * @param rows how many calls it must hold; only a CSV that is not zipped can be counted
 * @returns undefined when it is no such file, or holds fewer calls
 */
export const readReportFile = (
	body: unknown,
	format: 'CSV' | 'EXCEL',
	rows: number,
): ReportFile | undefined => {
	if (!(body instanceof Uint8Array) || body.length === 0) return undefined;
	const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
	const begins = (magic: Buffer) => bytes.subarray(0, magic.length).equals(magic);
	if (begins(XLS_MAGIC)) return { bytes, ...XLS };
	if (begins(ZIP_MAGIC))
		return { bytes, ...(format === 'EXCEL' && isWorkbook(bytes) ? XLSX : ZIP) };
	if (format === 'EXCEL' || /^\s*[<{]/.test(bytes.toString('utf8', 0, 20))) return undefined;
	return csvLines(bytes) >= rows ? { bytes, ...CSV } : undefined;
};

/** Every xlsx is a zip, too; one that was zipped has the name of a workbook as its first entry. */
const isWorkbook = (bytes: Buffer): boolean => !/\.(xlsx?|csv)$/i.test(firstEntry(bytes));

/** The name of the first file in a zip: its length stands at byte 26, itself at byte 30. */
const firstEntry = (zip: Buffer): string =>
	zip.length < 30 ? '' : zip.toString('utf8', 30, 30 + zip.readUInt16LE(26));
