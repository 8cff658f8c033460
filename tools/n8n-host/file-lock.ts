/* eslint-disable @n8n/community-nodes/no-restricted-imports -- keeps two processes of one machine apart, never published */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

import { lock, type LockOptions } from 'proper-lockfile';

/** A lock that its owner has not renewed for so long is one of a process that has died, in milliseconds. */
const STALE = 10_000;

/** How often another one's lock is looked at, in milliseconds. */
const LOOK_EVERY = 500;

/**
 * Runs `task` while no other process of this machine runs one for the same path. A lock whose owner has died is taken
 * over.
 *
 * @param path what the lock is for; it need not exist, the lock lies beside it
 * @param onWait called once if another one is at it
 */
export async function withFileLock<T>(
	path: string,
	task: () => Promise<T>,
	onWait: () => void,
): Promise<T> {
	await mkdir(dirname(path), { recursive: true });
	const options: LockOptions = { stale: STALE, realpath: false };
	const patient = { forever: true, minTimeout: LOOK_EVERY, maxTimeout: LOOK_EVERY };
	const release = await lock(path, options).catch(async (error: NodeJS.ErrnoException) => {
		if (error.code !== 'ELOCKED') return await Promise.reject(error);
		onWait();
		return await lock(path, { ...options, retries: patient });
	});
	try {
		return await task();
	} finally {
		await release();
	}
}
