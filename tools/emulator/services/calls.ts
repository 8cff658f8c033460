import { ApiError, bufferReply } from '../http/reply';
import type { Reply } from '../http/reply';
import { readReportQuery } from '../report/report-query';
import type { ReportQuery } from '../report/report-query';
import { reportFile } from '../report/files';
import type { FoundPage } from '../report/search';
import type { Readings } from '../readings';
import { shown } from '../report/clock';
import type { Endpoint, World } from './context';

/** `GET /api/v1/search/cis/calls`: the calls report. */
export const callsReport: Endpoint = {
	service: 'calls',
	method: 'GET',
	path: '/api/v1/search/cis/calls',
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
	const page = world.search.page(query, Math.max(0, Math.min(limit, cap - query.start)), readings);
	if (!asFile) return jsonPage(world, query, page);
	const calls = page.slots.map((slot) => shown(table.at(slot), readings.clock));
	return await reportFile(calls, query, readings);
}

function jsonPage(
	{ rowJson, readings }: World,
	query: ReportQuery,
	{ total, slots }: FoundPage,
): Reply {
	const items = rowJson.array(slots, query.fields, readings.clock);
	const count = countSaid(total, slots.length, readings);
	const head = Buffer.from(count === undefined ? '{"items":' : `{"count":${count},"items":`);
	return bufferReply(
		200,
		'application/json; charset=utf-8',
		Buffer.concat([head, items, TAIL]),
		slots.length,
	);
}

const TAIL = Buffer.from('}');

/** A search engine's own cap on what it counts. */
const ENGINE_CAP = 10_000;

function countSaid(total: number, rows: number, readings: Readings): number | undefined {
	switch (readings.count) {
		case 'total':
			return total;
		case 'capped':
			return Math.min(total, readings.maxRowsPerPeriod);
		case 'cappedAt10000':
			return Math.min(total, ENGINE_CAP);
		case 'page':
			return rows;
		case 'absent':
			return undefined;
	}
}

function pastCap(cap: number): ApiError {
	return new ApiError(
		400,
		'Превышено максимальное количество записей.',
		`Максимум за один период можно получить не более ${cap} записей.`,
	);
}
