/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test: it looks for the repository's files */
import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import execa from 'execa';

import { REPOSITORY, textOf } from './guides';

/** The documents of the repository, whether they are committed yet or not. */
const documents = execa
	.sync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
		cwd: REPOSITORY,
	})
	.stdout.split('\n')
	.filter((path) => existsSync(join(REPOSITORY, path)));

const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '');

/** The anchors of a document's headings, as GitHub makes them. */
const anchorsOf = (path: string): string[] =>
	[...withoutCode(textOf(path)).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.trim()
			.replace(/ /g, '-'),
	);

/** Where the links and pictures of a document lead, addresses on the web left out. */
const targetsOf = (path: string): string[] =>
	[...withoutCode(textOf(path)).matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)]
		.map(([, link, attribute]) => link ?? attribute)
		.filter((target) => !/^[a-z]+:/i.test(target));

const isBroken = (path: string, target: string): boolean => {
	const [file, anchor] = target.split('#');
	const absolute = file === '' ? join(REPOSITORY, path) : resolve(REPOSITORY, dirname(path), file);
	if (!existsSync(absolute)) return true;
	if (anchor === undefined) return false;
	const isFolder = statSync(absolute).isDirectory();
	const page = relative(REPOSITORY, isFolder ? join(absolute, 'README.md') : absolute);
	return !anchorsOf(page).includes(decodeURIComponent(anchor));
};

test.each(documents)('every link in %s leads to a file, and to a heading in it', (path) => {
	expect(targetsOf(path).filter((target) => isBroken(path, target))).toEqual([]);
});
