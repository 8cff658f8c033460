import type { Call } from '../call';
import type { CallTable } from '../table/call-table';
import { shown } from './clock';
import type { Clock } from './clock';

/** Bytes of rows kept as JSON, all sets of fields together. */
const KEPT_BYTES = 1024 * 1024 * 1024;

/** The bytes of a row, and the version of the row that they were made from. */
interface Kept {
	version: number;
	slab: Buffer;
	from: number;
	to: number;
}

/** Kept rows by their slots. */
type KeptRows = Map<number, Kept>;

/**
 * Rows as bytes of JSON, kept until the table changes them, because putting a page together from
 * such bytes costs a fraction of a millisecond and making 1,000 rows anew costs twenty.
 */
export class RowJson {
	private kept = new Map<string, KeptRows>();
	private keptBytes = 0;
	private slab = Buffer.allocUnsafeSlow(0);
	private slabUsed = 0;

	constructor(private readonly table: CallTable) {}

	/** Makes every row's bytes now, so that the first reader waits no longer than the second. */
	warm(fields: readonly string[], clock: Clock): void {
		const rows = this.rows(fields, clock);
		for (const slot of this.table.slots()) this.row(rows, slot, fields, clock);
	}

	/** The bytes of `[{…},{…}]` with these fields of these rows. */
	array(slots: readonly number[], fields: readonly string[], clock: Clock): Buffer {
		const rows = this.rows(fields, clock);
		const parts: Kept[] = [];
		let length = 1;
		for (const slot of slots) {
			const part = this.row(rows, slot, fields, clock);
			parts.push(part);
			length += part.to - part.from;
		}
		const whole = Buffer.allocUnsafe(Math.max(2, length));
		whole[0] = OPEN;
		let at = 1;
		for (const part of parts) at += part.slab.copy(whole, at, part.from, part.to);
		// Every row ends with a comma; the last one's makes room for the bracket.
		whole[whole.length - 1] = CLOSE;
		return whole;
	}

	private rows(fields: readonly string[], clock: Clock): KeptRows {
		const key = `${clock.key} ${fields.join()}`;
		let rows = this.kept.get(key);
		if (!rows) this.kept.set(key, (rows = new Map()));
		return rows;
	}

	private row(rows: KeptRows, slot: number, fields: readonly string[], clock: Clock): Kept {
		const version = this.table.rowVersion(slot);
		const found = rows.get(slot);
		if (found?.version === version) return found;
		const made = this.write(
			`${JSON.stringify(pick(shown(this.table.at(slot), clock), fields))},`,
			version,
		);
		if (this.keptBytes < KEPT_BYTES) {
			rows.set(slot, made);
			this.keptBytes += made.to - made.from;
		}
		return made;
	}

	/** Rows lie side by side in large slabs: a Buffer of its own for each costs more than its bytes. */
	private write(text: string, version: number): Kept {
		const most = text.length * 3;
		if (this.slab.length - this.slabUsed < most) {
			this.slab = Buffer.allocUnsafeSlow(Math.max(SLAB, most));
			this.slabUsed = 0;
		}
		const from = this.slabUsed;
		this.slabUsed += this.slab.write(text, from);
		return { version, slab: this.slab, from, to: this.slabUsed };
	}
}

/** Bytes of a slab. */
const SLAB = 1024 * 1024;

const OPEN = '['.charCodeAt(0);
const CLOSE = ']'.charCodeAt(0);

/** Only these fields of the call, in this order. */
export function pick(call: Call, fields: readonly string[]): Partial<Call> {
	const picked: Record<string, unknown> = {};
	for (const field of fields) picked[field] = call[field as keyof Call];
	return picked;
}
