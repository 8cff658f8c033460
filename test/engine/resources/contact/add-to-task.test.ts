import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Fault } from '../../../../tools/emulator';
import type { RunOptions } from '../../../../tools/n8n-engine';
import { DEFAULT_READINGS } from '../../../../tools/emulator/readings';
import { Setting } from '../../support/setting';
import { byId, doneOf, errorsOf, leadParameters, leads, ledgerOf, openTask } from './contacts';

let setting: Setting;
beforeAll(async () => {
	setting = await Setting.open({ calls: 10 });
});
afterAll(async () => await setting.close());
beforeEach(async () => {
	await setting.reset();
	Object.assign(setting.twin24.readings, DEFAULT_READINGS);
});

const add = async (parameters: INodeParameters, options: RunOptions) =>
	await setting.run(
		'addToTask',
		{ ...leadParameters, taskId: byId(openTask(setting)), ...parameters },
		options,
	);
const requests = () => setting.twin24.log.entries.filter(({ service }) => service === 'contacts');
/** Of those whose request was not refused as a whole. */
const expectEachSentOnce = () => {
	for (const times of ledgerOf(setting).timesSent.values()) expect(times).toBe(1);
};
const sent = () => setting.twin24.dialler.ledger().sent;
/** What happens to requests that send people. */
const strike = (fault: Fault) => setting.twin24.faults.add({ service: 'contacts', ...fault });
/** The second request, and no other, is refused. */
const refuseTheSecond = () => strike({ kind: 'status', status: 400, skip: 1, times: 1 });
const inBatchesOf = (batchSize: number, more: INodeParameters = {}): INodeParameters => ({
	options: { batchSize, ...more },
});

describe('people of several items', () => {
	test('go together: 1,000 of them in ten requests, one at a time, in their order', async () => {
		const items = leads(1000);
		const result = await add({}, { items });
		expect(errorsOf(result)).toBe('');
		expect(requests()).toHaveLength(10);
		expect(setting.twin24.log.maxInFlight('contacts')).toBe(1);
		expect(sent().map(({ externalId }) => externalId)).toEqual(items.map(({ id }) => id));
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
	}, 60_000);

	test('go into their tasks, each task by itself, in the order of its items', async () => {
		const [first, second] = setting.twin24.tasks.filter(({ status }) => status === 'PAUSED');
		const items = leads(5).map((lead, index) => ({
			...lead,
			task: index % 2 === 0 ? second.id : first.id,
		}));
		await add({ taskId: byId('={{ $json.task }}') }, { items });
		expect(sent().map(({ taskId, externalId, request }) => [request, taskId, externalId])).toEqual([
			[1, second.id, 'lead-0'],
			[1, second.id, 'lead-2'],
			[1, second.id, 'lead-4'],
			[2, first.id, 'lead-1'],
			[2, first.id, 'lead-3'],
		]);
	});

	test('yield an item each, which says what TWIN24 answered', async () => {
		setting.twin24.readings.batchAnswer = 'identities';
		const taskId = openTask(setting);
		const { items } = await add(
			{ phone: '={{ $json.phone }}, 8 (800) 555-35-35' },
			{ items: leads(1) },
		);
		const [{ id }] = setting.twin24.dialler.candidates;
		expect(items.map(({ json }) => json)).toEqual([
			{
				taskId,
				externalId: 'lead-0',
				phone: '79001000000',
				phones: ['79001000000', '78005553535'],
				contactId: id,
				response: { id: { identity: id } },
			},
		]);
	});
});

describe('a person', () => {
	const candidate = async (parameters: INodeParameters, item = {}) => {
		const result = await add(parameters, { items: leads(1).map((lead) => ({ ...lead, ...item })) });
		expect(errorsOf(result)).toBe('');
		return setting.twin24.dialler.candidates[0];
	};

	test('has variables as text, and callback data as it is, added one by one or as an object', async () => {
		const variables = {
			pair: [
				{ name: 'name', value: 'Ann' },
				{ name: 'sum', value: '={{ 1500 }}' },
			],
			object: [{ object: '={{ $json.more }}' }],
		};
		const callbackData = { object: [{ object: '={{ { deal: $json.more, tags: [1] } }}' }] };
		expect(
			await candidate(
				{ variables, options: { callbackData } },
				{ more: { city: 'Omsk', vip: true } },
			),
		).toMatchObject({
			variables: { name: 'Ann', sum: '1500', city: 'Omsk', vip: 'true' },
			callbackData: { deal: { city: 'Omsk', vip: true }, tags: [1] },
		});
	});

	test.each([
		['Asia/Krasnoyarsk', undefined, 25_200],
		['+07:00', undefined, 25_200],
		['-3:30', undefined, -12_600],
		['UTC', undefined, 0],
		['+7', 'minutes', 420],
	])('in the time zone %s, sent in %s, is %i ahead', async (timezone, timezoneUnit, ahead) => {
		const unit: INodeParameters = timezoneUnit ? { timezoneUnit } : {};
		expect((await candidate({ options: { timezone, ...unit } })).timezone).toBe(ahead);
	});

	test.each([
		['without the option', {}],
		['with nothing in it', { timezone: '={{ $json.none }}' }],
	])('has no time zone %s', async (_how, options) => {
		expect((await candidate({ options })).timezone).toBeNull();
	});
});

