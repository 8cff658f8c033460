/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a developer's tool: reads the repository's files */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import execa from 'execa';

import type { Texts } from './repositoryAddress';

/** The text files of a clone, whether they are committed yet or not, without those that git ignores. */
export function repositoryTexts(folder: string): Texts {
	const list = ['grep', '--untracked', '-I', '--name-only', '-z', '-e', ''];
	const { stdout } = execa.sync('git', list, { cwd: folder });
	return Object.fromEntries(
		stdout
			.split('\0')
			.filter(Boolean)
			.map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
	);
}
