import type { INode } from 'n8n-workflow';

import type { Emulator } from '../../tools/emulator';
import { itemsOf, waitFor, type SavedCredential, type WorkflowFile } from '../../tools/n8n-host';
import type { N8n } from '../../tools/n8n-host/start-n8n';
import { CALLS, callsWorkflow } from '../../tools/n8n-host/calls-workflow';
import { Stage } from './support/stage';

const FROM = '2026-06-01T00:00:00Z';
const TO = '2026-07-01T00:00:00Z';
const START_TIMEOUT = 25 * 60_000;
const MINUTES = 60_000;

const search = {
	resource: 'call',
	operation: 'search',
	returnAll: true,
	period: 'custom',
	from: FROM,
	to: TO,
};

describe('searches of many calls in a real n8n', () => {
	let stage: Stage;
	let emulator: Emulator;
	let n8n: N8n;
	let credential: SavedCredential;

	beforeAll(async () => {
		stage = await Stage.open({ calls: 90_000, data: { from: FROM, to: TO } });
		({ emulator, n8n, credential } = stage);
	}, START_TIMEOUT);

	afterAll(async () => {
		await stage?.close();
	});

	beforeEach(() => emulator.reset());

	const start = async (
		parameters: Parameters<typeof callsWorkflow>[2],
		change = (file: WorkflowFile) => file,
	) => {
		const workflow = change(callsWorkflow('Many calls', credential, parameters));
		return await n8n.client.startWorkflow(await n8n.client.importWorkflow(workflow));
	};

	const few = { fieldSet: 'selected', fields: ['id'] };

	test(
		'90,000 calls come through the cap of 50,000, each once, though the token expires in mid-run',
		async () => {
			emulator.faults.beforePage(({ number }) => {
				if (number === 30) emulator.revokeTokens();
			});
			const execution = await n8n.client.executionEnd(
				await start({ ...search, ...few }),
				5 * MINUTES,
			);
			expect(execution.data.resultData.error).toBeUndefined();
			const found = itemsOf<{ id: string }>(execution, CALLS).map(({ id }) => id);
			const there = emulator.table.all().map(({ id }) => id);
			expect(found).toHaveLength(there.length);
			expect([...found].sort()).toEqual([...there].sort());
			expect(emulator.log.count('calls')).toBeLessThanOrEqual(110);
			expect(emulator.log.count('auth')).toBeLessThanOrEqual(2);
		},
		6 * MINUTES,
	);

	test(
		'the stop button ends a search and its requests',
		async () => {
			emulator.faults.add({ service: 'calls', kind: 'latency', ms: 300 });
			const id = await start({ ...search, ...few });
			await waitFor('the first pages', MINUTES, async () =>
				emulator.log.count('calls') >= 5 ? true : undefined,
			);
			await n8n.client.stopExecution(id);
			const execution = await n8n.client.executionEnd(id);
			expect(execution.status).toBe('canceled');
			const asked = emulator.log.count('calls');
			// Whatever was under way when it was stopped ends, and nothing follows.
			await waitFor('the last answers', MINUTES, async () =>
				emulator.log.entries.every(({ ms }) => ms > 0) ? true : undefined,
			);
			expect(emulator.log.count('calls')).toBeLessThanOrEqual(asked + 4);
			expect(asked).toBeLessThan(60);
		},
		2 * MINUTES,
	);

	test(
		'40 input items at once keep to the requests allowed',
		async () => {
			emulator.faults.add({ service: 'calls', kind: 'latency', ms: 10 });
			const parameters = {
				...search,
				returnAll: false,
				limit: 3,
				...few,
				options: { parallelRequests: 3, offset: '={{ $itemIndex }}' },
			};
			const forty: INode = {
				id: 'forty',
				name: 'Forty',
				type: 'n8n-nodes-base.code',
				typeVersion: 2,
				position: [100, 0],
				parameters: {
					jsCode: 'return Array.from({ length: 40 }, (_, index) => ({ json: { index } }));',
				},
			};
			const change = (file: WorkflowFile): WorkflowFile => {
				const [trigger] = file.nodes;
				const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
				return {
					...file,
					nodes: [...file.nodes, forty],
					connections: { [trigger.name]: to(forty.name), [forty.name]: to(CALLS) },
				};
			};
			const execution = await n8n.client.executionEnd(await start(parameters, change), 2 * MINUTES);
			expect(execution.data.resultData.error).toBeUndefined();
			expect(itemsOf(execution, CALLS)).toHaveLength(120);
			expect(emulator.log.maxInFlight('calls')).toBe(3);
		},
		3 * MINUTES,
	);
});
