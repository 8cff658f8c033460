/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a measurement on the developer's machine, never published */
import { mkdir, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';

import type { Task } from './work';

/** Runs something and writes where the processor's time went, for the "Performance" tab of Chrome's DevTools. */
export async function profiled<T>(
	{ profile = '', lane, calls, fieldSet, latency }: Task,
	run: () => Promise<T>,
): Promise<T> {
	const session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.start');
	const result = await run();
	const { profile: taken } = await session.post('Profiler.stop');
	session.disconnect();
	await mkdir(profile, { recursive: true });
	await writeFile(
		join(profile, `${lane}-${calls}-${fieldSet}-${latency}ms.cpuprofile`),
		JSON.stringify(taken),
	);
	return result;
}
