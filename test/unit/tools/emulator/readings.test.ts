import { atSeconds, closeAll, ids, stamp, under, visit } from './support';

afterEach(closeAll);

const second = (n: number) => stamp(n).replace('.000000', '');

describe('the ends of a period', () => {
	const query = { from: second(2), to: second(4), sort: 'createdAt' };

	it.each([
		['inclusive', 'inclusive', ['c1', 'c2', 'c3']],
		['exclusive', 'inclusive', ['c2', 'c3']],
		['inclusive', 'exclusive', ['c1', 'c2']],
		['exclusive', 'exclusive', ['c2']],
	] as const)('from %s, to %s', async (from, to, expected) => {
		const visitor = await visit({
			calls: atSeconds(1, 2, 3, 4, 5).map((call, i) => ({ ...call, id: `c${i}` })),
		});
		expect(ids(await under(visitor, { from, to }, query))).toEqual(expected);
	});

	it.each([
		['inclusive', 'inclusive', ['c1', 'c2', 'c3']],
		['exclusive', 'exclusive', ['c2']],
	] as const)('to the second: from %s, to %s', async (from, to, expected) => {
		const visitor = await visit({ calls: atSeconds('1.9', '2.5', '3.5', '4.5', '5.0') });
		expect(ids(await under(visitor, { from, to, compareToTheSecond: true }, query))).toEqual(
			expected,
		);
	});

	it('to the microsecond, a call after the last instant is outside', async () => {
		const visitor = await visit({ calls: atSeconds('1.9', '2.5', '3.5', '4.5') });
		expect(ids(await under(visitor, {}, query))).toEqual(['c1', 'c2']);
	});

	it.each([
		['error', 400, undefined],
		['accepted', 200, ['c1']],
		['truncated', 200, ['c0', 'c1']],
	] as const)('digits after the second are %s', async (periodFractions, status, expected) => {
		const visitor = await visit({ calls: atSeconds('2.1', '2.6') });
		const answer = await under(
			visitor,
			{ periodFractions },
			{ from: '2025-03-01T10:00:02.500Z', sort: 'createdAt' },
		);
		expect(answer.status).toBe(status);
		if (expected) expect(ids(answer)).toEqual(expected);
	});
});

describe('count', () => {
	it.each([
		['total', 20_000],
		['capped', 15_000],
		['cappedAt10000', 10_000],
		['page', 7],
		['absent', undefined],
	] as const)('%s', async (count, expected) => {
		const visitor = await visit({ calls: 20_000 });
		const { json } = await under(
			visitor,
			{ count, maxRowsPerPeriod: 15_000 },
			{ limit: 7, fields: 'id' },
		);
		expect(json.count).toBe(expected);
		expect(json.items).toHaveLength(7);
	});
});

describe('page', () => {
	it.each([0, 1] as const)('counts from %d, the first one starting at offset', async (pageFrom) => {
		const visitor = await visit({ calls: atSeconds(0, 1, 2, 3, 4, 5, 6) });
		const query = { limit: 2, offset: 1, sort: 'createdAt' };
		expect(ids(await under(visitor, { pageFrom }, { ...query, page: pageFrom }))).toEqual([
			'c1',
			'c2',
		]);
		expect(ids(await visitor.report({ ...query, page: pageFrom + 1 }))).toEqual(['c3', 'c4']);
	});

	it('0 is refused when pages count from 1', async () => {
		expect((await under(await visit(), { pageFrom: 1 }, { page: 0 })).status).toBe(422);
	});
});

describe('the status filter', () => {
	const calls = [
		{ id: 'answered', status: 'ANSWERED' },
		{ id: 'busy', status: 'BUSY' },
	];

	it.each([
		['ANSWERED', 'ANSWERED', ['answered']],
		['ANSWERED', 'ANSWER', []],
		['ANSWER', 'ANSWER', ['answered']],
		['ANSWER', 'ANSWERED', []],
		['both', 'ANSWER', ['answered']],
		['both', 'ANSWERED', ['answered']],
		['ANSWERED', 'ANSWER,ANSWERED', ['answered']],
	] as const)('that takes %s, given %s', async (answered, status, expected) => {
		const visitor = await visit({ calls });
		const answer = await under(visitor, { answered }, { status });
		expect(ids(answer)).toEqual(expected);
		for (const item of answer.json.items) expect(item.status).toBe('ANSWERED');
	});

	it.each([
		['matchesNothing', 'NONSENSE', []],
		['matchesNothing', 'NONSENSE,BUSY', ['busy']],
		['dropped', 'NONSENSE,BUSY', ['busy']],
		['dropped', 'NONSENSE', ['answered', 'busy']],
		['dropped', 'ANSWER', ['answered', 'busy']],
	] as const)('unknown %s, given %s', async (unknownStatus, status, expected) => {
		const answer = await under(await visit({ calls }), { unknownStatus }, { status });
		expect(ids(answer).sort()).toEqual(expected);
	});

	it('unknown an error', async () => {
		const answer = await under(
			await visit({ calls }),
			{ unknownStatus: 'error' },
			{ status: 'BUSY,ANSWER' },
		);
		expect(answer.status).toBe(400);
		expect(answer.json.details).toContain('ANSWER');
	});
});

