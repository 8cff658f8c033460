/* eslint-disable @n8n/community-nodes/no-restricted-imports -- installs other versions of n8n on the developer's machine, never published */
/** Runs the engine tests on the older n8n-core versions that the package claims, each installed once in the cache folder. */
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import execa from 'execa';

import { cacheFolder, npm, REPOSITORY, say } from '../n8n-host';

/** The parts of n8n that run a node; n8n itself would bring a gigabyte more. They want zod, which n8n has. */
const ENGINES: Array<Record<string, string>> = [
	{ 'n8n-core': '1.118.1', 'n8n-workflow': '1.116.0', zod: '3.25.67' },
	{ 'n8n-core': '2.0.0', 'n8n-workflow': '2.0.0', zod: '3.25.67' },
];

async function main(): Promise<void> {
	const failed: string[] = [];
	for (const dependencies of ENGINES) {
		const core = dependencies['n8n-core'];
		const folder = await install(core, dependencies);
		say(`Engine tests on n8n-core ${core}`);
		const jest = require.resolve('jest/bin/jest');
		// Older n8n-core leaves timers behind that nobody can stop.
		const { exitCode } = await execa.node(jest, ['--selectProjects', 'engine', '--forceExit'], {
			cwd: REPOSITORY,
			env: { TWIN24_ENGINE_ROOT: folder },
			// Not the hooks of tsx, which this script runs under: ts-jest compiles the tests.
			nodeOptions: [],
			stdio: 'inherit',
			reject: false,
		});
		if (exitCode !== 0) failed.push(core);
	}
	if (failed.length > 0)
		throw new Error(`The engine tests failed on n8n-core ${failed.join(' and ')}`);
}

/** @returns the folder of an installation that is whole */
async function install(core: string, dependencies: Record<string, string>): Promise<string> {
	const folder = join(cacheFolder(), `engine-${core}`);
	const done = join(folder, 'installed');
	if (existsSync(done)) return folder;
	say(`Installing n8n-core ${core} into ${folder}`);
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
	await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'], {
		cwd: folder,
	});
	await writeFile(done, '');
	return folder;
}

void main();
