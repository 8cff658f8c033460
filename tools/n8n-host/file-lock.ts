/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- keeps two processes of one machine apart, never published */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { isAlive, pause } from './processes';

/**
 * Runs `task` while no other process of this machine runs one under the same lock file.
 * A lock whose owner has died is taken over.
 *
 * @param onWait called once, with the owner's process id, if another one is at it
 */
export async function withFileLock<T>(
	file: string,
	task: () => Promise<T>,
	onWait: (owner: number) => void,
): Promise<T> {
	await mkdir(dirname(file), { recursive: true });
	let told = false;
	while (!(await take(file))) {
		const owner = Number(await readFile(file, 'utf8').catch(() => ''));
		if (owner && !isAlive(owner)) {
			await rm(file, { force: true });
			continue;
		}
		if (owner && !told) onWait(owner);
		told ||= owner > 0;
		await pause(500);
	}
	try {
		return await task();
	} finally {
		await rm(file, { force: true });
	}
}

async function take(file: string): Promise<boolean> {
	try {
		await writeFile(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}
