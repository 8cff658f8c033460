import type { INode } from 'n8n-workflow';

import { DEMO_ACCOUNT, startEmulator, type Emulator } from '../../tools/emulator';
import {
	CREDENTIAL_TYPE,
	emulatorCredential,
	itemsOf,
	type Execution,
	type SavedCredential,
	type WorkflowFile,
} from '../../tools/n8n-host';
import { SIMPLIFIED_FIELDS } from '../../nodes/Twin24/report/catalogue';
import { startFakeModel, type FakeModel } from './support/fake-model';
import { startN8n, type N8n } from '../../tools/n8n-host/start-n8n';

/** The first installation of n8n is part of it. */
const START_TIMEOUT = 25 * 60_000;

const TRIGGER = 'When clicking ‘Execute workflow’';
const FROM = '2024-03-01T00:00:00Z';
const TO = '2024-03-08T00:00:00Z';

describe('an AI agent', () => {
	let emulator: Emulator;
	let model: FakeModel;
	let n8n: N8n;
	let twin24: SavedCredential;
	let openAi: SavedCredential;

	beforeAll(async () => {
		emulator = await startEmulator({ calls: 40, data: { from: FROM, to: TO } });
		model = await startFakeModel();
		n8n = await startN8n({ install: 'dist' });
		twin24 = await n8n.client.saveCredential(
			'TWIN24',
			CREDENTIAL_TYPE,
			emulatorCredential(emulator.url, DEMO_ACCOUNT),
		);
		openAi = await n8n.client.saveCredential('Model', 'openAiApi', {
			apiKey: 'none',
			url: model.url,
		});
	}, START_TIMEOUT);

	afterAll(async () => {
		await n8n?.stop();
		await model?.close();
		await emulator?.close();
	});

	beforeEach(() => {
		model.requests.length = 0;
		emulator.log.clear();
	});

	/** An agent with one tool: the node with these parameters. */
	const agentWith = (parameters: INode['parameters']): WorkflowFile => ({
		name: 'Agent',
		nodes: [
			node(TRIGGER, 'n8n-nodes-base.manualTrigger', 1, {}),
			// Version 3 of n8n 2.41.1 tells the model nothing of what a tool answered, n8n's own tools included.
			node('AI Agent', '@n8n/n8n-nodes-langchain.agent', 2.2, {
				promptType: 'define',
				text: 'Who was called?',
				options: {},
			}),
			{
				...node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, {
					model: { mode: 'id', value: 'fake' },
					options: {},
				}),
				credentials: { openAiApi: openAi },
			},
			{
				...node('Calls', 'n8n-nodes-twin24.twin24CallsTool', 1, {
					resource: 'call',
					...parameters,
				}),
				credentials: { [CREDENTIAL_TYPE]: twin24 },
			},
		],
		connections: {
			[TRIGGER]: { main: [[{ node: 'AI Agent', type: 'main', index: 0 }]] },
			Model: { ai_languageModel: [[{ node: 'AI Agent', type: 'ai_languageModel', index: 0 }]] },
			Calls: { ai_tool: [[{ node: 'AI Agent', type: 'ai_tool', index: 0 }]] },
		},
	});

	/** Lets the agent run to its end. */
	const ask = async (parameters: INode['parameters'], args: object) => {
		model.args = args;
		return await n8n.client.runWorkflow(await n8n.client.importWorkflow(agentWith(parameters)));
	};

	/** The calls that the tool answered the model. */
	const answered = (execution: Execution) => {
		expect(execution.data.resultData.error?.message).toBeUndefined();
		expect(itemsOf(execution, 'AI Agent')).toEqual([{ output: 'Done' }]);
		return callsIn(
			model.requests.at(-1)?.messages.find(({ role }) => role === 'tool')?.content ?? '',
		);
	};

	it('searches with the period and limit of its own choice, and gets simplified calls', async () => {
		const execution = await ask(
			{
				operation: 'search',
				limit: "={{ $fromAI('limit', 'How many calls', 'number') }}",
				period: 'custom',
				from: "={{ $fromAI('from', 'Begin of the period, ISO 8601', 'string') }}",
				to: "={{ $fromAI('to', 'End of the period, ISO 8601', 'string') }}",
			},
			{ limit: 3, from: FROM, to: TO },
		);

		expect(
			Object.keys(
				(model.requests[0].tools?.[0].function.parameters as { properties: object }).properties,
			).sort(),
		).toEqual(['from', 'limit', 'to']);
		const calls = answered(execution);
		expect(calls).toHaveLength(3);
		for (const call of calls)
			expect(Object.keys(call).sort()).toEqual([...SIMPLIFIED_FIELDS].sort());
	});

	it('chooses one of the periods by an expression in Period', async () => {
		const execution = await ask(
			{
				operation: 'search',
				period: "={{ $fromAI('period', 'One of last7Days, allTime', 'string') }}",
			},
			// All calls here are older than the week that Period is preset to.
			{ period: 'allTime' },
		);

		const found = answered(execution).map(({ id }) => id);
		expect(found.sort()).toEqual(
			emulator.table
				.all()
				.map(({ id }) => id)
				.sort(),
		);
	});

	it('gets one call by an ID that it knows', async () => {
		const [call] = emulator.table.all();
		const execution = await ask(
			{ operation: 'get', callId: "={{ $fromAI('id', 'ID of the call', 'string') }}" },
			{ id: call.id },
		);

		expect(answered(execution)).toEqual([
			expect.objectContaining({ id: call.id, phone: call.phone }),
		]);
	});

	it('that gives nonsense makes no request, and the run says in plain words why', async () => {
		const execution = await ask(
			{ operation: 'get', callId: "={{ $fromAI('id', 'ID of the call', 'string') }}" },
			{ id: 'the last one' },
		);

		expect(execution.data.resultData.runData.Calls[0].error?.message).toContain(
			'"Call ID" is not an ID',
		);
		expect(emulator.log.count('calls')).toBe(0);
	});
});

/** What a tool answers: a list of items, with or without n8n's wrapping. */
function callsIn(answer: string): Array<Record<string, unknown>> {
	const parsed = JSON.parse(answer) as unknown;
	const list = (
		Array.isArray(parsed) ? parsed : (parsed as { response: unknown[] }).response
	) as Array<Record<string, unknown>>;
	return list.map((item) => (item.json ?? item) as Record<string, unknown>);
}

const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: INode['parameters'],
): INode => ({
	id: name,
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
});
