import {
	DEFAULT_READINGS,
	checkedReadings,
	describeReadings,
	parseReading,
} from '../../../../tools/emulator';
import type { Readings } from '../../../../tools/emulator';
import { atSeconds, closeAll, ids, stamp, under, visit } from './support';
import type { Answer } from './support';

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
	const period = { from: second(1), to: second(3) };

	it.each([
		['total', 0, 30],
		['capped', 0, 20],
		['capped', 10, 10],
		['page', 0, 7],
		['absent', 0, undefined],
		['oneTooMany', 0, 31],
		['account', 0, 32],
	] as const)('%s, capped at %d, is %p', async (count, countCap, expected) => {
		const calls = atSeconds(...Array<number>(30).fill(2), 5, 6);
		const visitor = await visit({ calls });
		const { json } = await under(
			visitor,
			{ count, countCap, maxRowsPerPeriod: 20 },
			{ limit: 7, fields: 'id', ...period },
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

	it.each([
		['added', 200, ['c3', 'c4']],
		['offsetOnly', 200, ['c1', 'c2']],
		['pageOnly', 200, ['c2', 'c3']],
		['error', 400, undefined],
	] as const)('beside an offset: %s', async (pageWithOffset, status, expected) => {
		const visitor = await visit({ calls: atSeconds(0, 1, 2, 3, 4, 5, 6) });
		const query = { limit: 2, offset: 1, page: 1, sort: 'createdAt' };
		const answer = await under(visitor, { pageWithOffset }, query);
		expect(answer.status).toBe(status);
		if (expected) expect(ids(answer)).toEqual(expected);
	});

	it('without rows may have null in the place of a list', async () => {
		const visitor = await visit({ calls: 2, readings: { emptyItems: 'null' } });
		expect((await visitor.report({ status: 'NONE' })).json).toEqual({ count: 0, items: null });
		expect((await visitor.report({ offset: 2 })).json).toEqual({ count: 2, items: null });
		expect((await visitor.report()).json.items).toHaveLength(2);
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

	it.each([
		['list', ['answered', 'busy']],
		['single', []],
	] as const)('takes a %s', async (statusFilter, expected) => {
		const answer = await under(
			await visit({ calls }),
			{ statusFilter },
			{ status: 'ANSWERED,BUSY' },
		);
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

	it('a list may be required', async () => {
		const visitor = await visit({ calls: 1, readings: { fieldsRequired: true } });
		expect((await visitor.report()).status).toBe(400);
		expect((await visitor.report({ fields: 'id' })).json.count).toBe(1);
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
		const refused = await under(visitor, { idFilter: 'error' }, { id: 'c0,c1' });
		expect([refused.status, (await visitor.report({ id: 'c0' })).json.count]).toEqual([400, 1]);
	});

	it.each(['id', 'phone', 'taskId', 'botId', 'duration', 'keyword', 'status'])(
		'the filter %s may be ignored, or refused, alone',
		async (name) => {
			const visitor = await visit({ calls: 3, readings: { filtersIgnored: [name] } });
			const others: Record<string, string> = name === 'phone' ? { taskId: '0' } : { phone: '0' };
			expect((await visitor.report({ [name]: '0' })).json.count).toBe(3);
			expect((await visitor.report({ [name]: '0', ...others })).json.count).toBe(0);
			Object.assign(visitor.emulator.readings, { filtersIgnored: [], filtersRefused: [name] });
			expect((await visitor.report({ [name]: '0' })).status).toBe(400);
			expect((await visitor.report(others)).json.count).toBe(0);
		},
	);

	it('a parameter that nobody knows may be refused', async () => {
		const visitor = await visit({ calls: 1, readings: { unknownFilter: 'error' } });
		expect((await visitor.report({ fields: 'id', colour: 'red' })).status).toBe(400);
		expect((await visitor.report({ fields: 'id', keyword: '' })).status).toBe(200);
	});

	it('a field without a documented filter may be refused', async () => {
		const visitor = await visit({ calls: 1, readings: { otherFilters: 'error' } });
		expect((await visitor.report({ nps: '9' })).status).toBe(400);
		expect((await visitor.report({ phone: '9' })).status).toBe(200);
	});

	it.each([
		['obeyed', 'createdAt', ['c0', 'c1', 'c2']],
		['obeyed', '-createdAt', ['c2', 'c1', 'c0']],
		['ignored', 'createdAt', ['c2', 'c1', 'c0']],
		['ignored', '-createdAt', ['c2', 'c1', 'c0']],
		['directionIgnored', '-createdAt', ['c0', 'c1', 'c2']],
	] as const)('the order is %s: %s', async (sorting, sort, expected) => {
		const visitor = await visit({ calls: atSeconds(1, 2, 3) });
		expect(ids(await under(visitor, { sorting }, { sort }))).toEqual(expected);
	});

	it('a limit above the largest may be cut to it without a word', async () => {
		const visitor = await visit({ calls: 30, readings: { maxPageSize: 5, overLimit: 'clamped' } });
		const { json } = await visitor.report({ limit: 20 });
		expect([json.items.length, json.count]).toEqual([5, 30]);
	});

	it.each([
		['withoutPeriod', 3, 2, 2],
		['withoutFrom', 3, 3, 2],
		['never', 2, 2, 2],
	] as const)(
		'calls without the time are let through %s: of all %d, up to an end %d, from a beginning %d',
		async (timeless, all, upTo, since) => {
			const planned = { id: 'planned', startedAt: null, createdAt: stamp(3), updatedAt: stamp(3) };
			const visitor = await visit({ calls: [...atSeconds(1, 2), planned], readings: { timeless } });
			const count = async (query: Record<string, string>) =>
				(await visitor.report({ filterPeriodBy: 'startedAt', ...query })).json.count;
			expect([
				await count({}),
				await count({ to: second(9) }),
				await count({ from: second(0), to: second(9) }),
				await count({ from: second(0) }),
			]).toEqual([all, upTo, since, since]);
		},
	);

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
		const places = async (nulls: Readings['nulls']) => [
			ids(await under(visitor, { nulls }, { sort: 'startedAt' })).indexOf('planned'),
			ids(await under(visitor, { nulls }, { sort: '-startedAt' })).indexOf('planned'),
		];
		expect(await places('last')).toEqual([2, 2]);
		expect(await places('first')).toEqual([0, 0]);
		expect(await places('lastAscending')).toEqual([2, 0]);
		expect(await places('firstAscending')).toEqual([0, 2]);
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

	it('perPage: another in each page, the same when it is asked for again', async () => {
		const visitor = await visit({ calls, readings: { tieOrder: 'perPage' } });
		const page = async (limit: number, offset: number) =>
			ids(await visitor.report({ limit, offset, sort: 'createdAt' }));
		expect(await page(42, 0)).toEqual(await page(42, 0));
		expect((await page(42, 0)).slice(1, 41)).not.toEqual((await page(41, 1)).slice(0, 40));
		expect(new Set(await page(42, 0))).toEqual(new Set(calls.map(({ id }) => id)));
	});

	it('aboveCap: another one order where more match than can be had', async () => {
		const visitor = await visit({ calls, readings: { tieOrder: 'stable' } });
		const pages = async () => [
			...ids(await visitor.report({ limit: 10, sort: 'createdAt' })),
			...ids(await visitor.report({ limit: 10, offset: 10, sort: 'createdAt' })),
		];
		const stable = await pages();
		Object.assign(visitor.emulator.readings, { tieOrder: 'aboveCap' });
		expect(await pages()).toEqual(stable);
		visitor.emulator.readings.maxRowsPerPeriod = 30;
		const above = await pages();
		expect(above).not.toEqual(stable);
		expect([await pages(), new Set(above).size]).toEqual([above, 20]);
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

describe('clocks that are not alike', () => {
	const hour = (clockHour: number) =>
		`2025-03-01T${String(clockHour).padStart(2, '0')}:00:00.000000Z`;
	const at = (id: string, clockHour: number, status: string) => ({
		id,
		status,
		createdAt: hour(clockHour),
		startedAt: hour(clockHour),
		updatedAt: hour(clockHour),
		messages: [],
	});
	const calls = [at('talked', 10, 'ANSWERED'), at('barred', 11, 'BLACKLIST')];
	const starts = ({ json }: Answer) =>
		json.items.map(({ id, startedAt }) => [id, Number(startedAt?.slice(11, 13))]);
	const byStart = { sort: 'startedAt', filterPeriodBy: 'startedAt' };

	it('calls that were never dialled may carry true times: shown, sorted and compared so', async () => {
		const visitor = await visit({ calls, readings: { clockWriters: 'dialled' } });
		const mixed = await under(visitor, { clock: 'moscowShown' }, byStart);
		expect(starts(mixed)).toEqual([
			['barred', 11],
			['talked', 13],
		]);
		const late = { ...byStart, from: '2025-03-01T12:00:00Z' };
		expect(ids(await visitor.report(late))).toEqual(['talked']);
		const truly = await under(visitor, { clock: 'moscowShownFilterTrue' }, byStart);
		expect(starts(truly)).toEqual([
			['talked', 13],
			['barred', 11],
		]);
		expect(ids(await visitor.report(late))).toEqual([]);
	});

	it('by another lead', async () => {
		const visitor = await visit({ calls, readings: { clockLead: -7200 } });
		expect(starts(await under(visitor, { clock: 'moscowShown' }, byStart))).toEqual([
			['talked', 8],
			['barred', 9],
		]);
	});

	it.each([
		['everything', 10, 11],
		['newTimes', 13, 11],
	] as const)(
		'put right at a moment, %s is right from then on',
		async (clockCorrects, ten, eleven) => {
			let now = Date.parse('2025-03-01T10:20:00Z');
			const visitor = await visit({ calls, now: () => new Date(now) });
			const readings = {
				clock: 'moscowShown',
				clockCorrectedAt: '2025-03-01T10:30:00Z',
				clockCorrects,
			} as const;
			const before = await under(visitor, readings, { sort: 'createdAt' });
			expect(starts(before)).toEqual([
				['talked', 13],
				['barred', 14],
			]);
			now += 3_600_000;
			expect(starts(await visitor.report({ sort: 'createdAt' }))).toEqual([
				['talked', ten],
				['barred', eleven],
			]);
			const found = await visitor.report({ ...byStart, to: '2025-03-01T12:00:00Z' });
			expect(ids(found)).toEqual(
				clockCorrects === 'everything' ? ['talked', 'barred'] : ['barred'],
			);
		},
	);
});

describe('rows that move while they are read', () => {
	const second2 = (n: number) => stamp(n % 60).replace('10:00', `1${Math.floor(n / 60)}:00`);
	const calls = Array.from({ length: 30 }, (_, i) => ({
		id: `c${i}`,
		status: i % 3 === 2 ? 'BUSY' : i % 3 === 1 ? 'NOANSWER' : 'ANSWERED',
		duration: i,
		createdAt: second2(i),
		startedAt: second2(i),
		updatedAt: second2(i),
	}));

	it.each(['updatedAt', '-updatedAt', 'duration', '-duration', 'createdAt'])(
		'by %s: one leaves, one enters, one moves to the end; the count is as before and a steady row is missing',
		async (sort) => {
			const visitor = await visit({ calls });
			const steady = ids(await visitor.report({ limit: 30, sort, status: 'ANSWERED,NOANSWER' }));
			visitor.emulator.reset();
			visitor.emulator.moveRows({ leave: 1, enter: 1, toEnd: 1 });
			const page = async (offset: number) =>
				await visitor.report({ limit: 10, offset, sort, status: 'ANSWERED,NOANSWER' });
			const [one, two] = [await page(0), await page(10)];
			expect([one.json.count, two.json.count]).toEqual([20, 20]);
			const found = [...ids(one), ...ids(two)];
			expect(found.filter((id, i) => found.indexOf(id) !== i)).toEqual([steady[0]]);
			const missing = steady.filter((id) => !found.includes(id));
			expect(missing).toEqual([steady[10], steady[11]]);
			expect(found.at(-1)).toBe('c2');
		},
	);

	it('without a status filter rows are taken out and new ones come', async () => {
		const visitor = await visit({ calls });
		visitor.emulator.moveRows({ beforePage: 1, leave: 2, enter: 2 });
		const found = ids(await visitor.report({ limit: 40, sort: 'createdAt' }));
		expect(found).toHaveLength(30);
		expect(found).not.toContain('c0');
		expect(found.slice(0, 28)).toEqual(calls.slice(2).map(({ id }) => id));
	});
});

describe('the addresses', () => {
	const places = {
		separate: '/api/v1/search/cis/calls',
		oneHost: '/analyse/api/v1/search/cis/calls',
		wrong: '/iam/api/v1/search/cis/calls',
	};

	it.each([
		['both', 200, 200],
		['separate', 200, 404],
		['oneHost', 404, 200],
	] as const)('%s', async (hosts, separate, oneHost) => {
		const visitor = await visit();
		visitor.emulator.readings.hosts = hosts;
		const status = async (path: string) => (await visitor.get(path)).status;
		expect([
			await status(places.separate),
			await status(places.oneHost),
			await status(places.wrong),
		]).toEqual([separate, oneHost, 404]);
	});

	it.each([
		['GET', '/analyse/api/v1/search/cis/calls'],
		['GET', '/iam/api/v1/users/me'],
		['POST', '/iam/api/v1/auth/login'],
		['GET', '/cis/api/v1/telephony/autoCall'],
		['GET', '/bot/api/v1/bots'],
	])('of every service on one host, below a path: %s %s', async (method, path) => {
		const { emulator, token } = await visit();
		emulator.readings.pathPrefix = '/white/label';
		const status = async (address: string) =>
			(
				await fetch(`${emulator.url}${address}`, {
					method,
					headers: { authorization: `Bearer ${token}` },
				})
			).status;
		expect(await status(path)).toBe(404);
		expect(await status(`/white/label${path}`)).toBe(method === 'GET' ? 200 : 400);
		expect(await status(`/white/label${path.replace(/^\/\w+/, '')}`)).toBe(
			method === 'GET' ? 200 : 400,
		);
	});
});

describe('readings from outside', () => {
	it.each([
		['count=page', { count: 'page' }],
		['pageFrom=1', { pageFrom: 1 }],
		['fileLimit=false', { fileLimit: false }],
		['maxPageSize=500', { maxPageSize: 500 }],
		['clockLead=-3600', { clockLead: -3600 }],
		['filtersIgnored=phone,taskId', { filtersIgnored: ['phone', 'taskId'] }],
		['filtersIgnored=', { filtersIgnored: [] }],
		[
			'clockCorrectedAt=2026-01-01T00:00:00+03:00',
			{ clockCorrectedAt: '2026-01-01T00:00:00+03:00' },
		],
		['csvDelimiter=;', { csvDelimiter: ';' }],
	])('%s', (argument, expected) => {
		expect(parseReading(argument)).toEqual(expected);
	});

	it.each([
		['cuont=page', 'No such reading: cuont'],
		['toString=1', 'No such reading: toString'],
		['count=pages', 'count is "total" | "capped"'],
		['count', 'count is "total"'],
		['maxPageSize=0', 'maxPageSize is a whole number from 1'],
		['filtersIgnored=phones', 'filtersIgnored is a list of phone, '],
		['pathPrefix=twin/', 'pathPrefix is a path that begins with a slash'],
	])('%s is refused', (argument, sentence) => {
		expect(() => parseReading(argument)).toThrow(sentence);
	});

	it("are taken out of a probe's result", () => {
		expect(checkedReadings({ at: '2026', readings: { count: 'page' } })).toEqual({ count: 'page' });
	});

	it('are all described, the default first', () => {
		const text = describeReadings();
		for (const name of Object.keys(DEFAULT_READINGS)) expect(text).toContain(`${name}: `);
		expect(text).toContain('tieOrder: "stable" | "perPage"');
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
		const [bot] = emulator.bots;
		expect((await get(`/api/v1/bots/${bot.id}`)).json).toMatchObject(bot);
		expect((await get('/api/v1/bots/none')).status).toBe(404);
		expect((await get('/api/v1/bots?fields=id,language&limit=1&offset=1')).json.items).toEqual([
			{ id: emulator.bots[1].id, language: 'ru' },
		]);
	});
});
