import { IncompleteError } from '../../paging/errors';
import { timeOf } from '../../paging/instant';
import type { Period, Row } from '../../paging/page';
import type { Interval, ReadOutcome, Source } from '../../polling/source';
import type { CallQuery } from '../../report/query';
import { searchCalls } from '../../report/search';
import type { Requester } from '../../transport/request';
import { settled } from '../../transport/settled';
import type { TriggerSettings } from './readSettings';

const DAY = 86_400_000;

/** Where the latest event is looked for, and what is taken of each end of a second: one page. */
const PAGE = 1000;

/** What the watch goes by, beside what is handed on. */
const NEEDED = ['id', 'createdAt', 'updatedAt', 'status'];

class TooManyRows extends Error {
	constructor(readonly count: number) {
		super(`There are ${count} calls or more`);
	}
}

/** The second that could not be read whole, when it was just one. */
const unreadableSecond = (error: unknown): number | undefined =>
	error instanceof IncompleteError ? error.second : undefined;

/** The calls report as the trigger reads it, with `now` as the time at which the poll began. */
export class CallsWatched implements Source<Row> {
	constructor(
		private readonly requester: Requester,
		private readonly settings: TriggerSettings,
		private readonly now: number,
	) {}

	async read({ from, to }: Interval, atMost: number): Promise<ReadOutcome<Row>> {
		// TWIN24 may compare times that are hours ahead of ours, so an open end lies beyond all of them.
		const query = this.query({ from, to: to ?? this.now + DAY });
		const admit = (rows: number) => (rows > atMost ? new TooManyRows(rows) : undefined);
		const outcome = await settled(this.collect(query, 'asc', undefined, admit));
		if (outcome.status === 'fulfilled') return { rows: this.within(outcome.value, query.period) };
		if (outcome.reason instanceof TooManyRows) return { tooMany: outcome.reason.count };
		const second = unreadableSecond(outcome.reason);
		if (second !== undefined) return { unreadable: second };
		throw outcome.reason;
	}

	/** A page from either end of the second; none where even that does not come whole. */
	async salvage(second: { from: number; to: number }): Promise<Row[]> {
		const query = this.query(second);
		const ends = await Promise.allSettled([
			this.collect(query, 'asc', PAGE),
			this.collect(query, 'desc', PAGE),
		]);
		return ends.flatMap((end) => {
			if (end.status === 'fulfilled') return this.within(end.value, query.period);
			if (unreadableSecond(end.reason) !== undefined) return [];
			throw end.reason;
		});
	}

	/** The event with the latest time, whenever that was; undefined when the latest thousand calls hold none. */
	async latest(): Promise<Row | undefined> {
		const { event } = this.settings;
		const plain = event.name !== 'finished';
		const rows = await this.collect(this.query({ to: this.now + DAY }), 'desc', plain ? 1 : PAGE);
		return rows.find(event.happened);
	}

	/** Calls that are named by their IDs come from all time. */
	private within(rows: Row[], { from = -Infinity, to }: Period): Row[] {
		if (this.settings.filters.ids.length === 0) return rows;
		const { timeField } = this.settings.event;
		return rows.filter((row) => timeOf(row, timeField) >= from && timeOf(row, timeField) < to);
	}

	private query(period: Period): CallQuery {
		const { event, fields, filters } = this.settings;
		return {
			fields: [...new Set([...fields, ...NEEDED])],
			filters,
			periodField: event.timeField,
			period,
		};
	}

	private async collect(
		query: CallQuery,
		direction: 'asc' | 'desc',
		limit?: number,
		admit?: (rows: number) => Error | undefined,
	): Promise<Row[]> {
		const { event, parallelRequests } = this.settings;
		const sort = { field: event.timeField, direction };
		const selection = { sort, offset: 0, limit, parallelRequests, admit };
		const batches: Row[][] = [];
		for await (const batch of searchCalls(this.requester, query, selection)) batches.push(batch);
		return batches.length === 1 ? batches[0] : batches.flat();
	}
}