describe('the task', () => {
	test('is not started unless the user says so', async () => {
		await add({}, { items: leads(3) });
		expect(setting.twin24.dialler.advance(10)).toEqual([]);
	});

	test('is started once all are in it, if the user says so', async () => {
		await add(inBatchesOf(2, { startTask: true }), { items: leads(5) });
		expect(setting.twin24.dialler.task(openTaskNow())?.status).toBe('PROCESS');
		const dialled = setting.twin24.dialler.advance(10).map(({ externalId }) => externalId);
		expect(dialled.sort()).toEqual(leads(5).map(({ id }) => id));
	});
	const openTaskNow = () => String(sent()[0].taskId);

	test('is not started after a request that failed, and the error says so', async () => {
		strike({ kind: 'status', status: 400, skip: 1 });
		const result = await add(inBatchesOf(2, { startTask: true }), { items: leads(4) });
		expect(errorsOf(result)).toContain('The task was not started by it');
		expect(setting.twin24.dialler.task(openTaskNow())?.status).not.toBe('PROCESS');
	});
});

describe('nothing at all is sent', () => {
	const [one, two, three] = leads(3);

	test.each([
		[
			'a wrong phone',
			[one, { ...two, phone: '12' }, three],
			/^Item 1: "Phone" is not a phone number: "12"/,
		],
		['no phone', [one, { ...two, phone: null }], /^Item 1: "Phone" is empty/],
		['no external ID', [{ ...one, id: ' ' }, two], /^Item 0: "External ID" is empty/],
		[
			'a NUL character in an external ID',
			[one, { ...two, id: 'a\0b' }],
			/^Item 1: "External ID" has a NUL character in it/,
		],
		[
			'two equal external IDs',
			[one, two, { ...three, id: one.id }],
			/^Item 2: "External ID" "lead-0" is given twice: by item 0 and by item 2/,
		],
		[
			'the same phone twice',
			[one, two, { ...three, phone: '8 900 100 00 01' }],
			/^Item 2: "Phone" 79001000001 is given twice for .*: by item 1 and by item 2/,
		],
	])('when one item has %s', async (_what, items, message) => {
		const result = await add({}, { items });
		expect(errorsOf(result)).toMatch(message);
		expect(errorsOf(result)).toContain('Nothing was sent to TWIN24');
		expect(requests()).toEqual([]);
	});

	test('when n8n gave up an item before it came to the node', async () => {
		const gaveUp = { requestOptions: { proxy: 'not a proxy' } };
		// Said by n8n, with a slip of the pen in 1.118 and 2.0.
		expect(errorsOf(await add(gaveUp, { items: leads(3) }))).toMatch(
			/^The proxy is not val(id|ue)/,
		);
		const throws = '={{ $json.id === "lead-2" ? $("Nobody").item.json.id : "" }}';
		const result = await add(
			{ variables: { pair: [{ name: 'x', value: throws }] } },
			{ items: leads(3) },
		);
		expect(result.error).toBeDefined();
		// n8n waits for nobody then: what comes after shows that nothing was under way.
		await add({}, { items: leads(1, 50) });
		expect(sent().map(({ externalId }) => externalId)).toEqual(['lead-50']);
	});

	test.each<[string, INodeParameters, RegExp]>([
		['a batch of none', { options: { batchSize: 0 } }, /"Batch Size" is 0/],
		['a batch of 1,001', { options: { batchSize: 1001 } }, /"Batch Size" is 1001/],
		[
			'a bare number as time zone',
			{ options: { timezone: '={{ 7 }}' } },
			/"Timezone of the Person" is not a time zone: 7/,
		],
		[
			'an unknown time zone',
			{ options: { timezone: 'Mars/Base' } },
			/is not a time zone: "Mars\/Base"/,
		],
		[
			'a time zone that is none',
			{ options: { timezone: '+25:00' } },
			/is not a time zone: "\+25:00"/,
		],
		[
			'nested variables',
			{ variables: { object: [{ object: '={{ { a: { b: 1 } } }}' }] } },
			/"Variables" has no plain value for "a"/,
		],
		[
			'a variable twice',
			{
				variables: {
					pair: [
						{ name: 'a', value: '1' },
						{ name: 'a', value: '2' },
					],
				},
			},
			/"Variables" has the name "a" twice/,
		],
		[
			'a variable without a name',
			{ variables: { pair: [{ name: '', value: '1' }] } },
			/"Variables" has a value without a name/,
		],
		['a task by its name', { taskId: byId('June') }, /"Task" is not an ID: "June"/],
		[
			'options as one expression',
			{ options: '={{ { batchSize: 1 } }}' },
			/"Options" is given as one expression/,
		],
	])('of %s', async (_what, parameters, message) => {
		expect(errorsOf(await add(parameters, { items: leads(2) }))).toMatch(message);
		expect(requests()).toEqual([]);
	});
});