describe('fields that not every edition knows', () => {
	it.each([
		['known', 200, ['id', 'markers', 'dialogId']],
		['ignored', 200, ['id']],
		['error', 400, undefined],
	] as const)('%s', async (extraFields, status, expected) => {
		const answer = await under(
			await visit({ calls: 1 }),
			{ extraFields },
			{ fields: 'id,markers,dialogId' },
		);
		expect(answer.status).toBe(status);
		if (expected) expect(Object.keys(answer.json.items[0])).toEqual(expected);
	});

	it('without a list, dialogId comes all the same, as in the sample answer', async () => {
		const { json } = await under(await visit({ calls: 1 }), { extraFields: 'error' }, {});
		expect(json.items[0]).toHaveProperty('dialogId');
		expect(json.items[0]).not.toHaveProperty('markers');
	});

	it('a field that nobody knows may be ignored', async () => {
		const { json } = await under(
			await visit({ calls: 1 }),
			{ unknownField: 'ignored' },
			{ fields: 'id,colour' },
		);
		expect(Object.keys(json.items[0])).toEqual(['id']);
	});
});

describe('past the cap', () => {
	it('an error in Russian', async () => {
		const visitor = await visit({ calls: 30 });
		const answer = await under(visitor, { maxRowsPerPeriod: 20 }, { limit: 10, offset: 11 });
		expect(answer.status).toBe(400);
		expect(answer.json.details).toContain('не более 20 записей');
		expect((await visitor.report({ limit: 10, offset: 10 })).json.items).toHaveLength(10);
	});

	it('no rows beyond it', async () => {
		const visitor = await visit({
			calls: 30,
			readings: { maxRowsPerPeriod: 20, pastCap: 'empty' },
		});
		expect((await visitor.report({ limit: 10, offset: 15 })).json.items).toHaveLength(5);
		expect((await visitor.report({ limit: 10, offset: 20 })).json).toEqual({
			count: 30,
			items: [],
		});
	});

	it('is 50,000 when not told otherwise, whatever page reaches it', async () => {
		const { report } = await visit({ calls: 5 });
		expect((await report({ limit: 1000, offset: 49_000 })).status).toBe(200);
		expect((await report({ limit: 1000, offset: 49_001 })).status).toBe(400);
		expect((await report({ limit: 1000, page: 50 })).status).toBe(400);
	});
});

describe('other readings', () => {
	it('an id list may be taken as one id', async () => {
		const visitor = await visit({ calls: atSeconds(1, 2) });
		expect(ids(await under(visitor, { idFilter: 'single' }, { id: 'c0,c1' }))).toEqual([]);
		expect(ids(await visitor.report({ id: 'c0' }))).toEqual(['c0']);
	});

	it('filters by other fields may be ignored', async () => {
		const visitor = await visit({
			calls: [
				{ id: 'a', nps: '9' },
				{ id: 'b', nps: '1' },
			],
		});
		expect(ids(await visitor.report({ nps: '9' }))).toEqual(['a']);
		expect((await under(visitor, { otherFilters: 'ignored' }, { nps: '9' })).json.count).toBe(2);
	});

	it('the page size has its own limit', async () => {
		expect((await under(await visit(), { maxPageSize: 100 }, { limit: 101 })).status).toBe(400);
	});

	it('calls without the sort key stand last or first', async () => {
		const calls = [
			...atSeconds(1, 2),
			{
				id: 'planned',
				startedAt: null,
				status: 'SCHEDULED',
				createdAt: stamp(3),
				updatedAt: stamp(3),
			},
		];
		const visitor = await visit({ calls });
		expect(ids(await under(visitor, { nulls: 'last' }, { sort: 'startedAt' }))).toEqual([
			'c0',
			'c1',
			'planned',
		]);
		expect(ids(await under(visitor, { nulls: 'first' }, { sort: '-startedAt' }))).toEqual([
			'planned',
			'c1',
			'c0',
		]);
	});
});

