/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- what `npm start` runs on the developer's machine, never published */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import {
	Advice,
	askedToEnd,
	cacheFolder,
	ensureHost,
	installPackage,
	npm,
	REPOSITORY,
	say,
	startServer,
	withProgress,
} from '../n8n-host';
import { printCalls } from './start/report';
import { readSettings } from './start/settings';
import { LOGIN, SEARCH_TIMEOUT, setUp } from './start/set-up';
import { openTwin24 } from './start/twin24';

/** Each start adds an execution of thousands of calls to the demo's database. */
const KEEP_LITTLE = { EXECUTIONS_DATA_PRUNE_MAX_COUNT: '20' };

/** What to end, in the order in which it was started. */
type Running = Array<() => Promise<void>>;

/** `npm start`: TWIN24, n8n and one search through it, and then both until Ctrl-C. */
export async function main(): Promise<void> {
	const running: Running = [];
	let ready = false;
	let ending = false;
	const end = async (code: number, why?: string) => {
		if (ending) return;
		ending = true;
		if (why) say(`\n${why}`);
		for (const stop of running.reverse()) await stop();
		process.exit(code);
	};

	void askedToEnd().then(async () => await end(ready ? 0 : 130, 'Ending …'));
	try {
		await bringUp(running, async (why) => await end(1, why));
		ready = true;
	} catch (error) {
		const stack = error instanceof Error ? error.stack : String(error);
		await end(1, error instanceof Advice ? error.message : stack);
	}
}

/**
 * Starts everything and runs the search.
 *
 * @param running gets whatever is to be ended
 * @param onDeath called if n8n ends without being asked to
 */
async function bringUp(running: Running, onDeath: (why: string) => Promise<void>): Promise<void> {
	const { port, account } = await readSettings();
	const folder = join(cacheFolder(), `demo-${port}`);
	await mkdir(folder, { recursive: true });

	await ensureHost();
	const log = join(folder, 'build.log');
	await withProgress('Building the package', npm(['run', 'build'], { cwd: REPOSITORY, log }));
	await installPackage(folder, 'dist');

	const twin24 = await openTwin24(account, port);
	running.push(twin24.close);
	const n8n = await withProgress(
		'Starting n8n',
		startServer({ userFolder: folder, port, env: KEEP_LITTLE, log: join(folder, 'n8n.log') }),
	);
	running.push(n8n.stop);
	void n8n.ended.then(
		async () => await onDeath(`n8n has ended by itself. What it said is in ${folder}/n8n.log.`),
	);

	const { client, search } = await setUp(n8n.url, twin24.credential, account === undefined, folder);
	const execution = await withProgress(
		'Searching calls in n8n',
		client.runWorkflow(search, { timeout: SEARCH_TIMEOUT }),
	);
	say();
	printCalls(execution, twin24.requests());
	say();
	say(`Editor:  ${n8n.url}/workflow/${search}`);
	say(`Login:   ${LOGIN.email}, password ${LOGIN.password}`);
	say(`TWIN24:  ${twin24.name}`);
	say('It all runs until you press Ctrl-C.');
}
