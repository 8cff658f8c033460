/* eslint-disable @n8n/community-nodes/no-restricted-imports -- packs the package on the developer's machine, never published */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { IDataObject, INodeCredentialTestResult, INodeListSearchResult } from 'n8n-workflow';

import { DEMO_ACCOUNT, startEmulator, type Emulator } from '../../tools/emulator';
import {
	CREDENTIAL_TYPE,
	emulatorCredential,
	itemsOf,
	packPackage,
	type SavedCredential,
} from '../../tools/n8n-host';
import { CALLS, callsWorkflow } from '../../tools/n8n-host/calls-workflow';
import { startN8n, type N8n } from '../../tools/n8n-host/start-n8n';
import { npmShim, repack, type NpmShim } from './support/npm-shim';

const NAME = 'n8n-nodes-twin24';
const VERSION = '1.0.0';

/** The first installation of n8n is part of it. */
const START_TIMEOUT = 25 * 60_000;

/** What a careful administrator sets, and n8n's engines as they are named today. */
const STRICT = {
	NODE_ENV: 'production',
	N8N_BLOCK_ENV_ACCESS_IN_NODE: 'true',
	N8N_BLOCK_FILE_ACCESS_TO_N8N_FILES: 'true',
	N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
	N8N_EXPRESSION_ENGINE: 'vm',
	N8N_RESTRICT_FILE_ACCESS_TO: join(tmpdir(), 'nothing-is-here'),
	N8N_RUNNERS_ENABLED: 'true',
	// Without it n8n installs only what it has verified, and knows verified packages from its own service.
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	NODE_FUNCTION_ALLOW_BUILTIN: '',
	NODE_FUNCTION_ALLOW_EXTERNAL: '',
	// No node may ask an address of this machine or of its network but the emulator's.
	N8N_SSRF_PROTECTION_ENABLED: 'true',
	N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.1/32',
};

describe('the packed package in a bare n8n with strict settings', () => {
	let folder: string;
	let emulator: Emulator;
	let npm: NpmShim;
	let n8n: N8n;
	let credential: SavedCredential;

	const data = (other: IDataObject = {}) => ({
		...emulatorCredential(emulator.url, DEMO_ACCOUNT),
		...(other as Record<string, string>),
	});

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'twin24-strict-'));
		emulator = await startEmulator({ calls: 60 });
		npm = await npmShim();
		await npm.publish(VERSION, await repack(await packPackage(folder), VERSION, folder));
		n8n = await startN8n({ install: 'nothing', env: { ...npm.env, ...STRICT } });
		await n8n.client.rest('POST', '/community-packages', { name: NAME });
		credential = await n8n.client.saveCredential('TWIN24', CREDENTIAL_TYPE, data());
	}, START_TIMEOUT);

	afterAll(async () => {
		await n8n?.stop();
		await npm?.remove();
		await emulator?.close();
		await rm(folder, { recursive: true, force: true });
	});

	const run = async (parameters: IDataObject) => {
		const workflow = await n8n.client.importWorkflow(
			callsWorkflow('Strict', credential, parameters),
		);
		return await n8n.client.runWorkflow(workflow);
	};

	test('is installed by n8n itself, and brings no other package', async () => {
		const [{ installedVersion, installedNodes }] = await n8n.client.rest<
			Array<{ installedVersion: string; installedNodes: unknown[] }>
		>('GET', '/community-packages');
		expect(installedVersion).toBe(VERSION);
		expect(installedNodes).toHaveLength(3);
		const packages = await readdir(join(n8n.userFolder, '.n8n', 'nodes', 'node_modules'));
		expect(packages.filter((name) => !name.startsWith('.'))).toEqual([NAME]);
	});

	test('the credential is tested, and a wrong password told', async () => {
		const tested = async (values: object) =>
			await n8n.client.rest<INodeCredentialTestResult>('POST', '/credentials/test', {
				credentials: { ...credential, data: values },
			});
		expect(await tested(data())).toMatchObject({ status: 'OK' });
		expect(await tested(data({ password: 'wrong' }))).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/password/),
		});
	});

	test.each(['searchTasks', 'searchBots'])('the list of %s opens', async (methodName) => {
		const { results } = await n8n.client.rest<INodeListSearchResult>(
			'POST',
			'/dynamic-node-parameters/resource-locator-results',
			{
				path: 'parameters.filters.taskId',
				nodeTypeAndVersion: { name: `${NAME}.twin24Calls`, version: 1 },
				methodName,
				currentNodeParameters: { resource: 'call', operation: 'search' },
				credentials: { [CREDENTIAL_TYPE]: credential },
			},
		);
		expect(results.length).toBeGreaterThan(0);
	});

	test('a search gives its calls, its parameters being expressions', async () => {
		const execution = await run({
			operation: 'search',
			returnAll: '={{ 1 + 1 === 2 }}',
			period: 'custom',
			from: '={{ $now.minus({ years: 20 }).toISO() }}',
			to: '={{ $now.toISO() }}',
			fieldSet: 'selected',
			fields: '={{ ["id", "phone"] }}',
		});
		expect(execution.data.resultData.error).toBeUndefined();
		expect(itemsOf(execution, CALLS)).toHaveLength(60);
	});

	test('files and recordings are stored', async () => {
		const csv = await run({ operation: 'search', period: 'allTime', output: 'csv' });
		expect(csv.status).toBe('success');
		const recorded = emulator.table.all().find(({ recordPath }) => recordPath !== null)!;
		const recording = await run({
			operation: 'getRecording',
			recording: { __rl: true, mode: 'id', value: recorded.id },
		});
		for (const { data: saved, status } of [csv, recording]) {
			expect(status).toBe('success');
			expect(saved.resultData.runData[CALLS][0].data!.main[0]![0].binary).toHaveProperty('data');
		}
	});
});
