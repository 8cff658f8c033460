/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a developer's tool: writes files */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

import execa from 'execa';

import { withRepositoryAddress, type Manifest } from './addresses/repositoryAddress';
import { repositoryTexts } from './addresses/repositoryTexts';

/** Makes all files name the repository that package.json names: `npm run addresses`. */
const repository = resolve(__dirname, '../..');
const texts = repositoryTexts(repository);
const changed = withRepositoryAddress(texts, JSON.parse(texts['package.json']) as Manifest);
const paths = Object.keys(changed);
for (const path of paths) writeFileSync(resolve(repository, path), changed[path]);
if (paths.length > 0) {
	// A longer or shorter address may break lines elsewhere.
	const prettier = require.resolve('prettier/bin/prettier.cjs');
	execa.sync(process.execPath, [prettier, '--write', '--log-level', 'warn', ...paths], {
		cwd: repository,
		stdio: 'inherit',
	});
}
process.stdout.write(
	paths.length > 0 ? `Changed ${paths.join(', ')}.\n` : 'All files name it already.\n',
);
