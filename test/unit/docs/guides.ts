/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test's helper: it reads the repository's files */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export const REPOSITORY = resolve(__dirname, '../../..');

/** The two guides for users, which say the same in two languages. */
export const GUIDES = ['README.md', 'docs/ru/README.md'];

/** The text of a file of the repository. */
export const textOf = (path: string): string => readFileSync(resolve(REPOSITORY, path), 'utf8');
