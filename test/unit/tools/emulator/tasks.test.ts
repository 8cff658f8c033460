import { diallingVisit, PERSON, settings } from './dialling';
import { closeAll } from './support';

afterEach(closeAll);

const LIST = '/api/v1/telephony/autoCall';

describe('a task', () => {
	it('is BLANK, then READY with people, PROCESS when played, FINISHED when all are done', async () => {
		const { emulator, createReady, add, control, row } = await diallingVisit();
		const id = await createReady();
		const statuses = [(await row(id)).status];
		await add(id, [PERSON]);
		statuses.push((await row(id)).status);
		await control(id, 'play');
		statuses.push((await row(id)).status);
		emulator.dialler.setOutcomes('*', ['ANSWERED']);
		emulator.dialler.advance();
		expect([...statuses, await row(id)]).toEqual([
			'BLANK',
			'READY',
			'PROCESS',
			expect.objectContaining({ status: 'FINISHED', callCount: 1, candidateCount: 1 }),
		]);
	});

	it.each([
		['name', ''],
		['defaultExec', 'human'],
		['secondExec', 'later'],
		['cidType', 'mine'],
		['cidData', undefined],
		['startType', 'now'],
		['startMoment', 'tomorrow'],
		['cps', 'fast'],
		['additionalOptions', undefined],
		['redialStrategyOptions', []],
		['webhookUrls', ['not a URL']],
	])('is refused for its %s', async (name, value) => {
		const { bot, send } = await diallingVisit();
		const more = { cidType: name === 'cidData' ? 'pool' : 'default', [name]: value };
		const timed = name === 'startMoment' ? { startType: 'time' } : {};
		const body = settings(bot.id, { ...timed, ...more } as object);
		const { status, json } = await send('POST', LIST, body);
		expect([status, json.details]).toEqual([422, { [name]: [expect.any(String)] }]);
	});

	it.each([400, 404, 422] as const)('for a bot that there is not is %d', async (status) => {
		const { send } = await diallingVisit({ unknownReference: status });
		expect((await send('POST', LIST, settings('nobody'))).status).toBe(status);
	});

	it('is shown whole, with its settings and what became of its calls', async () => {
		const { emulator, createReady, add, get } = await diallingVisit();
		const id = await createReady({ taskComment: 'из n8n' });
		await add(id, [PERSON, { phone: ['79000000002'] }], { forceStart: true });
		emulator.dialler.setOutcomes('*', ['BUSY', 'ANSWERED']);
		emulator.dialler.advance(5);
		const { json } = await get(`${LIST}/${id}`);
		expect(json).toMatchObject({
			id,
			status: 'FINISHED',
			taskComment: 'из n8n',
			callStats: { BUSY: 1, ANSWERED: 1 },
		});
		expect((await get(`${LIST}/none`)).status).toBe(404);
	});

	it('starts by itself at its moment in the time of the company', async () => {
		const { emulator, createReady, add, row, get } = await diallingVisit();
		const id = await createReady({ startType: 'time', startMoment: '2026-03-02 12:30' });
		await add(id, [PERSON]);
		emulator.clock.advance(1700);
		await get(LIST);
		const before = (await row(id)).status;
		emulator.clock.advance(100);
		expect([before, (await row(id)).status]).toEqual(['READY', 'PROCESS']);
	});

	it('is halted when its lifetime is over, and nobody is phoned then', async () => {
		const { emulator, createReady, add, control, row, dialled } = await diallingVisit();
		const id = await createReady({ lifetime: 60 });
		await add(id, [PERSON]);
		await control(id, 'play');
		emulator.clock.advance(60);
		expect(emulator.dialler.advance()).toEqual([]);
		expect([(await row(id)).status, dialled()]).toEqual(['HALTED', []]);
	});

	it('that is paused phones nobody until it is played again; that is halted nobody ever', async () => {
		const { emulator, createReady, add, control, dialled } = await diallingVisit();
		const id = await createReady();
		await add(
			id,
			[1, 2, 3].map((n) => ({ phone: [`7900000000${n}`] })),
			{ forceStart: true },
		);
		emulator.dialler.setOutcomes('*', ['ANSWERED', 'ANSWERED', 'ANSWERED']);
		emulator.dialler.advance();
		await control(id, 'pause');
		emulator.dialler.advance(5);
		expect(dialled()).toEqual(['79000000001']);
		await control(id, 'play');
		emulator.dialler.advance();
		await control(id, 'halted');
		await control(id, 'play');
		emulator.dialler.advance(5);
		expect(dialled()).toEqual(['79000000001', '79000000002']);
	});

	it.each([
		['noEffect', 200],
		['error', 400],
	] as const)('that is empty, runs or was halted, played: %s', async (idlePlay, status) => {
		const { createReady, control, add } = await diallingVisit({ idlePlay });
		const id = await createReady();
		const found = [(await control(id, 'play')).status];
		await add(id, [PERSON], { forceStart: true });
		found.push((await control(id, 'play')).status);
		await control(id, 'halted');
		found.push((await control(id, 'play')).status);
		expect(found).toEqual([status, status, status]);
	});

	it.each([200, 204] as const)('is controlled with %d and no body', async (controlStatus) => {
		const { createReady, control, add } = await diallingVisit({ controlStatus });
		const id = await createReady();
		await add(id, [PERSON]);
		for (const action of ['play', 'pause', 'halted'] as const) {
			const { status, text } = await control(id, action);
			expect([status, text]).toEqual([controlStatus, '']);
		}
		expect((await control('none', 'play')).status).toBe(404);
	});

	it.each([
		['refused', 405, 'Опрос'],
		['whole', 422, 'Опрос'],
		['partial', 200, 'Новое'],
	] as const)('changed: %s', async (taskEdit, status, name) => {
		const { create, send, get, bot } = await diallingVisit({ taskEdit });
		const path = `${LIST}/${await create()}`;
		expect((await send('PATCH', path, { name: 'Новое' })).status).toBe(status);
		expect((await get(path)).json).toMatchObject({ name });
		if (taskEdit !== 'whole') return;
		const whole = settings(bot.id, { name: 'Другое' });
		expect((await send('PUT', path, whole)).status).toBe(200);
		expect((await get(path)).json).toMatchObject({ name: 'Другое' });
	});

	it.each([
		['both', 200, 200],
		['strings', 200, 422],
		['objects', 422, 200],
	] as const)('takes webhooks as %s', async (webhookUrls, asText, asObject) => {
		const { bot, send } = await diallingVisit({ webhookUrls });
		const status = async (url: unknown) =>
			(await send('POST', LIST, { ...settings(bot.id), webhookUrls: [url] })).status;
		const events = { CALL_ENDED: { name: 'CALL_ENDED', value: true } };
		expect([
			await status('https://a/b'),
			await status({ url: 'https://a/b', partialResults: false, delay: 4, events }),
		]).toEqual([asText, asObject]);
	});
});

