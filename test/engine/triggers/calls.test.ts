import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { NewCall } from '../../../tools/emulator';
import { CALL_STATUSES, SIMPLIFIED_FIELDS } from '../../../nodes/Twin24/report/catalogue';
import { hasDurableCursors, type PollOptions, type PollResult } from '../../../tools/n8n-engine';
import { Setting } from '../support/setting';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** The emulator's clock, and the node's: moved by the tests. */
let now = Date.UTC(2026, 5, 1, 9);
const ago = (milliseconds: number) => new Date(now - milliseconds).toISOString();

describe('the trigger', () => {
	let setting: Setting;
	beforeAll(async () => {
		jest.spyOn(Date, 'now').mockImplementation(() => now);
		setting = await Setting.open({ now: () => new Date(now) });
	});
	afterAll(async () => {
		jest.restoreAllMocks();
		await setting.close();
	});
	beforeEach(async () => {
		await setting.reset();
		setting.twin24.table.replaceAll([]);
		now += DAY;
	});

	const poll = async (
		parameters: INodeParameters,
		options: PollOptions = {},
	): Promise<PollResult> =>
		await setting.engine.poll('twin24CallsTrigger', {
			credentials: { twin24Api: setting.credential() },
			activation: 'update',
			...options,
			parameters,
		});

	/** Activates, as the user does; later polls go on from the state that it gave. */
	const activate = async (parameters: INodeParameters): Promise<IDataObject> => {
		const { items, error, staticData } = await poll(parameters, { activation: 'activate' });
		expect(error).toBeUndefined();
		expect(items).toBeNull();
		return staticData;
	};
	const insert = (...calls: NewCall[]) => setting.twin24.table.insert(calls);
	const idsOf = ({ items }: PollResult) => (items ?? []).map(({ json }) => json.id);

	test.each([
		['created', { status: 'DIAL' }],
		['finished', { status: 'ANSWERED' }],
		['updated', { status: 'DIAL' }],
	])('tells of a call that is %s, once', async (event, call) => {
		insert({ createdAt: ago(MINUTE), updatedAt: ago(MINUTE), ...call });
		const staticData = await activate({ event });
		now += MINUTE;
		const [{ id }] = insert({ updatedAt: ago(0), ...call });
		const first = await poll({ event }, { staticData });
		expect(idsOf(first)).toEqual([id]);
		const second = await poll({ event }, { staticData: first.savedStaticData });
		expect(second.items).toBeNull();
		expect(second.error).toBeUndefined();
	});

	test('tells of a finished call only when it is over, and of every version of an updated one', async () => {
		const finished = await activate({ event: 'finished' });
		const updated = await activate({ event: 'updated' });
		now += MINUTE;
		const [{ id }] = insert({ updatedAt: ago(0), status: 'INPROGRESS' });
		expect((await poll({ event: 'finished' }, { staticData: finished })).items).toBeNull();
		const versions = await poll({ event: 'updated' }, { staticData: updated });
		expect(idsOf(versions)).toEqual([id]);
		now += MINUTE;
		setting.twin24.table.update(id, { status: 'ANSWERED' });
		const over = await poll({ event: 'finished' }, { staticData: finished });
		expect(idsOf(over)).toEqual([id]);
		now += 60 * MINUTE;
		setting.twin24.table.update(id, { dialogResults: 'Согласен' });
		expect(
			(await poll({ event: 'finished' }, { staticData: over.savedStaticData })).items,
		).toBeNull();
		expect(
			idsOf(await poll({ event: 'updated' }, { staticData: versions.savedStaticData })),
		).toEqual([id]);
	});

	/** A call finishes each minute, and the poll of that minute tells of it and of no other. */
	const tellsEachAtOnce = async (minutes: number, before: (minute: number) => void = () => {}) => {
		let staticData = await activate({ event: 'finished' });
		const told: unknown[] = [];
		const calls: unknown[] = [];
		for (let minute = 0; minute < minutes; minute++) {
			before(minute);
			now += MINUTE;
			calls.push(...insert({ updatedAt: ago(0), status: 'ANSWERED' }).map(({ id }) => id));
			const polled = await poll({ event: 'finished' }, { staticData });
			staticData = polled.staticData;
			told.push(...idsOf(polled));
			expect(told).toEqual(calls);
		}
	};

	test.each(['utc', 'moscowShown', 'moscowShownFilterTrue'] as const)(
		'tells of finished calls at once, and of none from before, when the clock is read as %s',
		async (clock) => {
			setting.twin24.readings.clock = clock;
			insert(
				...[1, 60, 120, 170].map((minutes): NewCall => ({
					createdAt: ago(minutes * MINUTE),
					updatedAt: ago(minutes * MINUTE),
					status: 'BUSY',
				})),
			);
			await tellsEachAtOnce(30);
		},
	);

	test('hands on the fields and heeds the filters of a search', async () => {
		const simplified = {
			event: 'created',
			filters: { status: ['ANSWERED'], phone: '+7 (999) 999-99-99' },
		};
		const staticData = await activate(simplified);
		now += MINUTE;
		const [, { id }] = insert(
			{ status: 'ANSWERED', phone: '78888888888' },
			{ status: 'ANSWERED', phone: '79999999999' },
			{ status: 'BUSY', phone: '79999999999' },
		);
		const { items } = await poll(simplified, { staticData });
		expect(items!.map(({ json }) => json.id)).toEqual([id]);
		expect(Object.keys(items![0].json)).toEqual(SIMPLIFIED_FIELDS);
		const selected = await poll(
			{ ...simplified, fieldSet: 'selected', fields: ['phone'] },
			{ staticData },
		);
		expect(selected.items!.map(({ json }) => json)).toEqual([{ phone: '79999999999' }]);
	});

	test('goes on from what was saved when n8n starts again, though nothing was ever told', async () => {
		let staticData = await activate({ event: 'created' });
		const saved = staticData;
		for (let minute = 0; minute < 5; minute++) {
			now += MINUTE;
			({ staticData } = await poll({ event: 'created' }, { staticData }));
		}
		now += 3 * 60 * MINUTE;
		const [{ id }] = insert({ createdAt: ago(90 * MINUTE) });
		expect(
			idsOf(await poll({ event: 'created' }, { staticData: saved, activation: 'init' })),
		).toEqual([id]);
	});

	test('begins once for an activation, though n8n calls every poll of it an activation', async () => {
		const { TriggersAndPollers } = setting.engine.n8n.core;
		// Before n8n 2.1 the core does not hand it out.
		if (!TriggersAndPollers) return;
		const polls = jest.spyOn(TriggersAndPollers.prototype, 'runPollFunction');
		await activate({ event: 'created' });
		const [pollers, given] = [polls.mock.contexts.at(-1)!, polls.mock.calls.at(-1)!];
		polls.mockRestore();
		now += MINUTE;
		const [{ id }] = insert({});
		const items = await pollers.runPollFunction(...given);
		expect(items?.[0].map((item: INodeExecutionData) => item.json.id)).toEqual([id]);
	});

	test('begins anew when the user activates the workflow again, or chooses another event', async () => {
		const staticData = await activate({ event: 'created' });
		now += MINUTE;
		insert({});
		now += MINUTE;
		const again = await poll({ event: 'created' }, { staticData, activation: 'activate' });
		const other = await poll({ event: 'updated' }, { staticData });
		expect(again.items).toBeNull();
		expect(other.items).toBeNull();
		expect((await poll({ event: 'created' }, { staticData: again.staticData })).items).toBeNull();
	});

	test.each(['created', 'finished', 'updated'])(
		'replays nothing of thousands of calls that share the time of the activation (%s)',
		async (event) => {
			insert(
				...Array.from({ length: 2500 }, (): NewCall => ({
					createdAt: ago(0),
					updatedAt: ago(0),
					status: 'ANSWERED',
				})),
			);
			const staticData = await activate({ event });
			now += MINUTE;
			const [{ id }] = insert({ updatedAt: ago(0), status: 'ANSWERED' });
			expect(idsOf(await poll({ event }, { staticData }))).toEqual([id]);
		},
	);

	test('goes on where it was when the node is renamed, and renamed back', async () => {
		const event = 'created';
		let staticData = await activate({ event });
		const told: unknown[] = [];
		const calls: unknown[] = [];
		for (const name of ['Calls', 'Calls of today', 'Calls', 'TWIN24']) {
			now += MINUTE;
			calls.push(...insert({}).map(({ id }) => id));
			now += 60 * MINUTE;
			const polled = await poll({ event }, { staticData, name });
			staticData = polled.savedStaticData;
			told.push(...idsOf(polled));
		}
		expect(told).toEqual(calls);
	});

	test('goes on from the state that version 0.1.0 left under the node’s name, and leaves none there', async () => {
		const watch = { version: 1, event: 'created', from: now - 10 * MINUTE, seen: [] };
		const [{ id }] = insert({ createdAt: ago(MINUTE) });
		const first = await poll({ event: 'created' }, { staticData: { 'node:TWIN24': { watch } } });
		expect(idsOf(first)).toEqual([id]);
		expect(first.savedStaticData['node:TWIN24']).toEqual({});
		now += MINUTE;
		const second = await poll({ event: 'created' }, { staticData: first.savedStaticData });
		expect(second.items).toBeNull();
	});

	// Older n8n has none.
	const describeCursors = hasDurableCursors() ? describe : describe.skip;

	describeCursors('with durable cursors, where n8n keeps the node’s own data by its id', () => {
		const event = 'created';
		/** n8n throws away what the poll of an activation leaves in the cursor. */
		const activateWith = async (staticData: IDataObject, cursor: IDataObject) => {
			const options = { staticData, cursor, activation: 'activate' as const };
			return { staticData: (await poll({ event }, options)).staticData, cursor };
		};

		test('tells of the calls between the activation and the first tick', async () => {
			const active = await activateWith({}, {});
			now += MINUTE;
			const [{ id }] = insert({});
			const polled = await poll({ event }, active);
			expect(idsOf(polled)).toEqual([id]);
		});

		test('goes on from the cursor, also when the node is renamed, and leaves the workflow alone', async () => {
			let { staticData, cursor } = await activateWith({}, {});
			const told: unknown[] = [];
			const calls: unknown[] = [];
			for (const name of ['TWIN24', 'Calls', 'Calls of today']) {
				now += MINUTE;
				calls.push(...insert({}).map(({ id }) => id));
				const polled = await poll({ event }, { staticData, cursor, name });
				expect(polled.savedStaticData.global).toEqual(staticData.global);
				cursor = polled.cursor!;
				staticData = polled.savedStaticData;
				told.push(...idsOf(polled));
			}
			expect(told).toEqual(calls);
		});

		test('begins anew with another activation, whatever the cursor says', async () => {
			const first = await activateWith({}, {});
			now += MINUTE;
			insert({});
			const { cursor, savedStaticData } = await poll({ event }, first);
			now += MINUTE;
			insert({});
			now += MINUTE;
			const second = await activateWith(savedStaticData, cursor!);
			now += MINUTE;
			const [{ id }] = insert({});
			expect(idsOf(await poll({ event }, second))).toEqual([id]);
		});
	});

	test('loses and repeats nothing when TWIN24 puts its clock right', async () => {
		setting.twin24.readings.clock = 'moscowShown';
		await tellsEachAtOnce(40, (minute) => {
			if (minute === 20) setting.twin24.readings.clock = 'utc';
		});
	});

	test('is not stopped by a second whose calls come in another order with every page', async () => {
		setting.twin24.readings.tieOrder = 'unstable';
		let staticData = await activate({ event: 'created' });
		now += MINUTE;
		const crowd = insert(...Array.from({ length: 2500 }, (): NewCall => ({ createdAt: ago(0) })));
		now += MINUTE;
		const later = insert({});
		setting.engine.clearLogs();
		const told: unknown[] = [];
		for (let polls = 0; polls < 2; polls++) {
			const polled = await poll({ event: 'created' }, { staticData });
			expect(polled.error).toBeUndefined();
			staticData = polled.staticData;
			told.push(...idsOf(polled));
			now += MINUTE;
		}
		expect(new Set(told).size).toBe(told.length);
		expect(told).toEqual(expect.arrayContaining(later.map(({ id }) => id)));
		// All of them, or it says that some are missing.
		const isWhole = told.length === crowd.length + later.length;
		const warnings = setting.engine.logs('warn').map(({ message }) => message);
		expect(isWhole || warnings[0]).toEqual(isWhole || expect.stringContaining('only a part'));
	});

	test('throws what goes wrong, and moves nothing', async () => {
		const staticData = await activate({ event: 'created' });
		now += MINUTE;
		const [{ id }] = insert({});
		setting.twin24.faults.add({
			kind: 'status',
			status: 403,
			body: { error: 'Нет доступа' },
			service: 'calls',
		});
		const failed = await poll({ event: 'created' }, { staticData });
		expect(failed.error).toBeInstanceOf(setting.engine.n8n.workflow.NodeApiError);
		expect(failed.error).toMatchObject({
			httpCode: '403',
			message: expect.stringContaining('may not read'),
		});
		expect(failed.staticData).toEqual(staticData);
		setting.twin24.faults.clear();
		expect(idsOf(await poll({ event: 'created' }, { staticData: failed.staticData }))).toEqual([
			id,
		]);
	});

	test('does not activate with a wrong password', async () => {
		const credentials = { twin24Api: setting.credential({ password: 'wrong' }) };
		const { error, staticData } = await poll({}, { credentials, activation: 'activate' });
		expect(error?.message).toContain('E-mail or password');
		expect(staticData).toEqual({});
	});

	test('leaves the calls to a poll that is still under way', async () => {
		const staticData = await activate({ event: 'created' });
		now += MINUTE;
		const [{ id }] = insert({});
		let arrived = () => {};
		let release = () => {};
		const isUnderWay = new Promise<void>((resolve) => (arrived = resolve));
		const mayGoOn = new Promise<void>((resolve) => (release = resolve));
		setting.twin24.faults.beforePage(async () => {
			arrived();
			await mayGoOn;
		});
		const slow = poll({ event: 'created' }, { staticData });
		await isUnderWay;
		const overlapping = await poll({ event: 'created' }, { staticData });
		expect(overlapping.items).toBeNull();
		expect(overlapping.staticData).toEqual(staticData);
		release();
		expect(idsOf(await slow)).toEqual([id]);
	});

	test('catches up after a day in portions, each call once, in order', async () => {
		let staticData = await activate({ event: 'created' });
		const calls = insert(
			...Array.from({ length: 23_000 }, (_, index): NewCall => ({
				createdAt: new Date(now + 1000 + index * 3000).toISOString(),
			})),
		);
		now += DAY;
		const told: unknown[] = [];
		const portions: number[] = [];
		for (let count = 1; count > 0 && portions.length < 20; portions.push(count)) {
			const polled = await poll(
				{ event: 'created', fieldSet: 'selected', fields: ['id'] },
				{ staticData },
			);
			expect(polled.error).toBeUndefined();
			staticData = polled.staticData;
			count = polled.items?.length ?? 0;
			told.push(...idsOf(polled));
		}
		expect(told).toEqual(calls.map(({ id }) => id));
		expect(Math.max(...portions)).toBeLessThanOrEqual(15_000);
		expect(portions.length).toBeGreaterThan(2);
	}, 300_000);

	test.each(['created', 'finished', 'updated'])(
		'a manual test of %s gives the latest call that fits',
		async (event) => {
			const [fits] = insert(
				{
					createdAt: ago(40 * DAY),
					updatedAt: ago(40 * DAY),
					status: 'BUSY',
					phone: '79999999999',
				},
				{
					createdAt: ago(50 * DAY),
					updatedAt: ago(50 * DAY),
					status: 'BUSY',
					phone: '79999999999',
				},
				{ createdAt: ago(DAY), updatedAt: ago(DAY), status: 'BUSY', phone: '78888888888' },
			);
			const { items, staticData, error } = await poll(
				{ event, filters: { phone: '79999999999' } },
				{ mode: 'manual' },
			);
			expect(error).toBeUndefined();
			expect(items!.map(({ json }) => json.id)).toEqual([fits.id]);
			expect(staticData).toEqual({});
		},
	);

	test('a manual test passes over calls that are not over yet', async () => {
		const [, over] = insert(
			{ createdAt: ago(MINUTE), updatedAt: ago(MINUTE), status: 'DIAL' },
			{ createdAt: ago(DAY), updatedAt: ago(DAY), status: 'BUSY' },
		);
		expect(idsOf(await poll({ event: 'finished' }, { mode: 'manual' }))).toEqual([over.id]);
	});

	test('a manual test says plainly that there is no such call', async () => {
		const { items, error } = await poll({ event: 'finished' }, { mode: 'manual' });
		expect(items).toBeNull();
		expect(error?.message).toBe('There is no call yet that would start this workflow');
	});

	test.each([
		['Phone', { filters: { phone: 'abc' } }],
		['Call IDs', { filters: { callIds: 'nonsense' } }],
		['Other Fields', { filters: { otherFields: { field: [{ name: 'botId', value: '' }] } } }],
		['Overlap Minutes', { options: { overlapMinutes: 0 } }],
		['Parallel Requests', { options: { parallelRequests: 11 } }],
		['Fields', { fieldSet: 'selected', fields: [] }],
		[
			'Status',
			{
				event: 'finished',
				filters: { status: CALL_STATUSES.filter(({ final }) => !final).map(({ value }) => value) },
			},
		],
	])('refuses a bad "%s" before it asks anything', async (label, parameters) => {
		const { error } = await poll(parameters as INodeParameters, { activation: 'activate' });
		expect(error?.message).toContain(`"${label}"`);
		expect(setting.twin24.log.count()).toBe(0);
	});
});
