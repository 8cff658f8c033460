/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a developer's tool: packs the package and looks at it, never published */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';

import execa from 'execa';
import { x as extract } from 'tar';

import { packPackage, REPOSITORY } from '../n8n-host';
import { readCandidate, type LoadModule } from './verify/candidate';
import { verify, written } from './verify/verify';

/**
 * Checks the package, as it is built in `dist`, against the rules of n8n's verification, and prints rule by rule what
 * shows that it is kept: `npm run verify`. Exits with 1 if a rule is broken.
 */
async function main(): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'twin24-verify-'));
	try {
		await extract({ file: await packPackage(folder), cwd: folder });
		const unpacked = join(folder, 'package');
		const entries = await readdir(unpacked, { recursive: true, withFileTypes: true });
		const packed = entries
			.filter((entry) => entry.isFile())
			.map(({ parentPath, name }) =>
				relative(unpacked, join(parentPath, name)).split(sep).join('/'),
			);
		const scanner = join(REPOSITORY, 'tools', 'scripts', 'scan.mjs');
		const scan = await execa.node(scanner, [REPOSITORY, unpacked], {
			reject: false,
			// The rules of n8n-nodes-base look at every file as at a node's when NODE_ENV is "test".
			env: { NODE_ENV: 'production' },
		});
		const require = createRequire(join(REPOSITORY, 'package.json'));
		const load: LoadModule = (path) => require(`./${path}`) as ReturnType<LoadModule>;
		const results = verify(
			readCandidate(REPOSITORY, load, {
				packed,
				scan: scan.exitCode === 0 ? '' : scan.stdout || scan.stderr,
			}),
		);
		process.stdout.write(`${written(results)}\n`);
		process.exitCode = results.some(({ verdict }) => verdict === 'failed') ? 1 : 0;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

void main();
