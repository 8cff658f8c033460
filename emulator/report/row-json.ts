import type { Call } from '../call';
import type { Readings } from '../readings';
import type { CallTable } from '../table/call-table';
import { shown } from './clock';

/** Bytes of rows kept as JSON, all sets of fields together. */
const KEPT_BYTES = 400 * 1024 * 1024;

/** The bytes of rows by their slots, each with the version that it was made from. */
type KeptRows = Map<number, { version: number; bytes: Buffer }>;

/**
 * Rows as bytes of JSON, kept until the table changes them, because putting a page together from
 * such bytes costs a fraction of a millisecond and making 1,000 rows anew costs ten.
 */
export class RowJson {
	private kept = new Map<string, KeptRows>();
	private keptBytes = 0;

	constructor(private readonly table: CallTable) {}

	/** The bytes of `[{…},{…}]` with these fields of these rows. */
	array(slots: readonly number[], fields: readonly string[], clock: Readings['clock']): Buffer {
		const rows = this.rows(fields, clock);
		const parts: Buffer[] = [];
		let length = 1;
		for (const slot of slots) {
			const bytes = this.row(rows, slot, fields, clock);
			parts.push(bytes);
			length += bytes.length;
		}
		const whole = Buffer.allocUnsafe(Math.max(2, length));
		whole[0] = OPEN;
		let at = 1;
		for (const part of parts) at += part.copy(whole, at);
		// Every row ends with a comma; the last one's makes room for the bracket.
		whole[whole.length - 1] = CLOSE;
		return whole;
	}

	private rows(fields: readonly string[], clock: Readings['clock']): KeptRows {
		const key = `${clock} ${fields.join()}`;
		let rows = this.kept.get(key);
		if (!rows) this.kept.set(key, (rows = new Map()));
		return rows;
	}

	private row(
		rows: KeptRows,
		slot: number,
		fields: readonly string[],
		clock: Readings['clock'],
	): Buffer {
		const version = this.table.rowVersion(slot);
		const found = rows.get(slot);
		if (found?.version === version) return found.bytes;
		const bytes = Buffer.from(`${JSON.stringify(pick(shown(this.table.at(slot), clock), fields))},`);
		if (this.keptBytes < KEPT_BYTES) {
			rows.set(slot, { version, bytes });
			this.keptBytes += bytes.length;
		}
		return bytes;
	}
}

const OPEN = '['.charCodeAt(0);
const CLOSE = ']'.charCodeAt(0);

/** Only these fields of the call, in this order. */
export function pick(call: Call, fields: readonly string[]): Partial<Call> {
	const picked: Record<string, unknown> = {};
	for (const field of fields) picked[field] = call[field as keyof Call];
	return picked;
}