describe('the order of ties', () => {
	const calls = [
		...atSeconds(...Array<number>(40).fill(5)),
		{ id: 'first', createdAt: stamp(1) },
		{ id: 'last', createdAt: stamp(9) },
	];

	it.each<Record<string, string>>([
		{},
		{ status: 'ANSWERED,BUSY' },
		{ sort: 'createdAt,updatedAt' },
	])('stable: the same every time (%j)', async (query) => {
		const { report } = await visit({ calls: calls.map((call) => ({ ...call, status: 'BUSY' })) });
		expect(ids(await report({ ...query, limit: 50 }))).toEqual(
			ids(await report({ ...query, limit: 50 })),
		);
	});

	it('unstable: another every time, with the order between keys kept and no row lost in one answer', async () => {
		const visitor = await visit({ calls, readings: { tieOrder: 'unstable' } });
		const [one, two] = [
			ids(await visitor.report({ sort: 'createdAt', limit: 50 })),
			ids(await visitor.report({ sort: 'createdAt', limit: 50 })),
		];
		expect(one).not.toEqual(two);
		expect(new Set(one)).toEqual(new Set(two));
		expect([one[0], one[41], two[0], two[41]]).toEqual(['first', 'last', 'first', 'last']);
	});

	it('unstable: pages overlap and miss, which is why it matters', async () => {
		const visitor = await visit({ calls, readings: { tieOrder: 'unstable' } });
		const found = [
			...ids(await visitor.report({ limit: 21 })),
			...ids(await visitor.report({ limit: 21, offset: 21 })),
		];
		expect(found).toHaveLength(42);
		expect(new Set(found).size).toBeLessThan(42);
	});
});

describe('the clock', () => {
	const sample = {
		id: 'sample',
		createdAt: '2022-06-29T05:44:14.000000Z',
		startedAt: '2022-06-29T05:44:26.000000Z',
		updatedAt: '2022-06-29T05:45:01.000000Z',
		messages: [{ text: 'угу', author: 'user' as const, created_at: '2022-06-29T05:44:46Z' }],
	};
	const shownPeriod = {
		filterPeriodBy: 'startedAt',
		from: '2022-06-29T08:00:00Z',
		to: '2022-06-29T09:00:00Z',
	};

	it("shows the vendor's sample as it is printed", async () => {
		const { json } = await under(await visit({ calls: [sample] }), { clock: 'moscowShown' }, {});
		expect(json.items[0]).toMatchObject({
			createdAt: '2022-06-29T05:44:14.000000Z',
			startedAt: '2022-06-29T08:44:26.000000Z',
			updatedAt: '2022-06-29T08:45:01.000000Z',
			messages: [{ created_at: '2022-06-29T08:44:46Z' }],
		});
	});

	it.each([
		['utc', 0],
		['moscowShown', 1],
		['moscowShownFilterTrue', 0],
	] as const)('%s: a period of the shown hour finds %d', async (clock, found) => {
		const visitor = await visit({ calls: [sample] });
		expect((await under(visitor, { clock }, shownPeriod)).json.count).toBe(found);
		expect((await visitor.report({ ...shownPeriod, filterPeriodBy: 'createdAt' })).json.count).toBe(
			0,
		);
	});
});

describe('the list of dial tasks', () => {
	const path = '/api/v1/telephony/autoCall?page=0&limit=2';

	it.each([
		['countItems', { count: 7, items: [{ id: expect.any(String), name: expect.any(String) }, {}] }],
		['identityObject', { count: 7, items: [{ id: { identity: expect.any(String) } }, {}] }],
		['itemsIdentity', { items: [{ identity: expect.any(String), name: expect.any(String) }, {}] }],
		['array', [{ id: expect.any(String) }, {}]],
		['data', { data: [{ id: expect.any(String) }, {}], total: 7 }],
		['dataItems', { data: { count: 7, items: [{ id: expect.any(String) }, {}] } }],
	] as const)('as %s', async (tasksShape, expected) => {
		const { get } = await visit({ readings: { tasksShape } });
		expect((await get(path)).json).toMatchObject(expected);
	});

	it('is paged from 0, searched and sorted', async () => {
		const { emulator, get } = await visit({ data: { tasks: 25 } });
		const names = async (query: string) =>
			(
				(await get(`/api/v1/telephony/autoCall?${query}`)).json.items as unknown as Array<{
					name: string;
				}>
			).map(({ name }) => name);
		expect(await names('page=2&limit=10')).toEqual(
			emulator.tasks.slice(20).map(({ name }) => name),
		);
		expect((await names('keyword=nps&limit=1000')).every((name) => name.includes('NPS'))).toBe(
			true,
		);
		const sorted = await names('sort=-name&limit=1000');
		expect(sorted).toEqual([...sorted].sort((a, b) => b.localeCompare(a, 'ru')));
		expect((await get('/api/v1/telephony/autoCall?limit=1001')).status).toBe(422);
	});

	it('bots are {count, items}', async () => {
		const { emulator, get } = await visit();
		expect((await get('/api/v1/bots')).json).toEqual({ count: 5, items: emulator.bots });
	});
});
