/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- compiles the package for a measurement on the developer's machine, never published */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { REPOSITORY } from '../n8n-host/paths';

/**
 * Compiles the package as it is published, because what a TypeScript runner makes of it is slower.
 * A folder of its own leaves `dist` to others; it lies in the clone, where n8n's modules are found.
 */
export async function compilePackage(): Promise<{ folder: string; remove: () => Promise<void> }> {
	const folder = await mkdtemp(join(REPOSITORY, 'node_modules', '.bench-'));
	const tsc = require.resolve('typescript/bin/tsc');
	await promisify(execFile)(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', folder], { cwd: REPOSITORY });
	return { folder, remove: async () => await rm(folder, { recursive: true, force: true }) };
}
