/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on the developer’s machine, never published: it tells Node which copy of a module to load */
import Module from 'node:module';

/** What n8n gives to the nodes that it loads: they must get the very copies that its engine uses. */
export const MODULES_OF_THE_HOST = ['n8n-workflow', 'luxon'];

/**
 * Lets whatever is loaded from now on get the engine's own copies of the modules that n8n shares with its nodes,
 * wherever a node's file lies. Outside jest only, which resolves modules by itself.
 *
 * @param from the folder from which the engine's copies are found; the package's own if not given
 */
export function shareModules(from = __dirname): void {
	type Resolve = (request: string, ...rest: unknown[]) => string;
	const resolver = Module as unknown as { _resolveFilename: Resolve };
	const original = resolver._resolveFilename;
	const shared = new Map(
		MODULES_OF_THE_HOST.map((name) => [name, require.resolve(name, { paths: [from] })]),
	);
	resolver._resolveFilename = (request, ...rest) =>
		shared.get(request) ?? original.call(resolver, request, ...rest);
}
