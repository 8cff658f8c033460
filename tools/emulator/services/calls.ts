import { ApiError, bufferReply } from '../http/reply';
import type { Reply } from '../http/reply';
import { shown } from '../report/clock';
import { reportFile } from '../report/files';
import { readReportQuery } from '../report/report-query';
import type { ReportQuery } from '../report/report-query';
import type { FoundPage, Under } from '../report/search';
import type { Readings } from '../readings';
import type { Endpoint, World } from './context';

/** `GET /api/v1/search/cis/calls`: the calls report. */
export const callsReport: Endpoint = {
	service: 'calls',
	method: 'GET',
	host: 'analyse',
	path: '/search/cis/calls',
	answer: async (world, { query }) => {
		const wanted = readReportQuery(query, world.readings);
		await world.faults.pageAhead(query);
		return await answer(world, wanted);
	},
};

async function answer(world: World, query: ReportQuery): Promise<Reply> {
	const { readings, table } = world;
	const cap = readings.maxRowsPerPeriod;
	const asFile = query.output !== 'JSON';
	const limit = asFile && !readings.fileLimit ? Math.max(0, cap - query.start) : query.limit;
	if (query.start + limit > cap && readings.pastCap === 'error') throw pastCap(cap);
	const under = world.under();
	const page = world.search.page(query, Math.max(0, Math.min(limit, cap - query.start)), under);
	if (!asFile) return jsonPage(world, query, page, under);
	const calls = page.slots.map((slot) => shown(table.at(slot), under.clock));
	return await reportFile(calls, query, readings);
}

function jsonPage(
	{ rowJson, readings, table }: World,
	query: ReportQuery,
	{ total, slots }: FoundPage,
	{ clock }: Under,
): Reply {
	const isNull = slots.length === 0 && readings.emptyItems === 'null';
	const items = isNull ? NULL : rowJson.array(slots, query.fields, clock);
	const count = countSaid(total, slots.length, table.size, readings);
	const head = Buffer.from(count === undefined ? '{"items":' : `{"count":${count},"items":`);
	return bufferReply(
		200,
		'application/json; charset=utf-8',
		Buffer.concat([head, items, TAIL]),
		slots.length,
	);
}

const NULL = Buffer.from('null');
const TAIL = Buffer.from('}');

function countSaid(
	total: number,
	rows: number,
	account: number,
	{ count, countCap, maxRowsPerPeriod }: Readings,
): number | undefined {
	switch (count) {
		case 'total':
			return total;
		case 'capped':
			return Math.min(total, countCap || maxRowsPerPeriod);
		case 'page':
			return rows;
		case 'absent':
			return undefined;
		case 'oneTooMany':
			return total + 1;
		case 'account':
			return account;
	}
}

function pastCap(cap: number): ApiError {
	return new ApiError(
		400,
		'Превышено максимальное количество записей.',
		`Максимум за один период можно получить не более ${cap} записей.`,
	);
}