describe('with On Error "Continue"', () => {
	test.each(['regular', 'error'] as const)(
		'a wrong item is told, and the others go on (%s output)',
		async (continueOnFail) => {
			const items = [...leads(3), { ...leads(1)[0], id: 'again' }, { id: 'wrong', phone: 'none' }];
			const result = await add({}, { items, continueOnFail });
			expect(doneOf(result).filter((id) => id !== 'undefined')).toEqual([
				'lead-0',
				'lead-1',
				'lead-2',
			]);
			expect(errorsOf(result)).toMatch(
				/"Phone" 79001000000 is given twice for .*: by item 0 and by item 3/,
			);
			expect(errorsOf(result)).toMatch(/"Phone" is not a phone number: "none"/);
			expect(sent()).toHaveLength(3);
		},
	);

	test('a refused request is told for the people in it, and the others go on', async () => {
		refuseTheSecond();
		const result = await add(inBatchesOf(2), { items: leads(6), continueOnFail: true });
		expect(doneOf(result)).toEqual(['lead-0', 'lead-1', 'lead-4', 'lead-5']);
		expect(result.items.slice(2, 4).map(({ json }) => json.error)).toEqual([
			expect.stringContaining('The contact "lead-2" was not added.'),
			expect.stringContaining('The contact "lead-3" was not added.'),
		]);
		expect(requests()).toHaveLength(3);
	});

	test.each([402, 403])(
		'nothing more is sent after a %i, which all would get',
		async (status) => {
			strike({ kind: 'status', status, skip: 1 });
			const result = await add(inBatchesOf(2), { items: leads(6), continueOnFail: true });
			expect(doneOf(result)).toEqual(['lead-0', 'lead-1']);
			expect(errorsOf(result)).toContain('The contact "lead-5" was not sent.');
			expect(new Set(sent().map(({ externalId }) => externalId)).size).toBeLessThanOrEqual(4);
		},
		60_000,
	);
});

describe('with On Error "Stop"', () => {
	test('nothing more is sent after a failure, and the error names who was added and who was not sent', async () => {
		strike({ kind: 'status', status: 422, skip: 1 });
		const result = await add(inBatchesOf(2), { items: leads(6) });
		expect(errorsOf(result)).toMatch(
			/Not added: external ID lead-2, lead-3\. .*Already added: external ID lead-0, lead-1\./,
		);
		expect(errorsOf(result)).toContain('Not sent: external ID lead-4, lead-5.');
		expect(requests()).toHaveLength(2);
	});
});

/** What may become of a request without anybody knowing whether it was carried out. */
const UNKNOWN = [
	['a 500', { kind: 'status', status: 500 }],
	['a 502 with a web page', { kind: 'html', status: 502 }],
	['a 504', { kind: 'status', status: 504 }],
	['a connection that breaks', { kind: 'reset' }],
	['a cut-off answer', { kind: 'cutOff' }],
	['an answer that is not JSON', { kind: 'garbage', variant: 'notJson' }],
	['a web page', { kind: 'html' }],
	['no answer in time', { kind: 'hang' }],
] as const;

