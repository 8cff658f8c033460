/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads an example file, never published */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DateTime } from 'luxon';

import type { NewCall } from '../../tools/emulator';
import {
	chain,
	itemsOf,
	MANUAL_TRIGGER,
	REPOSITORY,
	workflowNode,
	type Execution,
	type SavedCredential,
	type WorkflowFile,
} from '../../tools/n8n-host';
import { startFakeModel, type FakeModel, type ModelAnswer } from './support/fake-model';
import { Stage } from './support/stage';

/** The first installation of n8n is part of it. */
const START_TIMEOUT = 25 * 60_000;

const EXAMPLE = JSON.parse(
	readFileSync(join(REPOSITORY, 'examples', 'analyse-transcripts.json'), 'utf8'),
) as WorkflowFile;

interface Analysis {
	interest: string;
	refusalReason: string;
	nextStep: string;
	summary: string;
}
type AnalysisRow = Analysis & { callId: string; phone: string; result: string; calledAt: string };
interface LookRow {
	callId: string;
	phone: string;
	problem: string;
	answer: string;
	recording: string;
}

/** What the client of a call says, by which the model knows the call: requests come in no order. */
const saidBy = (client: string) => `меня зовут ${client}, я слушаю`;

const said = (analysis: Partial<Analysis>): ModelAnswer => ({
	content: JSON.stringify({
		interest: 'yes',
		refusalReason: '',
		nextStep: '',
		summary: 'The client asked for the price list.',
		...analysis,
	}),
});
const good = (number: number): Analysis => ({
	interest: ['yes', 'no', 'call back'][number % 3],
	refusalReason: `reason ${number}`,
	nextStep: `step ${number}`,
	summary: `summary ${number}`,
});

const GOOD = [0, 1, 2, 3, 4, 5, 6].map((number) => ({
	client: `Good-${number}`,
	answer: said(good(number)),
	analysis: good(number),
}));

const BAD = [
	{
		client: 'Refused',
		answer: { error: 'the model is overloaded' },
		problem: /^the model gave no answer: \S/,
	},
	{
		client: 'Undecided',
		answer: said({ interest: 'maybe' }),
		problem: /^interest is "maybe", not one of: yes, no, call back$/,
	},
	{ client: 'Silent', answer: said({ summary: ' ' }), problem: /^there is no summary$/ },
	{
		client: 'Talkative',
		answer: said({ summary: 'a'.repeat(301), nextStep: 'b'.repeat(302) }),
		problem:
			/^nextStep has 302 characters, more than 300; summary has 301 characters, more than 300$/,
	},
];

/** As the model and the calls come: an error in the midst of good answers that are asked for at the same time. */
const CLIENTS = [GOOD[0], BAD[0], GOOD[1], BAD[1], GOOD[2], BAD[2], ...GOOD.slice(3), BAD[3]];

