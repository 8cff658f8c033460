/* eslint-disable @n8n/community-nodes/no-restricted-imports -- packs the package on the developer's machine, never published */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

import { DEMO_ACCOUNT, startEmulator, type Emulator } from '../../tools/emulator';
import { CREDENTIAL_TYPE, emulatorCredential, itemsOf, packPackage } from '../../tools/n8n-host';
import { startBrowser } from '../../tools/n8n-editor/browser';
import { npmShim, repack, type NpmShim } from './support/npm-shim';
import { startN8n, type N8n } from '../../tools/n8n-host/start-n8n';
import { openContext, walk } from '../../tools/n8n-editor/walk';
import { CALLS, callsWorkflow } from '../../tools/n8n-host/calls-workflow';

const NAME = 'n8n-nodes-twin24';
const PREVIOUS = '0.0.9';
const NEXT = '99.0.0';

/** The first installation of n8n is part of it. */
const START_TIMEOUT = 25 * 60_000;

interface InstalledPackage {
	packageName: string;
	installedVersion: string;
	updateAvailable?: string;
	installedNodes: Array<{ type: string }>;
}

describe('a community package, from n8n’s settings', () => {
	let emulator: Emulator;
	let npm: NpmShim;
	let n8n: N8n;
	let browser: Browser;
	let folder: string;
	let tarball: string;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'twin24-install-'));
		tarball = await packPackage(folder);
		emulator = await startEmulator({ calls: 60 });
		npm = await npmShim();
		n8n = await startN8n({ install: 'nothing', env: npm.env });
		browser = await startBrowser();
	}, START_TIMEOUT);

	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
		await npm?.remove();
		await emulator?.close();
		await rm(folder, { recursive: true, force: true });
	});

	const installed = async () =>
		await n8n.client.rest<InstalledPackage[]>('GET', '/community-packages');

	// One story, because each part begins where the one before has ended.
	it('is installed, updated under a saved workflow and uninstalled', async () => {
		await npm.publish(PREVIOUS, await repack(tarball, PREVIOUS, folder));
		await walk(await openContext(browser, n8n), n8n, 'install', async (editor) => {
			await editor.openCommunityNodes();
			await editor.picture('community-nodes');
			await editor.installCommunityPackage(NAME);
			await editor.page
				.getByText(`v${PREVIOUS}`)
				.or(editor.page.getByText(PREVIOUS))
				.first()
				.waitFor();
			await editor.picture('community-nodes-installed');
		});
		const [before] = await installed();
		expect(before).toMatchObject({ packageName: NAME, installedVersion: PREVIOUS });
		const nodes = ['twin24Calls', 'twin24CallsTrigger', 'twin24EventsTrigger'].map(
			(node) => `${NAME}.${node}`,
		);
		expect(before.installedNodes.map(({ type }) => type).sort()).toEqual(nodes);

		const credential = await n8n.client.saveCredential(
			'TWIN24',
			CREDENTIAL_TYPE,
			emulatorCredential(emulator.url, DEMO_ACCOUNT),
		);
		const search = callsWorkflow('Saved before', credential, {
			operation: 'search',
			returnAll: true,
			period: 'allTime',
		});
		const workflow = await n8n.client.importWorkflow(search);
		expect(itemsOf(await n8n.client.runWorkflow(workflow), CALLS)).toHaveLength(60);

		await npm.publish(NEXT, await repack(tarball, NEXT, folder));
		expect(await installed()).toMatchObject([{ updateAvailable: NEXT }]);
		await n8n.client.rest('PATCH', '/community-packages', { name: NAME });
		expect(await installed()).toMatchObject([{ installedVersion: NEXT }]);
		expect(itemsOf(await n8n.client.runWorkflow(workflow), CALLS)).toHaveLength(60);

		await n8n.client.rest('DELETE', `/community-packages?name=${NAME}`);
		expect(await installed()).toEqual([]);
		const without = await n8n.client.runWorkflow(workflow).catch((error: Error) => error);
		expect(
			JSON.stringify(without instanceof Error ? without.message : without.data.resultData.error),
		).toMatch(/twin24Calls|nstall/);
		await walk(await openContext(browser, n8n), n8n, 'uninstalled', async (editor) => {
			await editor.openWorkflow(workflow);
			await editor.picture('uninstalled');
		});
		await n8n.client.rest('GET', '/workflows');
	});
});