describe.each(UNKNOWN)('after %s', (_what, fault) => {
	describe.each([true, false])('to a request that was carried out: %s', (carriedOut) => {
		const strikeTheSecond = () => {
			setting.twin24.readings.batchAnswer = 'identities';
			strike({ ...fault, carriedOut, skip: 1, times: 1 });
		};
		const options: INodeParameters = {
			...inBatchesOf(2),
			requestOptions: { timeout: 500 },
		};

		test('nothing is sent twice, and the error names those of whom nobody knows', async () => {
			strikeTheSecond();
			const result = await add(options, { items: leads(6) });
			expect(errorsOf(result)).toContain(
				'May or may not have been added: external ID lead-2, lead-3.',
			);
			expect(errorsOf(result)).toContain('Already added: external ID lead-0, lead-1.');
			expect(errorsOf(result)).toContain('Not sent: external ID lead-4, lead-5.');
			expect(errorsOf(result)).toContain('in the list of the people of the task');
			expect(requests()).toHaveLength(2);
			expectEachSentOnce();
		});

		test('with "Continue" the others go on, and each is added or has an error', async () => {
			strikeTheSecond();
			const items = leads(6);
			const result = await add(options, { items, continueOnFail: true });
			expect(doneOf(result)).toEqual(['lead-0', 'lead-1', 'lead-4', 'lead-5']);
			expect(errorsOf(result)).toContain('The contact "lead-2" may or may not have been added.');
			expect(errorsOf(result)).toContain('The contact "lead-3" may or may not have been added.');
			expectEachSentOnce();
		});

		test('"Retry On Fail" sends nobody again who may have been added', async () => {
			strikeTheSecond();
			const result = await add(options, {
				items: leads(6),
				retry: { maxTries: 3, waitBetweenTries: 0 },
			});
			expect(errorsOf(result)).toContain('may or may not have been added');
			expectEachSentOnce();
			expect(requests()).toHaveLength(2);
		});
	});
});

test('"Retry On Fail" sends those who were certainly refused, and nobody else, again', async () => {
	refuseTheSecond();
	const result = await add(inBatchesOf(2), {
		items: leads(6),
		retry: { maxTries: 3, waitBetweenTries: 0 },
	});
	expect(errorsOf(result)).toBe('');
	expect(doneOf(result)).toEqual(leads(6).map(({ id }) => id));
	expectEachSentOnce();
});

describe("with n8n's batching, in several turns", () => {
	const batching = { batching: { batch: { batchSize: 2, batchInterval: 1 } } };

	test('everybody is sent once', async () => {
		const result = await add({ requestOptions: batching }, { items: leads(5) });
		expect(errorsOf(result)).toBe('');
		expect(sent().map(({ externalId }) => externalId)).toEqual(leads(5).map(({ id }) => id));
		expect(setting.twin24.log.maxInFlight('contacts')).toBe(1);
	});

	test('two of the same in different turns are refused', async () => {
		const items = [...leads(4), { ...leads(1)[0], phone: '+7 999 000 00 00' }];
		const result = await add({ requestOptions: batching }, { items });
		expect(errorsOf(result)).toContain(
			'"External ID" "lead-0" is given twice: by item 0 and by item 4',
		);
		expect(errorsOf(result)).toContain(
			'Nothing more was sent to TWIN24. Already added: external ID lead-0',
		);
		expect(sent()).toHaveLength(4);
	});

	test('later turns send nothing after an unknown outcome', async () => {
		strike({ kind: 'status', status: 500, times: 1 });
		const result = await add({ requestOptions: batching }, { items: leads(6) });
		expect(errorsOf(result)).toContain(
			'May or may not have been added: external ID lead-0, lead-1.',
		);
		expect(requests()).toHaveLength(1);
	});
});

describe('a request that is too large', () => {
	test.each([
		[413, 100],
		[413, 1],
		[400, 100],
	] as const)(
		'(HTTP %i, at most %i) is halved until it is taken',
		async (overCeiling, batchCeiling) => {
			Object.assign(setting.twin24.readings, { overCeiling, batchCeiling });
			const count = batchCeiling === 1 ? 5 : 250;
			const result = await add(inBatchesOf(1000), { items: leads(count) });
			expect(errorsOf(result)).toBe('');
			expectEachSentOnce();
			expect(setting.twin24.dialler.candidates).toHaveLength(count);
		},
	);
});

