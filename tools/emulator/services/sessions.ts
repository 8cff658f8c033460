import type { Call } from '../call';
import { ApiError, jsonReply } from '../http/reply';
import { hookIdOf } from '../webhooks/hook-id';
import type { Endpoint, World } from './context';

/** Rows when no limit is sent, and the most. */
const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 1000;

/** `GET /search/cis/sessions`: the same calls as sessions, some seconds after their end. */
export const sessionsReport: Endpoint = {
	service: 'sessions',
	host: 'analyse',
	method: 'GET',
	path: '/search/cis/sessions',
	answer: (world, { query }) => {
		const { id, phone, taskId, from, limit = '' } = query;
		const most = limit === '' ? DEFAULT_LIMIT : Number(limit);
		if (!(most >= 1 && most <= MAX_LIMIT))
			throw new ApiError(422, 'Ошибка валидации.', { limit: ['Недопустимое значение.'] });
		const since = from ? Date.parse(from) : -Infinity;
		const found = finished(world)
			.filter((call) => id === undefined || hookIdOf(call.id, world.readings) === id)
			.filter((call) => phone === undefined || call.phone === phone)
			.filter((call) => taskId === undefined || call.taskId === taskId)
			.filter((call) => Date.parse(call.createdAt) >= since);
		const fields = query.fields?.split(',');
		const items = found
			.slice(0, most)
			.map((call) => sessionOf(world, call))
			.map((session) =>
				fields
					? Object.fromEntries(Object.entries(session).filter(([name]) => fields.includes(name)))
					: session,
			);
		return jsonReply(200, { count: found.length, items }, items.length);
	},
};

/** Every call that ended long enough ago, those included that never reach the calls report. */
function finished({ table, dialler, readings, now }: World): Call[] {
	const { sessionReadyAfter } = readings;
	if (sessionReadyAfter < 0) return [];
	const calls = new Map(table.all().map((call) => [call.id, call]));
	for (const { call } of dialler.ledger().dialled) calls.set(call.id, call);
	return [...calls.values()]
		.filter(({ startedAt }) => startedAt !== null)
		.filter((call) => endOf(call) + sessionReadyAfter * 1000 <= now().getTime())
		.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

const endOf = ({ startedAt, createdAt, duration }: Call) =>
	Date.parse(startedAt ?? createdAt) + duration * 1000;

function sessionOf({ dialler, readings, accounts }: World, call: Call): Record<string, unknown> {
	const results = call.dialogResults === null ? {} : { confirmation: call.dialogResults };
	const attempt = dialler.ledger().dialled.find(({ callId }) => callId === call.id);
	const candidate = attempt && dialler.candidate(attempt.candidateId);
	return {
		id: hookIdOf(call.id, readings),
		botId: call.botId,
		companyId: accounts[0]?.companyId,
		isIncoming: false,
		autoCallCandidateId: attempt?.candidateId ?? null,
		number: call.phone,
		timezone: call.timezone,
		nps: call.nps,
		duration: call.duration,
		mainCallDuration: call.duration,
		robotCallDuration: call.botDuration,
		createdAt: call.createdAt,
		startedAt: call.startedAt,
		finishedAt: new Date(endOf(call)).toISOString(),
		currentStatusName: call.status,
		dialogResult: call.dialogResults,
		messagesAsString: call.messagesAsString,
		results,
		resultsString: JSON.stringify(results),
		variablesString: JSON.stringify(candidate?.variables ?? {}),
		markersString: call.markers ?? '',
	};
}