describe('the list of tasks', () => {
	it('is found by status, name or id, and time of creation', async () => {
		const { emulator, createReady, add, get } = await diallingVisit();
		const id = await createReady({ name: 'Особое' });
		await add(id, [PERSON]);
		const found = async (query: string) =>
			(await get(`${LIST}?limit=1000&${query}`)).json.items.map((task) => task.id);
		const all = emulator.tasks.map((task) => task.id);
		expect(await found('')).toEqual(all);
		expect(await found('status=READY')).toEqual([id]);
		expect(await found('status=READY,PAUSED,FINISHED')).toEqual(all);
		expect(await found('status=PAUSED, READY')).not.toContain(id);
		expect(await found('keyword=особое')).toEqual([id]);
		expect(await found(`keyword=${id}`)).toEqual([id]);
		expect(await found('from=2026-03-01T00:00:00.000Z')).toEqual([id]);
		expect(await found('to=2026-03-01T00:00:00.000Z')).not.toContain(id);
		expect((await found('sort=-updatedAt'))[0]).toBe(id);
	});

	it('is paged by page or offset, never by both', async () => {
		const { emulator, get } = await diallingVisit();
		const page = async (query: string) => await get(`${LIST}?limit=2&${query}`);
		const third = emulator.tasks.slice(2, 4).map(({ id }) => id);
		expect((await page('page=1')).json.items.map(({ id }) => id)).toEqual(third);
		expect((await page('offset=2')).json.items.map(({ id }) => id)).toEqual(third);
		expect((await page('page=1&offset=2')).status).toBe(422);
	});

	it('has a word of its own for a task that is done', async () => {
		const { get } = await diallingVisit({ finishedStatus: 'COMPLETED' });
		const statuses = (await get(LIST)).json.items.map(({ status }) => status);
		expect(new Set(statuses)).toEqual(new Set(['COMPLETED', 'PAUSED']));
	});
});

describe('the lists beside it', () => {
	it('dial plans are {items}', async () => {
		const { get } = await diallingVisit();
		const { json } = await get('/api/v1/telephony/providers');
		expect(json).toEqual({
			items: [
				{ id: expect.any(String), name: expect.any(String) },
				{ id: expect.any(String), name: expect.any(String) },
			],
		});
	});

	it.each(['autoCallTemplate', 'autoCallTemplates'])('templates at /%s', async (name) => {
		const { emulator, get } = await diallingVisit();
		expect((await get(`/api/v1/telephony/${name}`)).status).toBe(404);
		emulator.readings.templateList = 'countItems';
		expect((await get(`/api/v1/telephony/${name}`)).json).toEqual({
			count: 2,
			items: emulator.dialler.templates.map(({ id, name: title }) => ({ id, name: title })),
		});
	});
});
