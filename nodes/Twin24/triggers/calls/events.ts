import { timeOf } from '../../paging/instant';
import type { Row } from '../../paging/page';
import type { ClockSkew, EventRule } from '../../polling/eventRule';
import type { PeriodField } from '../../report/catalogue';
import { CALL_STATUSES } from '../../report/catalogue';

/** What the trigger can watch for. */
export interface CallEvent extends EventRule<Row> {
	name: EventName;
	label: string;
	description: string;
	timeField: PeriodField;
}

export type EventName = 'created' | 'finished' | 'updated';

const NOT_FINAL = new Set(CALL_STATUSES.filter(({ final }) => !final).map(({ value }) => value));

/** A status that nobody knows counts as final: better one event too many than a call that is never told of. */
export const isFinal = (status: unknown): boolean =>
	typeof status === 'string' && !NOT_FINAL.has(status);

/**
 * For how long a finished call is remembered after its record last changed. It may change again, when
 * a result comes late: the call finished once all the same.
 */
const FINISHED_REMEMBERED = 24 * 3_600_000;

/** A time of the report as it is shown. */
const shown = (field: PeriodField) => (row: Row) => timeOf(row, field);

/** TWIN24's own sample shows `updatedAt` ahead by Moscow's offset, and `createdAt` truly. */
const MOSCOW_TIME: ClockSkew<Row> = { lead: 3 * 3_600_000, notBefore: shown('createdAt') };

export const CALL_EVENTS: readonly CallEvent[] = [
	{
		name: 'created',
		label: 'Call Created',
		description: 'A call is new in the report, planned, under way or over',
		timeField: 'createdAt',
		timeOf: shown('createdAt'),
		happened: () => true,
		keyOf: ({ id }) => id,
		memory: 0,
	},
	{
		name: 'finished',
		label: 'Call Finished',
		description: 'A call is over: it was answered, or will not be any more',
		// By the update that made it final; the call itself may have been planned long before.
		timeField: 'updatedAt',
		timeOf: shown('updatedAt'),
		skew: MOSCOW_TIME,
		happened: ({ status }) => isFinal(status),
		keyOf: ({ id }) => id,
		memory: FINISHED_REMEMBERED,
	},
	{
		name: 'updated',
		label: 'Call Updated',
		description: 'A call is new or anything about it has changed, e.g. its result came late',
		timeField: 'updatedAt',
		timeOf: shown('updatedAt'),
		skew: MOSCOW_TIME,
		happened: () => true,
		keyOf: ({ id, updatedAt }) => `${id} ${String(updatedAt)}`,
		memory: 0,
	},
];

export const eventOf = (name: EventName): CallEvent =>
	CALL_EVENTS.find((event) => event.name === name)!;
