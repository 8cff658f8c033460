/* eslint-disable @n8n/community-nodes/no-restricted-imports -- what `npm start` and `npm run dev` run on the developer's machine, never published */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheFolder, ensureHost, startServer, withProgress, type Server } from '../../n8n-host';
import type { Examples } from './example';
import { noteRunning } from './running';
import type { Session } from './session';
import { setUp, type SetUp } from './set-up';
import type { Twin24 } from './twin24';

/** Each start adds an execution of thousands of calls to the demo's database. */
const KEEP_LITTLE = { EXECUTIONS_DATA_PRUNE_MAX_COUNT: '20' };

/** Days are those of the person at the machine: n8n's own default is New York. */
const HERE = { GENERIC_TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone };

export interface DemoOptions {
	/** What the user folder in the cache is called. */
	name: string;
	port: number;
	/** Puts the package where n8n finds it. */
	install: (userFolder: string) => Promise<void>;
	twin24: Twin24;
	examples: Examples;
	/** Further settings of n8n's. */
	env?: Record<string, string>;
}

/** An n8n with the package, the examples and a credential for them. */
export interface Demo {
	n8n: Server;
	setting: SetUp;
}

/** Installs n8n if it is not there, starts it with the package and imports the examples. */
export async function startDemo(
	session: Session,
	{ name, port, install, twin24, examples, env }: DemoOptions,
): Promise<Demo> {
	const folder = join(cacheFolder(), name);
	const log = join(folder, 'n8n.log');
	await mkdir(folder, { recursive: true });
	if (twin24.emulated) session.add(await noteRunning(name, twin24.emulated.url));
	await ensureHost();
	await install(folder);
	const n8n = await withProgress(
		'Starting n8n',
		startServer({ userFolder: folder, port, env: { ...KEEP_LITTLE, ...HERE, ...env }, log }),
	);
	session.add(n8n.stop);
	void n8n.ended.then(() => session.fail(`n8n has ended by itself. What it said is in ${log}.`));
	return { n8n, setting: await setUp(n8n.url, twin24.credential, examples) };
}
