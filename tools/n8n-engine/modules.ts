/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @typescript-eslint/no-require-imports -- runs on the developer’s machine, never published: it picks at run time which installed n8n to load */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { MODULES_OF_THE_HOST, shareModules } from './share-modules';

/** The folder of our package: its package.json names the nodes and credentials. */
export const packageRoot = resolve(__dirname, '../..');

/**
 * The folder whose node_modules holds the n8n-core to run on: ours, or another one named by
 * the environment variable TWIN24_ENGINE_ROOT (to prove the node on older versions of n8n).
 */
const engineRoot = process.env.TWIN24_ENGINE_ROOT
	? resolve(process.env.TWIN24_ENGINE_ROOT)
	: packageRoot;

/** The n8n modules that belong together. Types are those of the newest version; a part that an old version lacks is undefined. */
export interface N8nModules {
	version: string;
	core: typeof import('n8n-core');
	workflow: typeof import('n8n-workflow');
	di: typeof import('@n8n/di');
	common?: typeof import('@n8n/backend-common');
}

/** Loads a module of our own sources or of n8n by its absolute path, through jest where it runs. */
export function load<T>(path: string): T {
	return require(path) as T;
}

function find(name: string, from: string): string | undefined {
	try {
		return require.resolve(name, { paths: [from] });
	} catch {
		return undefined;
	}
}

function need<T>(name: string, from: string): T {
	const path = find(name, from);
	if (path === undefined) throw new Error(`No "${name}" to be found from ${from}`);
	return load<T>(path);
}

function want<T>(name: string, from: string): T | undefined {
	const path = find(name, from);
	return path === undefined ? undefined : load<T>(path);
}

/** The version in the package.json of the package that a file belongs to. */
function versionOf(file: string): string {
	let folder = dirname(file);
	while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
	return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string })
		.version;
}

/** Lets our sources get the modules that another engine gives to its nodes. */
function shareModulesOf(from: string): void {
	if (typeof jest === 'undefined') {
		shareModules(from);
		return;
	}
	for (const name of MODULES_OF_THE_HOST) jest.doMock(name, () => need(name, from));
	// Older engines load the tools of AI agents at once, and with them ES modules that jest cannot
	// load; nothing here makes a tool, so they get an empty one.
	const tools = find('@langchain/core/tools', from);
	if (tools) jest.doMock(tools, () => ({ DynamicStructuredTool: class {} }));
}

let loaded: N8nModules | undefined;

/**
 * The one place that resolves n8n. Call it before our own sources are loaded, never import
 * values of n8n-core or n8n-workflow in a test that is to run on other versions: take them
 * from `engine.n8n`.
 */
export function loadN8n(): N8nModules {
	if (loaded) return loaded;
	const entry = find('n8n-core', engineRoot);
	if (entry === undefined) throw new Error(`No n8n-core is installed in ${engineRoot}`);
	const from = dirname(entry);
	if (engineRoot !== packageRoot) shareModulesOf(from);
	loaded = {
		version: versionOf(entry),
		core: load(entry),
		workflow: need('n8n-workflow', from),
		di: need('@n8n/di', from),
		common: want('@n8n/backend-common', from),
	};
	return loaded;
}
