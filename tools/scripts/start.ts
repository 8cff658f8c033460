/* eslint-disable @n8n/community-nodes/no-restricted-imports -- what `npm start` runs on the developer's machine, never published */
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import { createEngine } from '../n8n-engine';
import {
	installPackage,
	isHostInstalled,
	itemsOf,
	npm,
	REPOSITORY,
	say,
	withProgress,
} from '../n8n-host';
import { startDemo } from './start/demo';
import { searchInEngine } from './start/engine-search';
import { readExamples, SEARCH_NODE } from './start/example';
import { printGuide } from './start/guide';
import { printCalls, type Found } from './start/report';
import { keepUp, type Session } from './start/session';
import { readSettings } from './start/settings';
import { openTwin24, type Twin24 } from './start/twin24';

/** In milliseconds; the real TWIN24 may take its time. */
const SEARCH_TIMEOUT = 10 * 60_000;

/** `npm start`: TWIN24 and a search through n8n's engine at once; then n8n, the same search in it, and both until Ctrl-C. */
export const main = async (): Promise<void> => await keepUp(bringUp);

async function bringUp(session: Session): Promise<void> {
	const { port, account } = await readSettings();
	const twin24 = await openTwin24(account, port);
	session.add(twin24.close);
	const examples = await readExamples(twin24);

	const engine = await withProgress('Loading n8n’s engine', createEngine());
	await show('n8n’s engine', twin24, async () =>
		searchInEngine(engine, examples.search, twin24.credential),
	);
	engine.close();
	say(
		isHostInstalled()
			? 'The editor follows: n8n is started, and the same search is run in it.'
			: 'The editor follows: n8n is installed now, some minutes and only this once, and the same search is run in it.',
	);

	const demo = await startDemo(session, {
		name: `demo-${port}`,
		port,
		install: async (folder) => {
			const log = join(folder, 'build.log');
			await withProgress('Building the package', npm(['run', 'build'], { cwd: REPOSITORY, log }));
			await installPackage(folder, 'dist');
		},
		twin24,
		examples,
	});
	const { client, search, isSearchOurs } = demo.setting;
	if (client && search && isSearchOurs) {
		await show('n8n', twin24, async () => {
			const execution = await client.runWorkflow(search, { timeout: SEARCH_TIMEOUT });
			const { error } = execution.data.resultData;
			return { calls: itemsOf<IDataObject>(execution, SEARCH_NODE), error };
		});
	}
	printGuide(demo, twin24);
}

/** Runs a search and prints what it returned. */
async function show(where: string, twin24: Twin24, search: () => Promise<Found>): Promise<void> {
	const requests = twin24.requests();
	const start = Date.now();
	const found = await withProgress(`Searching calls in ${where}`, search());
	const time = Date.now() - start;
	const made = requests === undefined ? undefined : twin24.requests()! - requests;
	printCalls(where, found, { time, requests: made, callsMade: twin24.emulated?.callsMade() });
}
