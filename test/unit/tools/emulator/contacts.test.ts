import type { Readings } from '../../../../tools/emulator';
import { diallingVisit, PERSON } from './dialling';
import type { DiallingVisit } from './dialling';
import { closeAll } from './support';

afterEach(closeAll);

const verdicts = ({ emulator }: DiallingVisit) =>
	emulator.dialler.ledger().sent.map(({ verdict }) => verdict);

const people = (count: number) =>
	Array.from({ length: count }, (_, i) => ({
		phone: [`7900000${String(i).padStart(4, '0')}`],
		clientExternalId: `p${i}`,
	}));

describe('people into an existing task', () => {
	it('are kept as they were sent, and phoned when the task is started', async () => {
		const visitor = await diallingVisit();
		const { emulator, createReady, add, dialled, row } = visitor;
		const id = await createReady();
		const person = { ...PERSON, variables: { name: 'Ann' }, callbackData: { row: '7' } };
		expect((await add(id, [person])).status).toBe(200);
		expect(emulator.dialler.advance(9)).toEqual([]);
		expect((await row(id)).status).toBe('READY');
		expect((await add(id, [{ phone: ['79000000002'] }], { forceStart: true })).status).toBe(200);
		emulator.dialler.advance(9);
		expect(dialled()).toEqual(['79000000001', '79000000002']);
		expect(emulator.dialler.peopleOf(emulator.dialler.task(id)!)[0]).toMatchObject({
			phones: ['79000000001'],
			externalId: '7',
			variables: { name: 'Ann' },
			callbackData: { row: '7' },
		});
	});

	it('may come for several tasks in one request', async () => {
		const { createReady, contacts, row } = await diallingVisit();
		const [one, two] = [await createReady(), await createReady()];
		const batch = [one, two, one].map((autoCallId, i) => ({
			autoCallId,
			phone: [`7900000000${i}`],
		}));
		await contacts('/batch', { batch });
		expect([(await row(one)).candidateCount, (await row(two)).candidateCount]).toEqual([2, 1]);
	});

	it('one bare candidate, and no batch where it belongs', async () => {
		const { createReady, contacts, row } = await diallingVisit();
		const autoCallId = await createReady();
		const refused = await contacts('', { batch: [{ autoCallId, ...PERSON }] });
		const answer = await contacts('', { autoCallId, ...PERSON, forceStart: true });
		expect([refused.status, answer.status]).toEqual([400, 200]);
		expect(answer.json).toEqual({ id: { identity: expect.any(String) } });
		expect(await row(autoCallId)).toMatchObject({ status: 'PROCESS', candidateCount: 1 });
	});

	it.each([
		['no list', { batch: PERSON }, 422],
		['an empty list', { batch: [] }, 422],
		['no phone', { batch: [{ autoCallId: 'T' }] }, 422],
		['a phone that is no list', { batch: [{ autoCallId: 'T', phone: '79000000001' }] }, 422],
		['no task', { batch: [PERSON] }, 422],
		['an unknown task', { batch: [{ ...PERSON, autoCallId: 'none' }] }, 404],
		['an external id that is a number', { batch: [{ ...PERSON, clientExternalId: 7 }] }, 422],
		['a time zone that is a name', { batch: [{ ...PERSON, timezone: 'Europe/Moscow' }] }, 422],
		[
			'a forceStart that is text',
			{ batch: [{ ...PERSON, autoCallId: 'T' }], forceStart: '1' },
			422,
		],
	])('%s is refused, and nobody is added', async (_name, body, status) => {
		const visitor = await diallingVisit();
		const id = await visitor.createReady();
		const text = JSON.stringify(body).replace('"T"', JSON.stringify(id));
		expect((await visitor.contacts('/batch', JSON.parse(text))).status).toBe(status);
		expect((await visitor.row(id)).candidateCount).toBe(0);
		expect(verdicts(visitor)).not.toContain('accepted');
	});

	it.each([
		['externalId', 1, 2],
		['phone', 2, 1],
		['kept', 2, 2],
	] as const)('duplicates by %s', async (duplicates, sameId, samePhone) => {
		const { createReady, add, row } = await diallingVisit({ duplicates });
		const one = await createReady();
		for (const phone of ['79000000001', '79000000002'])
			expect((await add(one, [{ ...PERSON, phone: [phone] }])).status).toBe(200);
		const two = await createReady();
		for (const clientExternalId of ['a', 'b']) await add(two, [{ ...PERSON, clientExternalId }]);
		expect([(await row(one)).candidateCount, (await row(two)).candidateCount]).toEqual([
			sameId,
			samePhone,
		]);
	});

	it.each([
		[{ badNumber: 'refuseAll' }, 400, 0],
		[{ badNumber: 'refuseAll', badNumberStatus: 422 }, 422, 0],
		[{ badNumber: 'dropped' }, 200, 2],
		[{ badNumber: 'listed' }, 200, 2],
		[{ checkPhone: false }, 200, 3],
	] as Array<[Partial<Readings>, number, number]>)(
		'one bad number among good ones under %j',
		async (readings, status, added) => {
			const { createReady, add, row, emulator } = await diallingVisit(readings);
			const id = await createReady();
			const [one, two] = people(2);
			const answer = await add(id, [one, { ...PERSON, phone: ['8-900'] }, two]);
			expect([answer.status, (await row(id)).candidateCount]).toEqual([status, added]);
			if (readings.badNumber === 'listed')
				expect(answer.json).toMatchObject({ count: 2, errors: [{ index: 1, phone: ['8-900'] }] });
			else if (added === 2) expect(answer.text).toBe('');
			expect(emulator.dialler.ledger().sent).toHaveLength(3);
		},
	);

	it.each([
		[{ batchCeiling: 100 }, 100, 200],
		[{ batchCeiling: 100 }, 101, 413],
		[{ batchCeiling: 100, overCeiling: 400 }, 101, 400],
		[{}, 1500, 200],
	] as Array<[Partial<Readings>, number, number]>)(
		'under %j, %d at once',
		async (readings, count, status) => {
			const { createReady, add, row } = await diallingVisit(readings);
			const id = await createReady();
			expect((await add(id, people(count))).status).toBe(status);
			expect((await row(id)).candidateCount).toBe(status === 200 ? count : 0);
		},
	);

	it.each([
		['notFound', 404, 0],
		['lost', 200, 0],
		['ready', 200, 1],
	] as const)('a fresh task: %s', async (freshTask, status, added) => {
		const visitor = await diallingVisit({ freshTask });
		const { emulator, create, add, row } = visitor;
		const id = await create();
		emulator.clock.advance(4.9);
		expect((await add(id, [PERSON])).status).toBe(status);
		expect((await row(id)).candidateCount).toBe(added);
		emulator.clock.advance(0.1);
		await add(id, [{ phone: ['79000000002'] }]);
		expect((await row(id)).candidateCount).toBe(added + 1);
		expect(verdicts(visitor)[0]).toBe(
			{ notFound: 'refused', lost: 'lost', ready: 'accepted' }[freshTask],
		);
	});

	it.each([
		['accepted', 200],
		['error', 400],
	] as const)('to a task that is over: %s', async (addToStopped, status) => {
		const { createReady, control, add } = await diallingVisit({ addToStopped });
		const id = await createReady();
		await control(id, 'halted');
		expect((await add(id, [PERSON])).status).toBe(status);
	});

	it.each([
		[true, 'PROCESS'],
		[false, 'PAUSED'],
	] as const)('forceStart wakes a paused task: %s', async (forceStartWakes, status) => {
		const { createReady, add, control, row } = await diallingVisit({ forceStartWakes });
		const id = await createReady();
		await add(id, [PERSON], { forceStart: true });
		await control(id, 'pause');
		await add(id, [{ phone: ['79000000002'] }], { forceStart: true });
		expect((await row(id)).status).toBe(status);
	});

	it.each([
		['empty', ''],
		['emptyList', '[]'],
		['identities', expect.stringMatching(/^\[\{"id":\{"identity":"[^"]+"\}\},\{"id"/)],
		['count', '{"count":2}'],
	] as const)('are answered: %s', async (batchAnswer, text) => {
		const { createReady, add } = await diallingVisit({ batchAnswer });
		expect((await add(await createReady(), people(2))).text).toEqual(text);
	});

	it('may be added though the answer is lost: the ledger tells', async () => {
		const visitor = await diallingVisit();
		const { emulator, createReady, add, row } = visitor;
		const id = await createReady();
		emulator.faults.add({
			kind: 'status',
			status: 504,
			service: 'contacts',
			carriedOut: true,
			times: 1,
		});
		emulator.faults.add({ kind: 'status', status: 500, service: 'contacts', times: 1 });
		expect((await add(id, [PERSON])).status).toBe(504);
		expect((await add(id, people(1))).status).toBe(500);
		expect([(await row(id)).candidateCount, verdicts(visitor)]).toEqual([1, ['accepted']]);
	});

	it('are taken out by their number', async () => {
		const { emulator, createReady, add, send, dialled } = await diallingVisit();
		const id = await createReady();
		await add(id, [PERSON, { phone: ['79000000002'] }], { forceStart: true });
		const path = '/api/v1/telephony/autoCallCandidate/cancel';
		expect((await send('POST', `${path}?autoCallId=${id}&phone=79000000001`)).status).toBe(200);
		expect((await send('POST', `${path}?autoCallId=${id}`)).status).toBe(422);
		emulator.dialler.advance(9);
		expect(dialled()).toEqual(['79000000002']);
	});
});

describe('one person, no task of one’s own', () => {
	const single = async ({ contacts, bot }: DiallingVisit, more: object = {}) =>
		await contacts('/single', { ...PERSON, botSettingsId: bot.id, ...more });

	it('is put into a task that starts by itself, and phoned', async () => {
		const visitor = await diallingVisit();
		expect((await single(visitor)).status).toBe(200);
		visitor.emulator.dialler.advance();
		expect(visitor.dialled()).toEqual(['79000000001']);
		expect(visitor.emulator.tasks.at(-1)).toMatchObject({
			madeBy: 'single',
			settings: { defaultExecData: visitor.bot.id },
		});
	});

	it.each([
		['identity', 200, { id: { identity: expect.any(String) } }],
		['ids', 200, { id: expect.any(String), autoCallId: expect.any(String) }],
		['empty', 200, undefined],
		['emptyList', 200, []],
		['noContent', 204, undefined],
	] as const)('is answered: %s', async (singleAnswer, status, json) => {
		const answer = await single(await diallingVisit({ singleAnswer }));
		expect([answer.status, answer.json]).toEqual([status, json]);
	});

	it.each([
		['fromCreation', 23 * 3600, 1],
		['fromCreation', 24 * 3600, 2],
		['calendarDay', 11 * 3600, 1],
		['calendarDay', 12 * 3600, 2],
	] as const)('a day %s: %d seconds after noon it is task %d', async (singleDay, wait, count) => {
		const visitor = await diallingVisit({ singleDay });
		await single(visitor);
		visitor.emulator.clock.advance(wait);
		await single(visitor, { clientExternalId: '8' });
		const tasks = visitor.emulator.tasks.filter(({ madeBy }) => madeBy === 'single');
		expect(tasks).toHaveLength(count);
	});

	it('each bot has its own, and a halted one is not used again', async () => {
		const visitor = await diallingVisit();
		const [one, two] = visitor.emulator.bots;
		await single(visitor, { botSettingsId: one.id });
		await single(visitor, { botSettingsId: two.id });
		const tasks = () => visitor.emulator.tasks.filter(({ madeBy }) => madeBy === 'single');
		expect(tasks()).toHaveLength(2);
		await visitor.control(tasks()[0].id, 'halted');
		await single(visitor, { botSettingsId: one.id });
		expect(tasks()).toHaveLength(3);
	});

	it.each([400, 404, 422] as const)(
		'without a default template, or with an unknown bot, is %d and nobody is phoned',
		async (status) => {
			const visitor = await diallingVisit({ unknownReference: status });
			const found = [(await single(visitor, { botSettingsId: 'nobody' })).status];
			visitor.emulator.readings.defaultTemplate = false;
			found.push((await single(visitor)).status);
			expect([found, verdicts(visitor)]).toEqual([
				[status, status],
				['refused', 'refused'],
			]);
		},
	);

	it.each([
		['perRequest', 1, 2],
		['perTemplateAndBot', 2, 4],
		['perDay', 2, 2],
	] as const)('a batch makes tasks %s', async (singleBatchTask, once, twice) => {
		const { emulator, contacts } = await diallingVisit({ singleBatchTask });
		const batch = people(4).map((person, i) => ({
			...person,
			autoCallTemplateId: emulator.dialler.templates[i % 2].id,
		}));
		const made = () => emulator.tasks.filter(({ madeBy }) => madeBy === 'singleBatch');
		expect((await contacts('/single/batch', { batch })).status).toBe(200);
		expect(made()).toHaveLength(once);
		await contacts('/single/batch', { batch });
		expect(made()).toHaveLength(twice);
		expect(new Set(made().map(({ status }) => status))).toEqual(new Set(['PROCESS']));
		const unknown = [{ ...PERSON, autoCallTemplateId: 'none' }];
		expect((await contacts('/single/batch', { batch: unknown })).status).toBe(400);
	});
});
