import { FIELD_NAMES } from '../../../nodes/Twin24/report/catalogue';
import type { PeriodField, SortField } from '../../../nodes/Twin24/report/catalogue';
import type { Call, NewCall } from '../call';
import type { CallKeys, DataSet } from '../data/data-set';
import { formatMicros, parseMicros } from '../time';
import { SortedIndex } from './sorted-index';

const COLUMN = {
	createdAt: 'created',
	updatedAt: 'updated',
	startedAt: 'started',
	duration: 'duration',
} as const;

/**
 * The calls of the emulated account. Rows have numbers ("slots") that never change hands; generated
 * rows are made when somebody looks at them, and only their columns are kept.
 */
export class CallTable {
	/** Grows with every change, so that what was reckoned before can be thrown away. */
	version = 0;

	private created: number[] = [];
	private updated: number[] = [];
	private started: number[] = [];
	private durations: number[] = [];
	private statuses: string[] = [];
	private phones: string[] = [];
	private taskIds: string[] = [];
	private alive: boolean[] = [];
	/** Rows that are not as generated: given by a test, or changed since. */
	private own = new Map<number, Call>();
	private byId: Map<string, number> | undefined;
	private indexes = new Map<PeriodField, SortedIndex>();
	private changes = new Map<number, number>();
	private live = 0;
	private nextFresh: number;

	/** @param now gives the time that an update is stamped with */
	constructor(
		private readonly source: DataSet,
		private readonly now: () => Date,
	) {
		for (let row = 0; row < source.size; row++) this.file(source.keys(row));
		this.nextFresh = source.size;
	}

	/** How many calls there are. */
	get size(): number {
		return this.live;
	}

	/** Every call, in the order in which they came. Times are true UTC, whatever clock is shown. */
	all(): Call[] {
		const calls: Call[] = [];
		for (const slot of this.slots()) calls.push(this.at(slot));
		return calls;
	}

	/** The call with this ID, or undefined. */
	find(id: string): Call | undefined {
		const slot = this.slotOf(id);
		return slot === undefined ? undefined : this.at(slot);
	}

	/**
	 * Adds calls; what one leaves out is generated, and a call without `createdAt` is created now.
	 * Returns the calls as they are in the table. Throws when an ID is taken or a time is no time.
	 */
	insert(calls: NewCall | readonly NewCall[]): Call[] {
		const list = Array.isArray(calls) ? (calls as readonly NewCall[]) : [calls as NewCall];
		return list.map((call) => this.insertOne(call));
	}

	/** Changes a call; `updatedAt` becomes now unless given. Throws when there is no such call. */
	update(id: string, patch: NewCall): Call {
		const slot = this.mustHave(id);
		const before = this.at(slot);
		const updated = Math.max(this.source.stamp(this.now()), this.created[slot]);
		const call: Call = { ...before, updatedAt: formatMicros(updated), ...patch, id };
		const keys = keysOf(call);
		for (const index of this.indexes.values()) index.remove(slot);
		this.write(slot, keys);
		for (const index of this.indexes.values()) index.insert(slot);
		this.own.set(slot, call);
		this.changes.set(slot, this.rowVersion(slot) + 1);
		this.version++;
		return call;
	}

	/** Takes a call out. Throws when there is no such call. */
	remove(id: string): void {
		const slot = this.mustHave(id);
		for (const index of this.indexes.values()) index.remove(slot);
		this.ids().delete(id);
		this.own.delete(slot);
		this.alive[slot] = false;
		this.live--;
		this.version++;
	}

	/** Puts these calls in the place of all that are there. */
	replaceAll(calls: readonly NewCall[]): void {
		for (const slot of this.slots()) this.alive[slot] = false;
		this.live = 0;
		this.own.clear();
		this.indexes.clear();
		this.byId = new Map();
		this.version++;
		this.insert(calls);
	}

	/** Adds `count` calls made like the generated ones, created now (or at the time given). */
	arrive(count: number, at?: Date): Call[] {
		const created = this.source.stamp(at ?? this.now());
		return Array.from({ length: count }, () => {
			const call = this.source.call(this.nextFresh++, created);
			return this.insertOne(call);
		});
	}

	/** A call like the generated ones, created at `at`, that is not in the table yet. */
	draft(at: Date, given: NewCall): Call {
		return { ...this.source.call(this.nextFresh++, this.source.stamp(at), given), ...given };
	}

