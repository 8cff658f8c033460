import { errorReply, ApiError, bufferReply } from './http/reply';
import type { Service } from './http/request-log';
import type { Emulator } from './interface';
import { overview } from './page/overview';
import type { Site } from './server';
import { login, me } from './services/auth';
import { cabinetEndpoints } from './services/cabinet';
import { callsReport } from './services/calls';
import { contactEndpoints } from './services/contacts';
import type { Endpoint, World } from './services/context';
import { control } from './services/control';
import type { RecordStore } from './services/records';
import { routesAt } from './services/route';
import { sessionsReport } from './services/sessions';
import { taskEndpoints } from './services/tasks';

const ENDPOINTS: readonly Endpoint[] = [
	login,
	me,
	callsReport,
	sessionsReport,
	...taskEndpoints,
	...contactEndpoints,
	...cabinetEndpoints,
];

/** The API's host. */
export function apiSite(world: World, emulator: Emulator): Site {
	const routes = (path: string) => routesAt(ENDPOINTS, path, world.readings);
	return {
		serviceOf: (path): Service => routes(path).at(0)?.endpoint.service ?? 'other',
		accountOf: (header) => world.tokens.session(header)?.account.email ?? null,
		control: (request) => control(emulator, request),
		answer: async ({ method, path, query, headers, body }) => {
			if (path === '/' && method === 'GET') return overviewReply(world, emulator);
			const found = routes(path);
			if (found.length === 0)
				return errorReply(404, 'Не найдено.', `Ресурс ${path} не существует.`);
			const route = found.find(({ endpoint }) => endpoint.method === method);
			if (!route) return methodNotAllowed(found.map(({ endpoint }) => endpoint.method));
			const session = world.tokens.session(headers.authorization);
			if (!session && !route.endpoint.open)
				throw new ApiError(401, 'Token is expired.', 'Необходимо авторизоваться заново.');
			world.dialler.tick();
			const request = { query, body, session: session!, params: route.params };
			return await route.endpoint.answer(world, request);
		},
	};
}

function overviewReply({ dialler, table }: World, { webhooks }: Emulator) {
	const page = overview(dialler, webhooks.attempts, table.size);
	return bufferReply(200, 'text/html; charset=utf-8', Buffer.from(page));
}

function methodNotAllowed(methods: string[]) {
	const allow = methods.join(', ');
	const reply = errorReply(405, 'Метод не поддерживается.', `Используйте ${allow}.`);
	return { ...reply, headers: { ...reply.headers, allow } };
}

/** The recordings' host: it knows no tokens, and only notes whether one came. */
export function recordsSite(world: World, records: RecordStore): Site {
	return {
		serviceOf: () => 'records',
		accountOf: (header) => world.tokens.session(header)?.account.email ?? null,
		answer: ({ method, path }) => records.answer(method, path),
	};
}
