/* eslint-disable @n8n/community-nodes/no-restricted-imports -- notes on the developer's machine which demos run, never published */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheFolder } from '../../n8n-host';

/** Lies in the folder of a demo for as long as it runs. */
const NOTE = 'twin24.json';

/** An emulated TWIN24 of a demo that runs. */
export interface RunningTwin24 {
	/** The folder of its demo in the cache, e.g. "demo-5678": the number is n8n's port. */
	demo: string;
	url: string;
}

/**
 * Notes where the emulated TWIN24 of a demo is, for `npm run call`.
 *
 * @param demo the demo's folder in the cache
 * @returns takes the note away
 */
export async function noteRunning(demo: string, url: string): Promise<() => Promise<void>> {
	const file = join(cacheFolder(), demo, NOTE);
	await writeFile(file, JSON.stringify({ url }));
	return async () => await rm(file, { force: true });
}

/** The emulated TWIN24s of the demos that run now; one that was killed has left its note, and does not answer. */
export async function runningTwin24s(): Promise<RunningTwin24[]> {
	const folders = await readdir(cacheFolder()).catch(() => []);
	const found = await Promise.all(folders.map(read));
	return found.filter((one) => one !== undefined);
}

async function read(demo: string): Promise<RunningTwin24 | undefined> {
	try {
		const { url } = JSON.parse(await readFile(join(cacheFolder(), demo, NOTE), 'utf8')) as {
			url: string;
		};
		const answer = await fetch(`${url}/__emulator/templates`, { headers: { connection: 'close' } });
		await answer.arrayBuffer();
		return answer.ok ? { demo, url } : undefined;
	} catch {
		return undefined;
	}
}
