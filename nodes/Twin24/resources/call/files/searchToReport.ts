import type { IDataObject, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';

import { EndFinder } from '../../../paging/exactEnds';
import type { ExactEnds } from '../../../paging/exactEnds';
import { timeOf } from '../../../paging/instant';
import { PriorityPool } from '../../../paging/pool';
import { busySeconds, CrowdedSecondError, packStretches } from '../../../paging/packing';
import type { Stretch } from '../../../paging/packing';
import { SECOND } from '../../../paging/page';
import type { Period } from '../../../paging/page';
import { withStatuses } from '../answeredStatus';
import { filtersIn, namesIn, periodIn, statusesIn } from '../callQuery';
import { collectCalls, fieldsNeeded } from '../collectCalls';
import type { Search } from '../executeSearch';
import { MAX_PAGE_SIZE } from '../../../report/catalogue';
import { CALLS_URL, pagesOf } from '../report';
import { nameOfPeriod, shownPeriod } from './period';
import { fileParameters, readReportFile } from './reportFile';
import { fileItem, storeFile } from './storeFile';

/** TWIN24 cannot be asked for files that hold these calls and no others. */
class NoReportError extends Error {
	readonly description =
		'Choose "Output: CSV File", which has no such limit, or narrow the filters so that fewer calls fall into that second.';
}

/** A file to ask for: a stretch of the period, and what to ask. */
interface Part {
	period: Period;
	ends: ExactEnds;
	rows: number;
}

/**
 * A search as the files that TWIN24 itself makes: all calls of the period, one item for each file.
 *
 * A file is one request, and one request brings 1,000 calls for certain. A file cannot be sorted out
 * afterwards as items can, so the times of all calls are read first, and each file is asked for with
 * ends at which it makes no difference how TWIN24 reads them, or that were tried out.
 */
export async function searchToReport(
	this: IExecutePaginationFunctions,
	search: Search,
): Promise<INodeExecutionData[]> {
	const { query, file, zone } = search;
	const itemIndex = this.getItemIndex();
	const whole = periodIn(query);
	const parts = await planParts(search);
	if (parts.length === 0) {
		const json = {
			name: null,
			rows: 0,
			...shownPeriod(whole, zone),
			note: 'There are no calls, so TWIN24 made no file.',
		};
		return [{ json, pairedItem: { item: itemIndex } }];
	}
	const base = file.name ?? nameOfPeriod(whole, zone);
	const digits = String(parts.length).length;
	const nameOf = (index: number) =>
		parts.length === 1 ? base : `${base}_${String(index + 1).padStart(digits, '0')}`;

	const pool = new PriorityPool(search.selection.parallelRequests);
	return await Promise.all(
		parts.map(
			async (part, index) =>
				await pool.run([index], async () => {
					const { bytes, extension, mimeType } = await fetchFile(search, part, nameOf(index));
					const name = `${nameOf(index)}.${extension}`;
					const binary = await storeFile.call(this, { name, mimeType, content: bytes });
					const json: IDataObject = { name, rows: part.rows, ...shownPeriod(part.period, zone) };
					return fileItem(json, file.property, binary, itemIndex);
				}),
		),
	);
}

/** The stretches of the period in the order of the calls, with the ends to ask for. */
const planParts = async (search: Search): Promise<Part[]> => {
	const { requester, template, query, selection } = search;
	const field = query.filterPeriodBy;
	const { from, to } = periodIn(query);
	const stretches = pack(await readTimes(search));
	// Beyond the ends of the period there may be calls, of which nothing is known.
	if (stretches.length > 0) {
		stretches[0].tightStart ||= from !== undefined && stretches[0].first - SECOND < from;
		stretches[stretches.length - 1].tightEnd ||=
			stretches[stretches.length - 1].last + 2 * SECOND > to;
	}
	const isFiltered = query.id !== undefined || query.status !== undefined;
	const fetchPage = pagesOf(requester, template, query, fieldsNeeded(query), query.id);
	const finder = new EndFinder(fetchPage, field, MAX_PAGE_SIZE, isFiltered);
	const parts: Part[] = [];
	for (const [index, stretch] of stretches.entries()) {
		const ends = await finder.find(stretch);
		if (!ends)
			throw new NoReportError(
				`TWIN24 makes no file of exactly the calls around ${describe(stretch.first)}`,
			);
		const period = {
			from: index === 0 ? (from ?? stretch.first) : stretch.first,
			to: stretches[index + 1]?.first ?? to,
		};
		parts.push({ period, ends, rows: stretch.rows });
	}
	const isNewestFirst = selection.sort.field === field && selection.sort.direction === 'desc';
	return isNewestFirst ? parts.reverse() : parts;
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
const readTimes = async ({ requester, template, query, selection }: Search): Promise<number[]> => {
	const field = query.filterPeriodBy;
	const times: number[] = [];
	const calls = collectCalls(
		requester,
		template,
		{ ...query, fields: fieldsNeeded(query).join(',') },
		{ ...selection, limit: undefined, offset: 0, sort: { field, direction: 'asc' }, stream: true },
	);
	for await (const batch of calls) for (const call of batch) times.push(timeOf(call, field));
	return times.filter((time) => !Number.isNaN(time));
};

const fetchFile = async (
	{ requester, template, query, selection, file }: Search,
	{ ends, rows }: Part,
	name: string,
) => {
	const { field, direction } = selection.sort;
	const qs: IDataObject = {
		...filtersIn(query),
		...(query.id === undefined ? {} : { id: query.id }),
		fields: namesIn(query.fields).join(','),
		sort: `${direction === 'desc' ? '-' : ''}${field}`,
		...fileParameters(ends, file.format, name, file.archive, MAX_PAGE_SIZE),
	};
	return await withStatuses(
		requester.account.baseUrl,
		statusesIn(query),
		async (filter) =>
			await requester.request(
				{
					...template,
					url: CALLS_URL,
					qs: { ...qs, ...filter },
					encoding: 'arraybuffer',
					json: false,
				},
				(body) => readReportFile(body, file.format, rows),
			),
	);
};
