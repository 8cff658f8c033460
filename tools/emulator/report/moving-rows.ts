import { CALL_STATUSES } from '../../../nodes/Twin24/report/catalogue';
import type { SortField } from '../../../nodes/Twin24/report/catalogue';
import type { Call, NewCall } from '../call';
import type { PageHook } from '../faults';
import type { CallTable } from '../table/call-table';
import { SECOND, formatMicros } from '../time';
import { readReportQuery } from './report-query';
import type { ReportQuery, SortKey } from './report-query';
import type { Search, Under } from './search';

/**
 * What becomes of rows while a query is read: right before its second page (or the one said), so
 * many of the rows that were read already leave the filter, so many others enter it, and so many
 * move to the end of the order and still match. The count stays when as many enter as leave.
 */
export interface Moves {
	/** Before which page of the report this happens, counted from the emulator's start or reset. */
	beforePage?: number;
	leave?: number;
	enter?: number;
	toEnd?: number;
}

/** A hook for `Faults.beforePage` that makes these moves once. */
export function movingRows(
	moves: Moves,
	table: CallTable,
	search: Search,
	under: () => Under,
): (page: PageHook) => void {
	const { beforePage = 2, leave = 0, enter = 0, toEnd = 0 } = moves;
	return ({ number, query: raw }) => {
		if (number !== beforePage) return;
		const query = readReportQuery(raw, under().readings);
		const found = search.page({ ...query, start: 0 }, Infinity, under()).slots;
		const rows = found.map((slot) => table.at(slot));
		const end = pastTheEnd(rows.at(-1), query.sort[0]);
		const [movers, leavers] = [rows.slice(0, toEnd), rows.slice(toEnd, toEnd + leave)];
		const newcomers = enter > 0 ? outsiders(table, rows, query, enter) : [];
		movers.forEach(({ id, updatedAt }, i) => table.update(id, { updatedAt, ...end(i) }));
		for (const { id, updatedAt } of leavers) {
			const status = otherStatus(query);
			if (status === undefined) table.remove(id);
			else table.update(id, { updatedAt, status });
		}
		newcomers.forEach((row, i) => {
			const status = query.filters.status?.[0] ?? row.status;
			table.update(row.id, { updatedAt: row.updatedAt, ...end(movers.length + i), status });
		});
	};
}

/** The sort key of a row that comes `nth` after the last one. */
function pastTheEnd(
	last: Call | undefined,
	{ field, descending }: SortKey,
): (nth: number) => Partial<Pick<Call, SortField>> {
	const sign = descending ? -1 : 1;
	const value = last?.[field] ?? null;
	return (nth) => {
		if (typeof value === 'number') return { [field]: value + sign * (nth + 1) };
		const micros = value === null ? 0 : Date.parse(value) * 1000;
		return { [field]: formatMicros(micros + sign * (nth + 1) * SECOND) };
	};
}

/** Rows that do not match because of their status; where no status is asked for, new ones. */
function outsiders(
	table: CallTable,
	rows: Call[],
	{ filters, periodField }: ReportQuery,
	count: number,
): Call[] {
	if (!filters.status) {
		const like: NewCall = rows[0] === undefined ? {} : { [periodField]: rows[0][periodField] };
		return table.insert(Array.from({ length: count }, () => like));
	}
	const others: Call[] = [];
	for (const slot of table.slots()) {
		if (others.length === count) break;
		const call = table.at(slot);
		if (!filters.status.includes(call.status)) others.push(call);
	}
	return others;
}

/** A status that the query does not ask for; undefined when it asks for none. */
function otherStatus({ filters }: ReportQuery): string | undefined {
	return (
		filters.status && CALL_STATUSES.find(({ value }) => !filters.status?.includes(value))?.value
	);
}
