/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- compiles the package for a measurement on the developer's machine, never published */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import execa from 'execa';

import { REPOSITORY } from '../n8n-host/paths';

/**
 * Compiles the package as it is published, because what a TypeScript runner makes of it is slower.
 * A folder of its own leaves `dist` to others; it lies in the clone, where n8n's modules are found,
 * and is gone when this process ends.
 *
 * @returns the folder
 * @throws Error with what the compiler says
 */
export async function compilePackage(): Promise<string> {
	const folder = mkdtempSync(join(REPOSITORY, 'node_modules', '.bench-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	const tsc = require.resolve('typescript/bin/tsc');
	try {
		await execa.node(tsc, ['-p', 'tsconfig.build.json', '--outDir', folder], { cwd: REPOSITORY });
	} catch (error) {
		throw new Error(`The package does not compile:\n${(error as { stdout: string }).stdout}`, {
			cause: error,
		});
	}
	return folder;
}
