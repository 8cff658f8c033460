import type { IDataObject } from 'n8n-workflow';

import { EndFinder } from '../paging/exactEnds';
import type { ExactEnds } from '../paging/exactEnds';
import { timeOf } from '../paging/instant';
import { busySeconds, CrowdedSecondError, packStretches } from '../paging/packing';
import type { Stretch } from '../paging/packing';
import { SECOND } from '../paging/page';
import type { Period } from '../paging/page';
import type { Requester } from '../transport/request';
import { withStatuses } from './answeredStatus';
import { apiSort, apiTime, queryParameters, REPORT } from './apiText';
import { MAX_PAGE_SIZE } from './catalogue';
import { pagesOf } from './pages';
import type { CallQuery } from './query';
import { readReportFile } from './reportFile';
import type { ReportFile } from './reportFile';
import { fieldsNeeded, searchCalls } from './search';
import type { CallSelection } from './search';

export type ReportFormat = 'CSV' | 'EXCEL';

/** TWIN24 cannot be asked for files that hold these calls and no others. */
class NoReportError extends Error {
	readonly description =
		'Choose "CSV File" instead, which has no such limit, or narrow the filters so that fewer calls fall into that second.';
}

/** A file to ask for: a slice of the period, and what to ask. */
export interface FilePart {
	period: Period;
	ends: ExactEnds;
	rows: number;
}

/**
 * The files that hold all calls of a query and no others, in the order of the calls.
 *
 * A file is one request, and one request brings 1,000 calls for certain. A file cannot be sorted out
 * afterwards as items can, so the times of all calls are read first, and each file is asked for with
 * ends at which it makes no difference how TWIN24 reads them, or that were tried out.
 *
 * @throws NoReportError when there are no such files; whatever searching the calls throws
 */
export const planFiles = async (
	requester: Requester,
	query: CallQuery,
	selection: CallSelection,
): Promise<FilePart[]> => {
	const { periodField: field, filters } = query;
	// Calls that are named by their IDs are of any time.
	const isNamed = filters.ids.length > 0;
	const { from, to } = isNamed ? { to: Infinity } : query.period;
	const stretches = pack(await readTimes(requester, query, selection));
	// Beyond the ends of the period there may be calls, of which nothing is known.
	if (stretches.length > 0) {
		stretches[0].tightStart ||= from !== undefined && stretches[0].first - SECOND < from;
		stretches[stretches.length - 1].tightEnd ||=
			stretches[stretches.length - 1].last + 2 * SECOND > to;
	}
	const isFiltered =
		isNamed || filters.statuses.length > 0 || Object.keys(filters.equal).length > 0;
	const fetchPage = pagesOf(requester, query, fieldsNeeded(query));
	const finder = new EndFinder(fetchPage, field, MAX_PAGE_SIZE, isFiltered);
	const parts: FilePart[] = [];
	for (const [index, stretch] of stretches.entries()) {
		const ends = await finder.find(stretch);
		if (!ends) {
			throw new NoReportError(
				`TWIN24 makes no file of exactly the calls around ${describe(stretch.first)}`,
			);
		}
		const period = {
			from: index === 0 ? (from ?? stretch.first) : stretch.first,
			to: stretches[index + 1]?.first ?? (isNamed ? stretch.last + SECOND : to),
		};
		parts.push({ period, ends, rows: stretch.rows });
	}
	const isNewestFirst = selection.sort.field === field && selection.sort.direction === 'desc';
	return isNewestFirst ? parts.reverse() : parts;
};

/** One of the files. @throws RequestError when TWIN24 makes none, or one of fewer calls */
export const fetchFile = async (
	{ account, request }: Requester,
	query: CallQuery,
	{ sort }: CallSelection,
	{ ends, rows }: FilePart,
	{ format, archive, name }: { format: ReportFormat; archive: boolean; name: string },
): Promise<ReportFile> => {
	const parameters: IDataObject = {
		...queryParameters(query, query.fields),
		sort: apiSort(sort),
		from: apiTime(ends.from),
		to: apiTime(ends.to),
		limit: MAX_PAGE_SIZE,
		output: format,
		filename: name,
		...(archive ? { archive: 'true' } : {}),
	};
	return await withStatuses(
		account.baseUrl,
		query.filters.statuses,
		async (status) =>
			await request({ ...REPORT, query: { ...parameters, ...status }, as: 'bytes' }, (body) =>
				readReportFile(body, format, rows),
			),
	);
};

const pack = (times: number[]): Stretch[] => {
	try {
		return packStretches(busySeconds(times), MAX_PAGE_SIZE);
	} catch (error) {
		throw error instanceof CrowdedSecondError ? tooCrowded(error) : error;
	}
};

const tooCrowded = ({ second, rows }: CrowdedSecondError) =>
	new NoReportError(
		`The second ${describe(second)} has ${rows} calls; a file of TWIN24 holds at most ${MAX_PAGE_SIZE.toLocaleString('en-US')}`,
	);

const describe = (second: number) => new Date(second).toISOString().replace('.000Z', 'Z');

/** When the calls are, in order: all that has to be known of them. Calls without a time cannot be in a file of a period. */
const readTimes = async (
	requester: Requester,
	query: CallQuery,
	selection: CallSelection,
): Promise<number[]> => {
	const field = query.periodField;
	const times: number[] = [];
	const calls = searchCalls(
		requester,
		{ ...query, fields: fieldsNeeded(query) },
		{
			...selection,
			limit: undefined,
			offset: 0,
			sort: { field, direction: 'asc' },
			stream: true,
		},
	);
	for await (const batch of calls) for (const call of batch) times.push(timeOf(call, field));
	return times.filter((time) => !Number.isNaN(time));
};
