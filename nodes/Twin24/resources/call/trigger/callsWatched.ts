import type { Row } from '../../../paging/page';
import type { Report } from '../../../polling/types';
import type { Requester } from '../../../transport/request';
import type { CallQuery } from '../callQuery';
import { collectCalls } from '../collectCalls';
import { CALLS_URL } from '../report';
import type { TriggerSettings } from './readTrigger';

const DAY = 86_400_000;

/** Rows that tell where history ends, and where the latest event is looked for: one page at the most. */
const NEWEST_ROWS = 100;
const LATEST_ROWS = 1000;

/** What the watch goes by, beside what is handed on. */
const NEEDED = ['id', 'createdAt', 'updatedAt', 'status'];

class TooManyRows extends Error {
	constructor(readonly count: number) {
		super(`There are ${count} calls or more`);
	}
}

/** The calls report as the trigger reads it, with `now` as the time at which the poll began. */
export class CallsWatched implements Report {
	constructor(
		private readonly requester: Requester,
		private readonly settings: TriggerSettings,
		private readonly now: number,
	) {}

	async read({ from, to }: { from: number; to?: number }, atMost: number) {
		// TWIN24 may compare times that are hours ahead of ours, so an open end lies beyond all of them.
		const query = this.query({ from, to: to ?? this.now + DAY });
		const admit = (rows: number) => (rows > atMost ? new TooManyRows(rows) : undefined);
		try {
			return { rows: await this.collect(query, 'asc', undefined, admit) };
		} catch (error) {
			if (error instanceof TooManyRows) return { tooMany: error.count };
			return await Promise.reject(error); // nodeError.ts makes n8n's error of it, once
		}
	}

	async newest(): Promise<Row[]> {
		const query = this.query({ from: this.now - DAY, to: this.now + DAY }, NEEDED);
		return await this.collect(query, 'desc', NEWEST_ROWS);
	}

	/** The event with the latest time, whenever that was; undefined when the latest thousand calls hold none. */
	async latest(): Promise<Row | undefined> {
		const { event } = this.settings;
		const plain = event.name !== 'finished';
		const rows = await this.collect(
			this.query({ to: this.now + DAY }),
			'desc',
			plain ? 1 : LATEST_ROWS,
		);
		return rows.find(event.happened);
	}

	private query(
		{ from, to }: { from?: number; to: number },
		fields = this.settings.fields,
	): CallQuery {
		return {
			...this.settings.filters,
			fields: [...new Set([...fields, ...NEEDED])].join(','),
			filterPeriodBy: this.settings.event.timeField,
			...(from === undefined ? {} : { from: new Date(from).toISOString() }),
			to: new Date(to).toISOString(),
		};
	}

	private async collect(
		query: CallQuery,
		direction: 'asc' | 'desc',
		limit?: number,
		admit?: (rows: number) => Error | undefined,
	): Promise<Row[]> {
		const { event, parallelRequests } = this.settings;
		const { baseUrl } = this.requester.account;
		const template = {
			method: 'GET' as const,
			baseURL: baseUrl,
			url: CALLS_URL,
			json: true,
			qs: undefined,
		};
		const sort = { field: event.timeField, direction };
		const selection = { sort, offset: 0, limit, parallelRequests, admit };
		const batches: Row[][] = [];
		for await (const batch of collectCalls(this.requester, template, query, selection))
			batches.push(batch);
		return batches.length === 1 ? batches[0] : batches.flat();
	}
}
