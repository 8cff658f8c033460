import type { INodeParameters } from 'n8n-workflow';

import { READINGS } from '../../../../tools/emulator/readings';
import type { RunOptions } from '../../../../tools/n8n-engine';
import { Setting } from '../../support/setting';
import { byId, errorsOf, leadParameters, leads, openTask } from '../contact/contacts';

const TASKS = 30;

let setting: Setting;
beforeAll(async () => {
	setting = await Setting.open({ calls: 10, data: { tasks: TASKS } });
});
afterAll(async () => await setting.close());
beforeEach(async () => await setting.reset());

const run = async (operation: string, parameters: INodeParameters, options?: RunOptions) =>
	await setting.run(operation, { resource: 'task', ...parameters }, options);
const told = (verb: string) =>
	setting.twin24.log.entries.filter(({ path }) => path.endsWith(`/${verb}`)).length;

describe('many tasks', () => {
	test.each(READINGS.tasksShape.values)(
		'are all listed, with their IDs as text, in the shape "%s"',
		async (tasksShape) => {
			setting.twin24.readings.tasksShape = tasksShape;
			const { items } = await run('getMany', { returnAll: true });
			expect(items.map(({ json }) => json.id)).toEqual(setting.twin24.tasks.map(({ id }) => id));
		},
	);

	test('are no more than the limit', async () => {
		expect((await run('getMany', { limit: 7 })).items).toHaveLength(7);
	});

	test('are those with a status and a word in their name', async () => {
		const [{ name }] = setting.twin24.tasks;
		const keyword = name.split(' ')[0];
		const { items } = await run('getMany', {
			returnAll: true,
			filters: { status: ['PAUSED', 'PROCESS'], keyword },
		});
		expect(items.map(({ json }) => json.id)).toEqual(
			setting.twin24.tasks
				.filter((task) => task.status === 'PAUSED' && task.name.includes(keyword))
				.map(({ id }) => id),
		);
		expect(setting.twin24.log.entries.at(-1)?.query.status).toBe('PAUSED,PROCESS');
	});

	test.each<[string, INodeParameters, RegExp]>([
		['an empty keyword', { keyword: '' }, /"Keyword" is empty/],
		['a status that is none', { status: ['at work!'] }, /"Status" has a value that is no status/],
		['no status', { status: [] }, /"Status" is empty/],
	])('with %s: an error', async (_what, filters, message) => {
		expect(errorsOf(await run('getMany', { filters }))).toMatch(message);
	});
});

test.each(['countItems', 'identityObject'] as const)('one task (%s)', async (tasksShape) => {
	setting.twin24.readings.tasksShape = tasksShape;
	const id = openTask(setting);
	const { items } = await run('get', { taskId: byId(id) });
	expect(items[0].json).toMatchObject({ id, status: 'PAUSED', candidateCount: 0 });
});

test('a task that there is not', async () => {
	const taskId = byId('71c30c27-4211-4e96-8ce7-fbb459aee6fe');
	for (const operation of ['get', 'start', 'pause', 'stop'])
		expect(errorsOf(await run(operation, { taskId }))).toMatch(
			/^TWIN24 does not know the task 71c30c27/,
		);
});

describe.each([200, 204] as const)('a task (answers with HTTP %i)', (controlStatus) => {
	let taskId: ReturnType<typeof byId>;
	beforeEach(async () => {
		setting.twin24.readings.controlStatus = controlStatus;
		taskId = byId(openTask(setting));
		await setting.run('addToTask', { ...leadParameters, taskId }, { items: leads(2) });
	});
	const status = () => setting.twin24.dialler.task(taskId.value)!.status;

	test('is started, paused, started again, and stopped for good', async () => {
		for (const [operation, expected] of [
			['start', 'PROCESS'],
			['pause', 'PAUSED'],
			['start', 'PROCESS'],
			['stop', 'HALTED'],
		]) {
			const { items } = await run(operation, { taskId });
			expect(items[0].json).toMatchObject({ id: taskId.value, status: expected });
			expect(status()).toBe(expected);
		}
	});

	test.each(['noEffect', 'error'] as const)(
		'that runs is left alone by a start (%s)',
		async (idlePlay) => {
			setting.twin24.readings.idlePlay = idlePlay;
			await run('start', { taskId });
			const { items, error } = await run('start', { taskId });
			expect(error).toBeUndefined();
			expect(items[0].json.status).toBe('PROCESS');
			expect(told('play')).toBe(1);
		},
	);

	test('that was stopped cannot be started', async () => {
		await run('stop', { taskId });
		expect(errorsOf(await run('start', { taskId }))).toMatch(
			/"Task" cannot be started: it was stopped for good/,
		);
		expect(told('play')).toBe(0);
	});

	test.each([
		['pause', 'pause', 'PAUSED'],
		['stop', 'halted', 'HALTED'],
	])(
		'is told to %s again after a failure, since that does no harm',
		async (operation, verb, expected) => {
			setting.twin24.readings.idlePlay = 'error';
			await run('start', { taskId });
			setting.twin24.faults.add({
				kind: 'status',
				status: 500,
				carriedOut: true,
				times: 1,
				match: (_query, { path }) => path.endsWith(verb),
			});
			const { items, error } = await run(operation, { taskId });
			expect(error).toBeUndefined();
			expect(items[0].json.status).toBe(expected);
			expect(told(verb)).toBe(2);
		},
	);

	test('is not told to start again after a failure', async () => {
		setting.twin24.faults.add({
			kind: 'status',
			status: 500,
			match: (_query, { path }) => path.endsWith('play'),
		});
		expect(errorsOf(await run('start', { taskId }))).toContain(
			'may or may not have been carried out',
		);
		expect(told('play')).toBe(1);
	});
});

