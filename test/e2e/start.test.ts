/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- the login of an n8n that lives as long as the test */
import type { INode } from 'n8n-workflow';

import { DEMO_ACCOUNT, startEmulator, type Emulator } from '../../tools/emulator';
import { startBrowser } from '../../tools/n8n-editor/browser';
import { openContext, walk } from '../../tools/n8n-editor/walk';
import { CREDENTIAL_TYPE, itemsOf, waitFor, type Execution } from '../../tools/n8n-host';
import { startN8n, type N8n } from '../../tools/n8n-host/start-n8n';
import { readExamples, SEARCH_NODE, type Examples } from '../../tools/scripts/start/example';
import { CREDENTIAL_NAME, LOGIN, setUp } from '../../tools/scripts/start/set-up';
import { demoCredential, emulatedBy } from '../../tools/scripts/start/twin24';

/** The first installation of n8n is part of it. */
const START_TIMEOUT = 25 * 60_000;

const CALL_COUNT = 300;

/** n8n polls once a minute. */
const POLL_TIMEOUT = 150_000;

/** A node of the package that a person runs by its "Execute step". */
const isStep = ({ type }: INode) => type === 'n8n-nodes-twin24.twin24Calls';

describe('the n8n that npm start shows', () => {
	let emulator: Emulator;
	let n8n: N8n;
	let examples: Examples;

	const start = async () => await setUp(n8n.url, demoCredential(emulator.url), examples);

	beforeAll(async () => {
		emulator = await startEmulator({ calls: CALL_COUNT });
		examples = await readExamples({ emulated: emulatedBy(emulator) });
		n8n = await startN8n({ install: 'dist', owner: LOGIN });
	}, START_TIMEOUT);

	afterAll(async () => {
		await n8n?.stop();
		await emulator?.close();
	});

	it('imports every example, and its search finds all calls', async () => {
		const { client, search, isSearchOurs, imported, leftAlone } = await start();
		expect({ isSearchOurs, imported, leftAlone }).toEqual({
			isSearchOurs: true,
			imported: examples.all.length,
			leftAlone: [],
		});
		const execution = await client!.runWorkflow(search!);
		expect(execution.data.resultData.error).toBeUndefined();
		expect(itemsOf(execution, SEARCH_NODE)).toHaveLength(CALL_COUNT);
	});

	it('runs every TWIN24 step of every example, though other services have no credentials', async () => {
		await start();
		const failures: string[] = [];
		let steps = 0;
		for (const { name, nodes } of examples.all) {
			const id = (await n8n.client.findWorkflow(name))!;
			for (const step of nodes.filter(isStep)) {
				steps++;
				const error = await executeStep(id, nodes, step.name).then(
					({ data }) => data.resultData.error?.message,
					(refused: Error) => refused.message,
				);
				if (error) failures.push(`${name}, ${step.name}: ${error}`);
			}
		}
		expect(failures).toEqual([]);
		expect(steps).toBeGreaterThanOrEqual(examples.all.length - 3);
	}, 600_000);

	/** What "Execute step" does. */
	const executeStep = async (id: string, nodes: INode[], step: string): Promise<Execution> => {
		const trigger = nodes.find(({ type }) => /trigger/i.test(type))!;
		const { executionId } = await n8n.client.rest<{ executionId: string }>(
			'POST',
			`/workflows/${id}/run`,
			{
				destinationNode: { nodeName: step, mode: 'inclusive' },
				triggerToStartFrom: { name: trigger.name },
			},
		);
		return await n8n.client.executionEnd(executionId);
	};

	it('leaves the examples as they are at a second start, with the credential at the new address', async () => {
		await start();
		const moved = await startEmulator({ calls: 1 });
		const { client, search, isSearchOurs, imported, leftAlone } = await setUp(
			n8n.url,
			demoCredential(moved.url),
			examples,
		);
		expect({ isSearchOurs, imported, leftAlone }).toEqual({
			isSearchOurs: true,
			imported: 0,
			leftAlone: [],
		});
		expect(itemsOf(await client!.runWorkflow(search!), SEARCH_NODE)).toHaveLength(1);
		await moved.close();
		await start();
	});

	it('lets a call be watched as it arrives, step by step as docs/trigger.md says', async () => {
		await start();
		const browser = await startBrowser();
		const context = await openContext(browser, n8n);
		const watching = walk(context, n8n, 'call-arrives', async (editor) => {
			const details = await editor.newTrigger('Twin24 Calls', 'On call finished');
			await details.execute();
			await details.outputCount.waitFor();
			await details.close();
			await editor.publish();
			await editor.openExecutions();

			const { phone } = emulator.makeCall({ status: 'ANSWERED', phone: '79990000000' });
			const arrived = await waitFor('the call', POLL_TIMEOUT, async () => {
				const { results } = await n8n.client.rest<{ results: Array<{ id: string; mode: string }> }>(
					'GET',
					'/executions?limit=100',
				);
				return results.find(({ mode }) => mode === 'trigger')?.id;
			});
			const execution = await n8n.client.executionEnd(arrived);
			expect(itemsOf(execution, 'Twin24 Calls Trigger')).toEqual([
				expect.objectContaining({ phone, status: 'ANSWERED' }),
			]);
			await editor.seesExecution(arrived);
			await editor.picture('call-arrived');
			const call = await editor.openNode('Twin24 Calls Trigger');
			await call.output.getByText(phone).waitFor();
		});
		await watching.finally(async () => await browser.close());
	}, 300_000);

	describe('once somebody has worked in it', () => {
		it('keeps a workflow that was changed, and says so', async () => {
			const { search } = await start();
			const there = await n8n.client.rest<{ nodes: INode[]; versionId: string }>(
				'GET',
				`/workflows/${search}`,
			);
			const nodes = there.nodes.map((node) =>
				isStep(node) ? { ...node, parameters: { ...node.parameters, period: 'today' } } : node,
			);
			await n8n.client.rest('PATCH', `/workflows/${search}`, {
				nodes,
				versionId: there.versionId,
			});

			const again = await start();
			expect(again).toMatchObject({
				isSearchOurs: false,
				imported: 0,
				leftAlone: ['workflow "TWIN24: search calls"'],
			});
			const kept = await n8n.client.rest<{ nodes: INode[] }>('GET', `/workflows/${search}`);
			expect(kept.nodes.find(isStep)!.parameters.period).toBe('today');
		});

		it('keeps a credential that holds another account, and says so', async () => {
			await n8n.client.saveCredential(CREDENTIAL_NAME, CREDENTIAL_TYPE, {
				email: 'me@example.com',
				password: 'my own',
				customUrls: true,
				hostUrl: emulator.url,
			});
			const { leftAlone, isSearchOurs } = await start();
			expect(leftAlone).toContain('credential "TWIN24 API"');
			expect(isSearchOurs).toBe(false);
			const [{ id }] = await n8n.client.rest<Array<{ id: string }>>('GET', '/credentials');
			const { data } = await n8n.client.rest<{ data: { email: string } }>(
				'GET',
				`/credentials/${id}?includeData=true`,
			);
			expect(data.email).toBe('me@example.com');
		});

		it('keeps everything when the owner has another password', async () => {
			await n8n.client.rest('PATCH', '/me/password', {
				currentPassword: LOGIN.password,
				newPassword: 'My-own-password-1',
			});
			expect(await start()).toEqual({ isSearchOurs: false, imported: 0, leftAlone: [] });
		});
	});

	it('has logins that nobody mixes up', () => {
		const domain = (email: string) => email.split('@')[1];
		expect(domain(LOGIN.email)).not.toBe(domain(DEMO_ACCOUNT.email));
		expect(LOGIN.email.split('@')[0]).not.toBe(DEMO_ACCOUNT.email.split('@')[0]);
	});
});
