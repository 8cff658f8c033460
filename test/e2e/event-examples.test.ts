/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the example files, never published */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import type { Call, Emulator } from '../../tools/emulator';
import {
	itemsOf,
	REPOSITORY,
	waitFor,
	type Execution,
	type WorkflowFile,
} from '../../tools/n8n-host';
import type { N8n } from '../../tools/n8n-host/start-n8n';
import { Stage } from './support/stage';
import { startStandIn, type StandIn } from './support/stand-in';
import { watchBeganAt } from './support/watch';

/** The first installation of n8n is part of it. */
const START_TIMEOUT = 25 * 60_000;

/** n8n polls once a minute at most; the rest is for a busy machine. */
const TIMEOUT = 150_000;

const CRM = 'https://crm.example.com';

/** What the CRM has taken. */
interface Saved {
	method: string;
	path: string;
	lead: IDataObject;
}

describe('an example that starts with an event', () => {
	let stage: Stage;
	let emulator: Emulator;
	let n8n: N8n;
	let crm: StandIn;
	let saved: Saved[] = [];
	/** The ID of a call whose lead the CRM does not take. */
	let refused: string | undefined;

	beforeAll(async () => {
		stage = await Stage.open({ calls: 20 });
		({ emulator, n8n } = stage);
		crm = await startStandIn(({ method, path, body }) => {
			if (refused !== undefined && path.endsWith(refused)) return { status: 503, json: {} };
			saved.push({ method, path, lead: JSON.parse(body) });
			return { json: {} };
		});
	}, START_TIMEOUT);

	afterAll(async () => {
		await crm?.close();
		await stage?.close();
	});

	/** An example, published. */
	interface Published {
		id: string;
		/** Its Production URL. */
		url: string;
	}

	/** An example, with the CRM at hand. */
	const read = (name: string): WorkflowFile => {
		const text = readFileSync(join(REPOSITORY, 'examples', name), 'utf8');
		return JSON.parse(text.replace(CRM, crm.url)) as WorkflowFile;
	};

	/** Imports an example as the editor does, with polls as often as n8n allows, and publishes it. */
	const publish = async (name: string, webhookId: string): Promise<Published> => {
		const file = read(name);
		const nodes = file.nodes.map((node) => {
			if (node.type.endsWith('.twin24EventsTrigger')) return { ...node, webhookId };
			if (!node.type.endsWith('.twin24CallsTrigger')) return node;
			const pollTimes = { item: [{ mode: 'everyMinute' }] };
			return { ...node, parameters: { ...node.parameters, pollTimes } };
		});
		const id = await n8n.client.importWorkflow({ ...file, nodes }, [stage.credential]);
		await n8n.client.publishWorkflow(id);
		const url = `${n8n.url}/webhook/${webhookId}/events`;
		// n8n publishes in its own time. What tells of no event starts nothing.
		await waitFor('the webhook', TIMEOUT, async () => {
			const { status } = await fetch(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json', connection: 'close' },
				body: '{}',
			});
			return status === 200;
		});
		for (const { id: key } of nodes.filter(({ type }) => type.endsWith('.twin24CallsTrigger')))
			await waitFor('the activation', TIMEOUT, async () => await watchBeganAt(n8n, id, key));
		return { id, url };
	};

	/** All executions of a workflow so far, each waited for. */
	const executionsOf = async ({ id }: Published): Promise<Execution[]> => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
		const { results } = await n8n.client.rest<{ results: Array<{ id: string }> }>(
			'GET',
			`/executions?limit=100&filter=${filter}`,
		);
		expect(results.length).toBeLessThan(100);
		return await Promise.all(results.map(async (one) => await n8n.client.executionEnd(one.id)));
	};

	/** Waits until a trigger has given out each of these calls. @returns the executions in which it did, in their order */
	const executionsWith = async (example: Published, trigger: string, calls: Call[]) =>
		await waitFor(`${trigger} with the calls`, TIMEOUT, async () => {
			const executions = await executionsOf(example);
			const found = calls.map(({ id }) =>
				executions.find((execution) =>
					itemsOf<{ id?: string; callId?: string }>(execution, trigger).some(
						(item) => (item.callId ?? item.id) === id,
					),
				),
			);
			return found.every((execution) => execution !== undefined) && found;
		});

	/** An answered call that no webhook tells of. */
	const quietCall = (): Call => {
		const { table } = emulator;
		const [call] = table.insert(table.draft(new Date(), { status: 'ANSWERED', isFinished: true }));
		return call;
	};

	/** Its end, as an event that says something else of it. */
	const eventOf = ({ id, taskId }: Call) => ({
		event: 'CALL_ENDED',
		id,
		taskId,
		callTo: '79999999999',
		status: 'ANSWERED',
		result: { confirmation: 'of the event' },
	});

	/** The lead that a salesperson expects of a call: what the report says. */
	const leadOf = (call: Call): Saved => ({
		method: 'PUT',
		path: `/api/leads/${call.id}`,
		lead: {
			source: 'TWIN24',
			call_id: call.id,
			client_id: call.externalId,
			phone: `+${call.phone}`,
			title: call.dialogResults ?? `Call of ${call.startedAt}`,
			task: call.taskName,
			duration_seconds: call.duration,
			recording: call.recordPath,
			transcript: call.messagesAsString,
		},
	});

	beforeEach(() => {
		saved = [];
		refused = undefined;
		emulator.reset();
	});

	describe('event to CRM', () => {
		let example: Published;

		beforeAll(async () => {
			example = await publish('event-to-crm.json', '2f4a0f8e-8f0b-4a53-9d7c-3c3b1b0e7a21');
		}, TIMEOUT);

		beforeEach(() => {
			emulator.tasks[0].settings.webhookUrls = [example.url];
		});

		test('makes one lead of an answered call, though its event comes twice, and none of another', async () => {
			emulator.readings.hookTimes = 'twice';
			const calls = ['ANSWERED', 'BUSY'].map((status) =>
				emulator.makeCall({ status, phone: '79000000001', externalId: `lead ${status}` }),
			);
			await emulator.webhooks.settled();
			await executionsWith(example, 'Call Ended', calls);
			expect(saved).toEqual([leadOf(calls[0])]);
			expect(await executionsOf(example)).toHaveLength(calls.length);
		});

		test('waits for a call that is not in the report yet', async () => {
			const call = emulator.makeCall({ status: 'ANSWERED' });
			emulator.table.remove(call.id);
			await waitFor('the first look', TIMEOUT, () => emulator.log.count('calls') > 0);
			emulator.table.insert(call);
			await executionsWith(example, 'Call Ended', [call]);
			expect(saved).toEqual([leadOf(call)]);
		});

		test('believes the report, whatever the event says', async () => {
			const call = quietCall();
			emulator.webhooks.send([{ url: example.url, body: eventOf(call) }]);
			await executionsWith(example, 'Call Ended', [call]);
			expect(saved).toEqual([leadOf(call)]);
		});
	});

	describe('events with a safety net', () => {
		const NAME = 'events-with-safety-net.json';

		/** Calls that ended at once, each with its event. */
		let busy: Call[];
		/** A call whose event never came until it was caught up. */
		let quiet: Call;
		/** A call whose lead the CRM did not take at its event. */
		let unlucky: Call;
		/** What became of its event. */
		let failed: Execution | undefined;
		/** What the CRM had after the events, after the poll, and after the late event. */
		let afterEvents: Saved[];
		let afterPoll: Saved[];
		let afterLateEvent: Saved[];

		// One evening for all tests: n8n polls once a minute.
		beforeAll(async () => {
			emulator.reset();
			const example = await publish(NAME, '2f4a0f8e-8f0b-4a53-9d7c-3c3b1b0e7a22');
			// The next poll is most of a minute away then.
			emulator.log.clear();
			await waitFor('a poll', TIMEOUT, () => emulator.log.count('calls') > 0);

			saved = [];
			emulator.tasks[0].settings.webhookUrls = [example.url];
			const made = { status: 'ANSWERED', taskId: emulator.tasks[0].id };
			busy = Array.from({ length: 40 }, () => emulator.makeCall(made));
			unlucky = emulator.makeCall(made);
			refused = unlucky.id;
			quiet = quietCall();
			[failed] = await executionsWith(example, 'Call Ended', [unlucky, ...busy]);
			afterEvents = [...saved];

			refused = undefined;
			await executionsWith(example, 'Call in the Report', [unlucky, quiet, ...busy]);
			afterPoll = [...saved];

			emulator.webhooks.send([{ url: example.url, body: eventOf(quiet) }]);
			await executionsWith(example, 'Call Ended', [quiet]);
			afterLateEvent = [...saved];
		}, 600_000);

		const inOrder = (leads: Saved[]) => [...leads].sort((a, b) => a.path.localeCompare(b.path));
		const leadsOf = (calls: Call[]) => inOrder(calls.map(leadOf));

		test('saves each of many calls that end at once by its event', () => {
			expect(inOrder(afterEvents)).toEqual(leadsOf(busy));
		});

		test('saves none of them again when the poll finds it, but what was not saved yet', () => {
			expect(inOrder(afterPoll)).toEqual(leadsOf([...busy, quiet, unlucky]));
		});

		test('catches up a call whose event never came, and saves it once though the event comes late', () => {
			expect(afterEvents).not.toContainEqual(leadOf(quiet));
			expect(afterPoll).toContainEqual(leadOf(quiet));
			expect(afterLateEvent).toEqual(afterPoll);
		});

		test('shows a lead that the CRM did not take as a failed execution, and catches it up', () => {
			expect(failed!.status).toBe('error');
			expect(afterEvents).not.toContainEqual(leadOf(unlucky));
			expect(afterPoll).toContainEqual(leadOf(unlucky));
		});

		test('forgets by itself which calls were saved long ago', async () => {
			const call = quietCall();
			const file = JSON.parse(JSON.stringify(read(NAME)).replace('{ days: 7 }', '{}'));
			const id = await n8n.client.importWorkflow(file as WorkflowFile, [stage.credential]);
			const run = async () =>
				await n8n.client.executionEnd(await n8n.client.startWorkflow(id, 'Call in the Report'));
			expect((await run()).data.resultData.error).toBeUndefined();
			expect(saved).toEqual([leadOf(call)]);
			const forgotten = itemsOf<{ callId: string }>(await run(), 'Forget after a Week');
			expect(forgotten.map(({ callId }) => callId)).toContain(call.id);
		}, 600_000);
	});
});