describe('a new task', () => {
	const create = async (parameters: INodeParameters = {}, options?: RunOptions) =>
		await run(
			'create',
			{ name: 'Июньский опрос', botId: byId(setting.twin24.bots[0].id), ...parameters },
			options,
		);
	const made = () => setting.twin24.tasks.slice(TASKS);
	const settings = () => made()[0].settings;

	test('has all that TWIN24 asks for, calls from 9 to 20, and phones nobody', async () => {
		const { items } = await create();
		const [task] = made();
		expect(items[0].json).toEqual({
			id: task.id,
			name: 'Июньский опрос',
			botId: setting.twin24.bots[0].id,
		});
		const no = { redial: false };
		expect(settings()).toEqual({
			name: 'Июньский опрос',
			defaultExec: 'robot',
			defaultExecData: setting.twin24.bots[0].id,
			secondExec: 'end',
			secondExecData: null,
			cidType: 'default',
			cidData: null,
			startType: 'manual',
			startMoment: null,
			cps: 1.01,
			webhookUrls: [],
			additionalOptions: {
				fullListMethod: 'reject',
				fullListTime: 0,
				useTr: false,
				allowCallTimeFrom: 32_400,
				allowCallTimeTo: 72_000,
				recordCall: true,
				recTrimLeft: 0,
				detectRobot: false,
				detectRobotMode: null,
				detectRobotGreeting: null,
				providerId: null,
				fz230: false,
			},
			redialStrategyOptions: {
				redialStrategyEn: false,
				busy: no,
				noAnswer: no,
				answerMash: no,
				congestion: no,
				answerNoList: no,
				candidateLimit: no,
				numberLimit: no,
			},
		});
	});

	test("has the options in TWIN24's words", async () => {
		const { error } = await create({
			callerId: 'pool',
			callerIdData: 'pool-1',
			callFrom: '10:30',
			callUntil: '24:00',
			options: {
				answeringMachines: 'back',
				callsPerSecond: 0.2,
				comment: 'test',
				lifetimeHours: 2,
				onTransfer: 'ch',
				transferChannelId: 'channel-1',
				redialBusy: { rule: { times: 2, pauseMinutes: 15 } },
				startAt: '2026-06-01T10:00',
				strategy: 'PARALLEL',
				useOwnTime: true,
				webhooks: {
					webhook: [
						{ url: 'https://n8n.test/a', events: ['CALL_ENDED'], delay: 4 },
						{ url: 'https://n8n.test/b', events: [] },
					],
				},
			},
		});
		expect(error).toBeUndefined();
		expect(settings()).toMatchObject({
			cidType: 'pool',
			cidData: 'pool-1',
			cps: 0.95,
			taskComment: 'test',
			lifetime: 7200,
			secondExec: 'ch',
			secondExecData: 'channel-1',
			startType: 'time',
			startMoment: '2026-06-01 10:00',
			callStrategy: 'PARALLEL',
			webhookUrls: [
				{
					url: 'https://n8n.test/a',
					partialResults: false,
					delay: 4,
					events: { CALL_ENDED: { name: 'CALL_ENDED', value: true } },
				},
				'https://n8n.test/b',
			],
			additionalOptions: {
				allowCallTimeFrom: 37_800,
				allowCallTimeTo: 86_399,
				useTr: true,
				detectRobot: true,
				detectRobotMode: 'back',
			},
			redialStrategyOptions: {
				redialStrategyEn: true,
				busy: { redial: true, time: 900, count: 2 },
				noAnswer: { redial: false },
			},
		});
	});

	test.each<[string, INodeParameters, RegExp]>([
		['no name', { name: ' ' }, /"Name" is empty/],
		[
			'hours over midnight',
			{ callFrom: '20:00', callUntil: '09:00' },
			/"Call From" is not before "Call Until"/,
		],
		['no time of day', { callFrom: 'nine' }, /"Call From" is no time of day: "nine"/],
		['a time that there is not', { callUntil: '24:01' }, /"Call Until" is no time of day: "24:01"/],
		['a number without its ID', { callerId: 'gornum' }, /"Number or Pool ID" is empty/],
		[
			'a start with an offset',
			{ options: { startAt: '2026-06-01T10:00:00Z' } },
			/"Start At" is no date and time/,
		],
		[
			'a start on no day',
			{ options: { startAt: '2026-02-30 10:00' } },
			/"Start At" is no date and time/,
		],
		[
			'two and a half calls a second',
			{ options: { callsPerSecond: 2.5 } },
			/"Calls per Second" is 2.5/,
		],
		[
			'a wrong webhook',
			{ options: { webhooks: { webhook: [{ url: 'n8n' }] } } },
			/"Webhooks" have a wrong address: "n8n"/,
		],
		['a transfer to nowhere', { options: { onTransfer: 'ch' } }, /"On Transfer" names no channel/],
		[
			'redials at once',
			{ options: { redialBusy: { rule: { pauseMinutes: 0 } } } },
			/"Pause \(Minutes\)" is 0/,
		],
	])('with %s is not made', async (_what, parameters, message) => {
		expect(errorsOf(await create(parameters))).toMatch(message);
		expect(made()).toEqual([]);
	});

	test.each([true, false])(
		'is never made twice (the first time it was made: %s)',
		async (carriedOut) => {
			setting.twin24.faults.add({
				kind: 'status',
				status: 500,
				carriedOut,
				match: (_query, { method }) => method === 'POST',
				times: 1,
				service: 'tasks',
			});
			const result = await create({}, { retry: { maxTries: 3, waitBetweenTries: 0 } });
			expect(errorsOf(result)).toContain(
				'The task "Июньский опрос" may or may not have been created',
			);
			expect(made()).toHaveLength(carriedOut ? 1 : 0);
		},
	);
});