	/** Changes one call as a late result would: its `updatedAt` moves. `share`: 0 up to 1 of the table. */
	touch(share: number): void {
		if (this.live === 0) return;
		let slot = Math.floor(share * this.alive.length);
		while (!this.alive[slot]) slot = (slot + 1) % this.alive.length;
		this.update(this.at(slot).id, {});
	}

	// What follows is for the search, which works on slots.

	/** The call in a slot. */
	at(slot: number): Call {
		return this.own.get(slot) ?? this.source.call(slot);
	}

	/** The slot of a call, or undefined. */
	slotOf(id: string): number | undefined {
		return this.ids().get(id);
	}

	/** Grows when the call in the slot changes. */
	rowVersion(slot: number): number {
		return this.changes.get(slot) ?? 0;
	}

	/** The slots of all calls, in the order in which they came. */
	*slots(): Generator<number> {
		for (let slot = 0; slot < this.alive.length; slot++) if (this.alive[slot]) yield slot;
	}

	/** A column to sort by: micros or seconds, NaN where the call has none. */
	column(field: SortField): readonly number[] {
		return {
			created: this.created,
			updated: this.updated,
			started: this.started,
			duration: this.durations,
		}[COLUMN[field]];
	}

	/** A column of texts to filter by. */
	textColumn(field: 'status' | 'phone' | 'taskId'): readonly string[] {
		return { status: this.statuses, phone: this.phones, taskId: this.taskIds }[field];
	}

	/** The calls in the order of a time; those without it are not in there. */
	index(field: PeriodField): SortedIndex {
		let index = this.indexes.get(field);
		if (!index) {
			const column = this.column(field);
			index = new SortedIndex(this.slots(), (slot) => column[slot]);
			this.indexes.set(field, index);
		}
		return index;
	}

	private insertOne(given: NewCall): Call {
		const created =
			given.createdAt === undefined ? this.source.stamp(this.now()) : mustParse(given.createdAt);
		const complete = isComplete(given) ? given : this.complete(given, created);
		if (this.ids().has(complete.id)) throw new Error(`There is a call ${complete.id} already`);
		const slot = this.file(keysOf(complete));
		this.own.set(slot, complete);
		this.ids().set(complete.id, slot);
		for (const index of this.indexes.values()) index.insert(slot);
		this.version++;
		return complete;
	}

	private complete(given: NewCall, created: number): Call {
		const made = this.source.call(this.nextFresh++, created);
		if (given.id !== undefined && made.recordPath !== null) {
			made.recordPath = made.recordPath.replace(made.id, given.id);
		}
		return { ...made, ...given };
	}

	private file(keys: CallKeys): number {
		const slot = this.alive.length;
		this.write(slot, keys);
		this.alive[slot] = true;
		this.live++;
		return slot;
	}

	private write(slot: number, keys: CallKeys): void {
		this.created[slot] = keys.created;
		this.updated[slot] = keys.updated;
		this.started[slot] = keys.started;
		this.durations[slot] = keys.duration;
		this.statuses[slot] = keys.status;
		this.phones[slot] = keys.phone;
		this.taskIds[slot] = keys.taskId;
	}

	private ids(): Map<string, number> {
		if (!this.byId) {
			this.byId = new Map();
			for (const slot of this.slots())
				this.byId.set(this.own.get(slot)?.id ?? this.source.id(slot), slot);
		}
		return this.byId;
	}

	private mustHave(id: string): number {
		const slot = this.slotOf(id);
		if (slot === undefined) throw new Error(`There is no call ${id}`);
		return slot;
	}
}

/** How many fields a call has when nothing is left out. */
const WHOLE = FIELD_NAMES.length;

function isComplete(call: NewCall): call is Call {
	return Object.keys(call).length >= WHOLE;
}

function keysOf(call: Call): CallKeys {
	return {
		created: mustParse(call.createdAt),
		updated: mustParse(call.updatedAt),
		started: call.startedAt === null ? NaN : mustParse(call.startedAt),
		duration: call.duration,
		status: call.status,
		phone: call.phone,
		taskId: call.taskId,
	};
}

function mustParse(time: string): number {
	const micros = parseMicros(time);
	if (micros === undefined) throw new RangeError(`Not a time with an offset: ${time}`);
	return micros;
}
