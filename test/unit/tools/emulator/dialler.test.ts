import type { TaskSettings } from '../../../../tools/emulator';
import { diallingVisit, NOON, PERSON } from './dialling';
import type { DiallingVisit } from './dialling';
import { closeAll, ids } from './support';

afterEach(closeAll);

/** A running task with these people. */
async function running(
	visitor: DiallingVisit,
	more: Partial<TaskSettings> = {},
	people: object[] = [PERSON],
): Promise<string> {
	const id = await visitor.createReady(more);
	await visitor.add(id, people, { forceStart: true });
	return id;
}

describe('the calls that are made', () => {
	it('stand in the report with their person, task and result', async () => {
		const visitor = await diallingVisit();
		const id = await running(visitor, {}, [{ ...PERSON, variables: { name: 'Ann' } }]);
		visitor.emulator.dialler.setOutcomes('79000000001', ['ANSWERED']);
		visitor.emulator.dialler.advance();
		const { json } = await visitor.report({ taskId: id });
		expect(json.items).toEqual([
			expect.objectContaining({
				phone: '79000000001',
				externalId: '7',
				status: 'ANSWERED',
				taskName: 'Опрос',
				botId: visitor.bot.id,
				additional: '{"name":"Ann"}',
				createdAt: '2026-03-02T09:00:05.000000Z',
				isFinished: true,
				recordPath: expect.stringContaining('.mp3'),
			}),
		]);
		expect(json.items[0].duration).toBeGreaterThan(0);
	});

	it('end as a test has it, by phone, external id or all, and otherwise as drawn', async () => {
		const visitor = await diallingVisit();
		const person = (n: number) => ({ phone: [`7900000000${n}`], clientExternalId: `p${n}` });
		await running(visitor, {}, [person(1), person(2), person(3), person(4)]);
		const { dialler } = visitor.emulator;
		dialler.setOutcomes('79000000001', ['BUSY']);
		dialler.setOutcomes('p2', ['REJECTED']);
		dialler.setOutcomes('*', ['EXPIRED']);
		const statuses = dialler.advance(4).map(({ status }) => status);
		expect(statuses.slice(0, 3)).toEqual(['BUSY', 'REJECTED', 'EXPIRED']);
		expect(() => dialler.setOutcomes('*', ['DIAL'])).toThrow('A call cannot end with DIAL.');
	});

	it.each([
		[0, 0, 1],
		[60, 0, 0],
		[60, 1000, 1],
		[-1, 90_000, 0],
	])('reach the report with a lag of %d: after %d seconds %d', async (reportLag, wait, found) => {
		const visitor = await diallingVisit({ reportLag });
		const taskId = await running(visitor);
		visitor.emulator.dialler.advance();
		visitor.emulator.clock.advance(wait);
		expect(ids(await visitor.report({ taskId }))).toHaveLength(found);
	});

	it('are made by themselves every so often', async () => {
		const visitor = await diallingVisit({}, { dialEvery: 1 });
		const people = Array.from({ length: 5 }, (_, i) => ({ phone: [`7900000000${i}`] }));
		const finished = new Promise((resolve) => {
			visitor.emulator.dialler.listen(
				(event) => event.kind === 'status' && event.task.status === 'FINISHED' && resolve(event),
			);
		});
		await running(visitor, {}, people);
		await finished;
		expect(visitor.dialled()).toHaveLength(5);
	});
});

describe('hours', () => {
	/** Seconds since midnight. */
	const hour = 3600;

	it.each([
		['within them', { allowCallTimeFrom: 9 * hour, allowCallTimeTo: 18 * hour }, {}, 1],
		['before them', { allowCallTimeFrom: 13 * hour }, {}, 0],
		['after them', { allowCallTimeTo: '39600' }, {}, 0],
		['over midnight, outside', { allowCallTimeFrom: 22 * hour, allowCallTimeTo: 8 * hour }, {}, 0],
		['over midnight, inside', { allowCallTimeFrom: 22 * hour, allowCallTimeTo: 13 * hour }, {}, 1],
		[
			"the person's own, late there",
			{ allowCallTimeTo: 18 * hour, useTr: true },
			{ timezone: 36_000 },
			0,
		],
		["the person's own, not asked for", { allowCallTimeTo: 18 * hour }, { timezone: 36_000 }, 1],
	] as Array<[string, TaskSettings['additionalOptions'], object, number]>)(
		'%s',
		async (_name, additionalOptions, more, calls) => {
			const visitor = await diallingVisit();
			await running(visitor, { additionalOptions }, [{ ...PERSON, ...more }]);
			expect(visitor.emulator.dialler.advance(3)).toHaveLength(calls);
		},
	);

	it.each([
		['seconds', 1],
		['minutes', 0],
	] as const)('a time zone of 600 counted in %s', async (timezoneUnit, calls) => {
		const visitor = await diallingVisit({ timezoneUnit });
		const additionalOptions = { allowCallTimeTo: 18 * hour, useTr: true };
		await running(visitor, { additionalOptions }, [{ ...PERSON, timezone: 600 }]);
		expect(visitor.emulator.dialler.advance(3)).toHaveLength(calls);
	});

	it('when they come, the person is phoned', async () => {
		const visitor = await diallingVisit();
		await running(visitor, { additionalOptions: { allowCallTimeFrom: 13 * hour } });
		expect(visitor.emulator.dialler.advance()).toEqual([]);
		visitor.emulator.clock.advance(hour);
		expect(visitor.emulator.dialler.advance()).toHaveLength(1);
	});
});