describe('the example that has transcripts analysed', () => {
	let stage: Stage;
	let model: FakeModel;
	const calls = new Map<string, NewCall & { id: string }>();
	const callOf = (client: string) => calls.get(client)!;

	/** What the tables hold after a run, and what the model was asked in it. */
	interface Night {
		execution: Execution;
		analyses: AnalysisRow[];
		look: LookRow[];
		requests: string[];
	}
	/** The model fails at some. */
	let first: Night;
	/** Nothing has changed. */
	let second: Night;
	/** The model does better. */
	let third: Night;

	beforeAll(async () => {
		stage = await Stage.open({ calls: 0 });
		model = await startFakeModel();
		const noon = DateTime.now().setZone('Europe/Moscow').startOf('day').minus({ hours: 12 });
		const call = (minute: number, given: NewCall) => {
			const { table } = stage.emulator;
			const draft = table.draft(noon.plus({ minutes: minute }).toJSDate(), {
				status: 'ANSWERED',
				...given,
			});
			return table.insert([draft])[0];
		};
		CLIENTS.forEach(({ client }, minute) =>
			calls.set(
				client,
				call(minute, {
					phone: `790012345${String(minute).padStart(2, '0')}`,
					messagesAsString: `Робот: Ало\nЧеловек: ${saidBy(client)}, мой номер +7 (999) 765-43-21`,
				}),
			),
		);
		// None of these is asked for.
		call(30, { messagesAsString: null });
		call(31, { messagesAsString: ' \n' });
		call(32, { status: 'BUSY', messagesAsString: 'Робот: Ало' });
		call(-24 * 60, { messagesAsString: 'Робот: Ало' });

		const openAi = await stage.n8n.client.saveCredential('Model', 'openAiApi', {
			apiKey: 'none',
			url: model.url,
		});
		const run = await exampleOf(stage, [stage.credential, openAi]);
		const night = async (answers: Array<{ client: string; answer: ModelAnswer }>) => {
			model.requests.length = 0;
			model.answer = ({ messages }) => {
				const text = messages.map(({ content }) => content).join();
				const asked = answers.find(({ client }) => text.includes(saidBy(client)));
				return asked?.answer ?? { error: 'a call that nobody should ask for' };
			};
			const execution = await run();
			return {
				execution,
				analyses: await rowsOf<AnalysisRow>(stage, 'TWIN24 call analyses'),
				look: await rowsOf<LookRow>(stage, 'TWIN24 needs a look'),
				requests: model.requests.map((request) => JSON.stringify(request)),
			};
		};
		first = await night(CLIENTS);
		second = await night(CLIENTS);
		third = await night(CLIENTS.map(({ client }) => ({ client, answer: said({}) })));
	}, START_TIMEOUT);

	afterAll(async () => {
		await model?.close();
		await stage?.close();
	});

	it('runs to its end, though the model fails at a call', () => {
		for (const { execution } of [first, second, third])
			expect(execution.data.resultData.error?.message).toBeUndefined();
	});

	it('gives each call the answer about itself, beside one that failed', () => {
		const expected = GOOD.map(({ client, analysis }) => {
			const { id, phone, dialogResults } = callOf(client);
			return expect.objectContaining({ callId: id, phone, result: dialogResults, ...analysis });
		});
		expect(first.analyses).toHaveLength(GOOD.length);
		expect(first.analyses).toEqual(expect.arrayContaining(expected));
	});

	it.each(BAD)(
		'writes no analysis of $client, and says why it needs a look',
		({ client, problem }) => {
			const { id, phone, recordPath } = callOf(client);
			expect(first.analyses.map(({ callId }) => callId)).not.toContain(id);
			expect(first.look.filter(({ callId }) => callId === id)).toEqual([
				expect.objectContaining({
					phone,
					recording: recordPath,
					problem: expect.stringMatching(problem),
				}),
			]);
		},
	);

	it('keeps what the model said, for the person who looks', () => {
		const { id } = callOf('Undecided');
		expect(first.look.find(({ callId }) => callId === id)!.answer).toContain('"maybe"');
	});

	it('asks once for each answered call with a transcript, and for nothing else', () => {
		expect(first.requests).toHaveLength(CLIENTS.length);
		for (const { client } of CLIENTS)
			expect(first.requests.filter((request) => request.includes(saidBy(client)))).toHaveLength(1);
	});

	it('tells the model no phone number, neither the call’s nor one in the transcript', () => {
		for (const { client } of CLIENTS) {
			const { phone, id } = callOf(client);
			const asked = first.requests.find((request) => request.includes(saidBy(client)))!;
			expect(asked).not.toContain(phone!.slice(1));
			expect(asked).not.toContain(id);
			expect(asked.replace(/\D/g, '')).not.toContain('9997654321');
		}
	});

	it('has no doubles after a second run, and pays again only for what needs a look', () => {
		const ids = (rows: Array<{ callId: string }>) => rows.map(({ callId }) => callId).sort();
		expect(ids(second.analyses)).toEqual(ids(first.analyses));
		expect(ids(second.look)).toEqual(ids(first.look));
		expect(second.requests).toHaveLength(BAD.length);
	});

	it('moves a call to the analyses once its answer passes', () => {
		expect(third.analyses.map(({ callId }) => callId).sort()).toEqual(
			[...calls.values()].map(({ id }) => id).sort(),
		);
		expect(third.look).toEqual([]);
	});
});

/** Imports the example; the returned function runs it to its end. */
async function exampleOf({ n8n }: Stage, credentials: SavedCredential[]) {
	const id = await n8n.client.importWorkflow(EXAMPLE, credentials);
	return async () => await n8n.client.runWorkflow(id);
}

/** All rows of a data table, as another workflow gets them. */
async function rowsOf<Row>({ n8n }: Stage, table: string): Promise<Row[]> {
	const reader = chain(
		`Read ${table}`,
		workflowNode('Start', MANUAL_TRIGGER),
		workflowNode('Rows', 'n8n-nodes-base.dataTable', {
			typeVersion: 1.1,
			parameters: {
				resource: 'row',
				operation: 'get',
				dataTableId: { __rl: true, mode: 'name', value: table },
				returnAll: true,
			},
		}),
	);
	const id = await n8n.client.importWorkflow(reader);
	const execution = await n8n.client.runWorkflow(id);
	expect(execution.data.resultData.error?.message).toBeUndefined();
	return itemsOf<Row>(execution, 'Rows');
}