describe('under every reading of what the API answers', () => {
	const items = leads(6);

	test.each(['empty', 'emptyList', 'identities', 'count'] as const)(
		'"%s": all are added',
		async (batchAnswer) => {
			setting.twin24.readings.batchAnswer = batchAnswer;
			const result = await add({}, { items });
			expect(doneOf(result)).toEqual(items.map(({ id }) => id));
		},
	);

	/** TWIN24 finds a number bad that looks good: it is told in the way of the reading. */
	const withABadOne = async (parameters: INodeParameters, continueOnFail: boolean) => {
		const bad = items.map((item, index) => (index === 3 ? { ...item, bad: true } : item));
		return await add(parameters, { items: bad, continueOnFail });
	};

	test('a list of refusals belongs to those whom it names', async () => {
		strike({
			kind: 'garbage',
			body: { count: 5, errors: [{ index: 3, phone: ['79001000003'], error: 'Неверный номер.' }] },
		});
		const result = await withABadOne({}, true);
		expect(doneOf(result)).toEqual(['lead-0', 'lead-1', 'lead-2', 'lead-4', 'lead-5']);
		expect(result.items[3].json.error).toContain(
			'TWIN24 did not take the contact "lead-3": Неверный номер.',
		);
	});

	test.each([
		['fewer than were sent, by count', { count: 5 }],
		['fewer than were sent, by their IDs', [{ id: { identity: 'a' } }]],
		['a refusal of nobody knows whom', { count: 5, errors: [{ error: 'Неверный номер.' }] }],
		['no success', { success: false }],
	])('%s: an error for all of them, and none is sent again', async (_what, body) => {
		strike({ kind: 'garbage', body });
		const result = await withABadOne({}, true);
		expect(doneOf(result)).toEqual([]);
		for (const { id } of items)
			expect(errorsOf(result)).toContain(
				`the contact "${String(id)}" may or may not have been added`,
			);
		expect(requests()).toHaveLength(1);
	});

	describe('a refusal of the whole request', () => {
		const refuseAll = (details: IDataObject | null) =>
			strike({
				kind: 'status',
				status: 422,
				body: { error: 'Ошибка валидации.', details },
			});
		const oneBad = { 'batch.3.phone': ['Неверный номер.'] };

		test.each([null, oneBad])(
			'(%j) is told for all in it, and they are not tried one by one',
			async (details) => {
				refuseAll(details);
				const result = await withABadOne({}, true);
				for (const { id } of items)
					expect(errorsOf(result)).toContain(`The contact "${String(id)}" was not added.`);
				expect(errorsOf(result)).toContain('together with 5 others');
				expect(requests()).toHaveLength(1);
			},
		);

		test('names to each whom TWIN24 names, and says that the others can be sent again', async () => {
			refuseAll(oneBad);
			const errors = (await withABadOne({}, true)).items.map(({ json }) => json.error);
			for (const [index, error] of errors.entries()) {
				expect(error).toContain(
					`${index === 3 ? 'TWIN24 did not take the contact "lead-3": Неверный номер.' : "TWIN24's dialling service could not work with the values sent"} (HTTP 422)`,
				);
				expect(error).toContain(
					"TWIN24's refusal names: external ID lead-3. Correct it, or leave it out, and send the others again.",
				);
			}
		});

		test('names them in the error of an execution that stops, too', async () => {
			refuseAll(oneBad);
			expect(errorsOf(await withABadOne({}, false))).toMatch(
				/^TWIN24 did not take the contact "lead-3": Неверный номер\. \(HTTP 422\) \| TWIN24's refusal names: external ID lead-3\. .*Not added: external ID lead-0, lead-1, /,
			);
		});
	});
});

describe('a task that was just created', () => {
	test.each(['notFound', 'lost', 'ready'] as const)(
		'loses nobody, whether TWIN24 takes people at once or not (%s)',
		async (freshTask) => {
			setting.twin24.readings.freshTask = freshTask;
			const { items } = await setting.run('create', {
				resource: 'task',
				name: 'Новое задание',
				botId: byId(setting.twin24.bots[0].id),
			});
			const result = await add({ taskId: byId(String(items[0].json.id)) }, { items: leads(3) });
			expect(errorsOf(result)).toBe('');
			expect(ledgerOf(setting).accepted).toEqual(leads(3).map(({ id }) => id));
		},
		30_000,
	);
});

test('a task that there is not is named', async () => {
	const taskId = byId('71c30c27-4211-4e96-8ce7-fbb459aee6fe');
	const result = await add({ taskId }, { items: leads(2) });
	expect(errorsOf(result)).toMatch(
		/^TWIN24 does not know the task 71c30c27-.* \(HTTP 404\) \| .*Not added: external ID lead-0, lead-1/,
	);
}, 30_000);
