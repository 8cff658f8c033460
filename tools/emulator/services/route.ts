import type { Readings } from '../readings';
import type { Endpoint } from './context';

export interface Route {
	endpoint: Endpoint;
	params: Record<string, string>;
}

/**
 * The endpoints at an address, whatever their methods: `/api/v1/…` of a host for each service, or
 * `/SERVICE/api/v1/…` of one host for all, as the readings have it.
 */
export function routesAt(
	endpoints: readonly Endpoint[],
	path: string,
	{ hosts, pathPrefix }: Readings,
): Route[] {
	if (!path.startsWith(`${pathPrefix}/`)) return [];
	const parts = /^(?:\/(iam|analyse|cis|bot))?\/api\/v1(\/.*)$/.exec(path.slice(pathPrefix.length));
	if (!parts) return [];
	const [, host, rest] = parts as unknown as [string, string | undefined, string];
	if (hosts === (host === undefined ? 'oneHost' : 'separate')) return [];
	return endpoints.flatMap((endpoint) => {
		if (host !== undefined && host !== endpoint.host) return [];
		const params = paramsOf(endpoint.path, rest);
		return params ? [{ endpoint, params }] : [];
	});
}

/** What stands at the pattern's colons; undefined when the path is another. */
function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
	const [wanted, given] = [pattern.split('/'), path.split('/')];
	if (wanted.length !== given.length) return undefined;
	const params: Record<string, string> = {};
	for (const [i, part] of wanted.entries()) {
		if (part.startsWith(':') && given[i] !== '') params[part.slice(1)] = unescaped(given[i]);
		else if (part !== given[i]) return undefined;
	}
	return params;
}

function unescaped(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
