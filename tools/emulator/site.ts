import { errorReply, ApiError } from './http/reply';
import type { Service } from './http/request-log';
import type { Site } from './server';
import { login, me } from './services/auth';
import { callsReport } from './services/calls';
import type { Endpoint, World } from './services/context';
import { control } from './services/control';
import type { RecordStore } from './services/records';
import { bots, dialTasks } from './services/tasks';
import type { Emulator } from './emulator';

const ENDPOINTS: readonly Endpoint[] = [login, me, callsReport, dialTasks, bots];

/** `twin24.ai/analyse/api/v1/…` answers as `analyse.twin24.ai/api/v1/…` does. */
const endpointAt = (path: string) =>
	ENDPOINTS.find((endpoint) => endpoint.path === path.replace(/^\/analyse(?=\/)/, ''));

/** The API's host. */
export function apiSite(world: World, emulator: Emulator): Site {
	return {
		serviceOf: (path): Service => endpointAt(path)?.service ?? 'other',
		accountOf: (header) => world.tokens.session(header)?.account.email ?? null,
		control: (request) => control(emulator, request),
		answer: async ({ method, path, query, headers, body }) => {
			const endpoint = endpointAt(path);
			if (!endpoint) return errorReply(404, 'Не найдено.', `Ресурс ${path} не существует.`);
			if (endpoint.method !== method)
				return errorReply(405, 'Метод не поддерживается.', `Используйте ${endpoint.method}.`);
			const session = world.tokens.session(headers.authorization);
			if (!session && !endpoint.open)
				throw new ApiError(401, 'Token is expired.', 'Необходимо авторизоваться заново.');
			return await endpoint.answer(world, { query, body, session: session! });
		},
	};
}

/** The recordings' host: it knows no tokens, and only notes whether one came. */
export function recordsSite(world: World, records: RecordStore): Site {
	return {
		serviceOf: () => 'records',
		accountOf: (header) => world.tokens.session(header)?.account.email ?? null,
		answer: ({ method, path }) => records.answer(method, path),
	};
}