describe('redials', () => {
	const rule = { redial: true, time: 600, count: 2 };

	async function attempts(
		options: TaskSettings['redialStrategyOptions'],
		outcomes: string[],
		more: object = {},
	): Promise<Array<[string, string]>> {
		const visitor = await diallingVisit();
		await running(visitor, { redialStrategyOptions: options }, [{ ...PERSON, ...more }]);
		const { dialler, clock } = visitor.emulator;
		dialler.setOutcomes('*', outcomes);
		for (let i = 0; i < 6; i++) {
			dialler.advance(9);
			clock.advance(600);
		}
		const at = Date.parse(NOON) / 1000 + 5;
		return dialler
			.ledger()
			.dialled.map((one) => [one.status, `${Date.parse(one.at) / 1000 - at} ${one.phone.at(-1)}`]);
	}

	it('happen after the time of the rule, as often as it says', async () => {
		const options = { redialStrategyEn: true, busy: rule };
		expect(await attempts(options, Array<string>(6).fill('BUSY'))).toEqual([
			['BUSY', '0 1'],
			['BUSY', '600 1'],
			['BUSY', '1200 1'],
		]);
	});

	it('do not happen when they are off, for another result, or after an answer', async () => {
		expect(await attempts({ busy: rule }, ['BUSY', 'BUSY'])).toHaveLength(1);
		const noAnswer = { redialStrategyEn: true, noAnswer: rule, busy: { redial: false } };
		expect(await attempts(noAnswer, ['BUSY', 'BUSY'])).toHaveLength(1);
		expect(await attempts(noAnswer, ['NOANSWER', 'BUSY', 'BUSY'])).toHaveLength(2);
		expect(await attempts({ redialStrategyEn: true, noAnswer: rule }, ['INVALID'])).toHaveLength(1);
	});

	it('have a limit for a person', async () => {
		const candidateLimit = { redial: true, count: 2 };
		const options = { redialStrategyEn: true, busy: { ...rule, count: 9 }, candidateLimit };
		expect(await attempts(options, Array<string>(9).fill('BUSY'))).toHaveLength(2);
	});

	it('a person with several numbers is tried on each, once, until somebody answers', async () => {
		const phone = ['79000000001', '79000000002', '79000000003'];
		expect(await attempts({}, ['BUSY', 'NOANSWER', 'BUSY', 'BUSY'], { phone })).toEqual([
			['BUSY', '0 1'],
			['NOANSWER', '0 2'],
			['BUSY', '0 3'],
		]);
		expect(await attempts({}, ['BUSY', 'INVALID'], { phone })).toHaveLength(2);
	});

	it('have a limit for a number', async () => {
		const numberLimit = { redial: true, count: 1 };
		const options = { redialStrategyEn: true, busy: { ...rule, count: 9 }, numberLimit };
		const phone = ['79000000001', '79000000002'];
		const found = await attempts(options, Array<string>(9).fill('BUSY'), { phone });
		expect(found.map(([, place]) => place.at(-1))).toEqual(['1', '2']);
	});
});

describe('the ledger', () => {
	it('tells for each person how often it was sent, accepted and dialled', async () => {
		const visitor = await diallingVisit({ duplicates: 'kept' });
		const id = await running(visitor, {}, [PERSON, PERSON, { phone: ['79000000002'] }]);
		visitor.emulator.dialler.setOutcomes('*', ['ANSWERED', 'ANSWERED']);
		visitor.emulator.dialler.advance(2);
		const { people, sent } = visitor.emulator.dialler.ledger();
		const taskIds = [id];
		expect(people).toEqual([
			{ person: '7', phones: ['79000000001'], taskIds, sent: 2, accepted: 2, dialled: 2 },
			{ person: '79000000002', phones: ['79000000002'], taskIds, sent: 1, accepted: 1, dialled: 0 },
		]);
		expect(sent[0]).toMatchObject({
			request: 1,
			via: 'batch',
			taskId: id,
			at: '2026-03-02T09:00:05.000Z',
		});
	});

	it('is had from another process, where calls are made and results set, too', async () => {
		const visitor = await diallingVisit();
		await running(visitor);
		const control = async (path: string, body: unknown) =>
			(await visitor.send('POST', `/__emulator/dialling/${path}`, body)).json;
		await control('outcomes', { '*': ['BUSY'] });
		expect(await control('advance', { calls: 5 })).toMatchObject([{ status: 'BUSY' }]);
		expect((await visitor.get('/__emulator/dialling')).json).toMatchObject({
			people: [{ person: '7', dialled: 1 }],
		});
	});

	it('is empty after a reset, with the tasks as at the start', async () => {
		const visitor = await diallingVisit();
		const before = visitor.emulator.tasks.length;
		await running(visitor);
		visitor.emulator.reset();
		expect(visitor.emulator.dialler.ledger()).toEqual({ sent: [], dialled: [], people: [] });
		expect(visitor.emulator.tasks).toHaveLength(before);
	});
});

describe('the page', () => {
	it('shows tasks, people and what was dialled, and nothing that a browser would run', async () => {
		const visitor = await diallingVisit();
		await running(visitor, { name: '<script>alert(1)</script>' });
		visitor.emulator.dialler.advance();
		const { status, headers, text } = await visitor.get('/', {});
		expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
		for (const shown of ['79000000001', '&lt;script&gt;', 'FINISHED'])
			expect(text).toContain(shown);
		expect(text).not.toContain('<script');
	});
});
