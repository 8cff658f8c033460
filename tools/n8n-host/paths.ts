/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- places on the developer's machine, never published */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The clone: the folder that holds package.json. */
export const REPOSITORY = resolve(__dirname, '../..');

/** The folder of the pinned n8n: its package.json, lock file and .npmrc. */
export const HOST_PACKAGE = __dirname;

/**
 * Where things too large or too long-lived for the clone are kept.
 *
 * @returns `TWIN24_HOST_CACHE` if set, else `n8n-nodes-twin24` in the user's cache folder
 */
export function cacheFolder(): string {
	const { TWIN24_HOST_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
	if (TWIN24_HOST_CACHE) return resolve(TWIN24_HOST_CACHE);
	return join(XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), '.cache'), 'n8n-nodes-twin24');
}

/** Where this lock file's n8n is installed on this kind of machine: another lock file, another folder. */
export function hostFolder(): string {
	const hash = createHash('sha256');
	for (const file of ['package.json', 'package-lock.json']) {
		hash.update(readFileSync(join(HOST_PACKAGE, file)));
	}
	const key = hash.update(`${process.platform}-${process.arch}`).digest('hex').slice(0, 12);
	return join(cacheFolder(), `host-${key}`);
}
