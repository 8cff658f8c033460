import type { INodeParameters } from 'n8n-workflow';

import type { Call, EmulatorOptions, Readings } from '../../../../../tools/emulator';
import { Setting } from '../../../support/setting';

const FROM = '2026-06-01T00:00:00Z';
const TO = '2026-07-01T00:00:00Z';
const june = {
	period: 'custom',
	from: FROM,
	to: TO,
	returnAll: true,
	fieldSet: 'selected',
	fields: ['id', 'createdAt', 'phone'],
};

const open = async (calls: number, options: EmulatorOptions = {}) =>
	await Setting.open({ calls, data: { from: FROM, to: TO }, ...options });

const idsOf = (calls: Array<{ id: string }>) => calls.map(({ id }) => id).sort();
const inJune = ({ createdAt }: Call) => createdAt >= '2026-06-01' && createdAt < '2026-07-01';

const searchAll = async (setting: Setting, parameters: INodeParameters = {}) => {
	const result = await setting.run('search', { ...june, ...parameters });
	return { ...result, ids: result.items.map(({ json }) => json.id as string) };
};

/** Every call that was there before and still is must have come, each once; newcomers may. */
const expectWhole = (ids: string[], before: string[], setting: Setting) => {
	const found = new Set(ids);
	expect(found.size).toBe(ids.length);
	expect(before.filter((id) => !found.has(id))).toEqual([]);
	const there = new Set(setting.twin24.table.all().map(({ id }) => id));
	expect(ids.filter((id) => !there.has(id))).toEqual([]);
};

describe.each([20_000, 90_000])('a search of %i calls', (calls) => {
	let setting: Setting;
	let before: string[];
	beforeAll(async () => {
		setting = await open(calls);
		before = idsOf(setting.twin24.table.all().filter(inJune));
	});
	afterAll(async () => await setting.close());
	beforeEach(async () => await setting.reset());

	test('returns each of them once, newest first, with hardly more requests than pages', async () => {
		setting.twin24.faults.add({ service: 'calls', kind: 'latency', ms: 2 });
		const { ids, items, error } = await searchAll(setting);
		expect(error).toBeUndefined();
		expect([...ids].sort()).toEqual(before);
		const times = items.map(({ json }) => json.createdAt as string);
		expect(times).toEqual([...times].sort().reverse());
		expect(setting.twin24.log.count('calls')).toBeLessThanOrEqual(
			Math.ceil((calls / 1000) * 1.12) + 2,
		);
		expect(setting.twin24.log.maxInFlight('calls')).toBe(4);
	});

	test.each<Partial<Readings>>([
		{ from: 'exclusive', to: 'exclusive' },
		{ from: 'exclusive', to: 'inclusive', compareToTheSecond: true },
		{ count: 'capped' },
		{ count: 'capped', countCap: 10_000 },
		{ count: 'page' },
		{ count: 'absent', pastCap: 'empty' },
		{ tieOrder: 'unstable' },
		{ nulls: 'first' },
	])('is whole under the reading %j', async (readings) => {
		Object.assign(setting.twin24.readings, readings);
		const { ids, error } = await searchAll(setting);
		expect(error).toBeUndefined();
		expect([...ids].sort()).toEqual(before);
	});

	test('is whole through every fault at once', async () => {
		const { faults } = setting.twin24;
		faults.add(
			{ service: 'calls', skip: 2, every: 17, times: 2, kind: 'status', status: 503 },
			{
				service: 'calls',
				skip: 5,
				every: 19,
				times: 1,
				kind: 'status',
				status: 429,
				retryAfter: 1,
			},
			{ service: 'calls', skip: 7, every: 23, times: 1, kind: 'html' },
			{ service: 'calls', skip: 8, every: 29, times: 1, kind: 'cutOff', encoding: 'length' },
			{ service: 'calls', skip: 9, every: 31, times: 1, kind: 'cutOff', encoding: 'chunked' },
			{ service: 'calls', skip: 10, every: 37, times: 1, kind: 'reset' },
			{ service: 'calls', skip: 11, times: 1, kind: 'status', status: 401 },
			{ service: 'calls', skip: 12, times: 1, kind: 'garbage', variant: 'rowsWithoutIds' },
		);
		const { ids, error } = await searchAll(setting);
		expect(error).toBeUndefined();
		expect([...ids].sort()).toEqual(before);
	});
});

describe('a search of 20,000 calls that are being changed', () => {
	let setting: Setting;
	beforeEach(async () => {
		setting = await open(20_000);
	});
	afterEach(async () => await setting.close());

	test.each([
		{
			what: 'calls that arrive at the newest end',
			arrivals: { every: 3, insert: 2, at: '2026-06-30T23:59:58Z' },
		},
		{
			what: 'calls that arrive late, in the middle',
			arrivals: { every: 5, insert: 3, at: '2026-06-15T12:00:00Z' },
		},
		{ what: 'calls that are updated', arrivals: { every: 1, update: 5 } },
		{ what: 'all of it', arrivals: { every: 4, insert: 2, at: '2026-06-10T09:00:00Z', update: 3 } },
	])('is whole with $what', async ({ arrivals }) => {
		const before = idsOf(setting.twin24.table.all().filter(inJune));
		setting.twin24.faults.arrivals(arrivals);
		const { ids, error } = await searchAll(setting);
		expect(error).toBeUndefined();
		expectWhole(ids, before, setting);
	});

	test('by another time that changes while it is read', async () => {
		setting.twin24.faults.arrivals({ every: 3, update: 2 });
		const { ids, error } = await searchAll(setting, { options: { sortBy: 'updatedAt' } });
		expect(error).toBeUndefined();
		expectWhole(ids, idsOf(setting.twin24.table.all().filter(inJune)), setting);
	});
});

describe('what a search does not fetch', () => {
	let setting: Setting;
	beforeAll(async () => {
		setting = await open(105_000);
	});
	afterAll(async () => await setting.close());
	beforeEach(async () => await setting.reset());

	test('more than 100,000 calls: it says so after the first count, with the way round', async () => {
		const { error, items } = await searchAll(setting);
		expect(items).toEqual([]);
		expect(error?.message).toMatch(/105,\d{3} calls; one search returns at most 100,000/);
		expect(error?.description).toContain('Count');
		expect(setting.twin24.log.count('calls')).toBe(1);
	});

	test('where the count is capped, it says so once the windows are counted', async () => {
		setting.twin24.readings.count = 'capped';
		const { error } = await searchAll(setting);
		expect(error?.message).toMatch(
			/at least 1\d\d,\d{3} calls; one search returns at most 100,000/,
		);
		expect(setting.twin24.log.count('calls')).toBeLessThanOrEqual(12);
	});

	test('the newest 500 do not read the others', async () => {
		const { ids } = await searchAll(setting, { returnAll: false, limit: 500 });
		const newest = setting.twin24.table
			.all()
			.filter(inJune)
			.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
			.slice(0, 500);
		expect([...ids].sort()).toEqual(idsOf(newest));
		// Pages that a refused search had asked for may still arrive.
		const limits = setting.twin24.log.entries.map(({ query }) => query.limit);
		expect(limits.filter((limit) => limit !== '1000')).toEqual(['501']);
	});

	test('the newest 60,000 leave the other 45,000, past the cap too', async () => {
		const { ids } = await searchAll(setting, { returnAll: false, limit: 60_000 });
		expect(new Set(ids).size).toBe(60_000);
		expect(setting.twin24.log.count('calls')).toBeLessThanOrEqual(80);
	});
});

/** Another period for each input item, so that none is fetched for several of them. */
const FROM_OF_ITEM =
	'={{ DateTime.fromISO("2026-06-01T00:00:00Z").plus({ seconds: $json.index }).toISO() }}';

describe('side by side', () => {
	let setting: Setting;
	beforeAll(async () => {
		setting = await open(3001);
	});
	afterAll(async () => await setting.close());
	beforeEach(async () => await setting.reset());

	test('1,000 input items keep to the requests allowed, and each has its own result', async () => {
		setting.twin24.faults.add({ service: 'calls', kind: 'latency', ms: 2 });
		const items = Array.from({ length: 1000 }, (_, index) => ({ index }));
		const options = { parallelRequests: 3 };
		const parameters = { ...june, from: FROM_OF_ITEM, returnAll: false, limit: 2, options };
		const { items: found } = await setting.run('search', parameters, { items });
		expect(found).toHaveLength(2000);
		expect(found.map(({ pairedItem }) => (pairedItem as { item: number }).item)).toEqual(
			items.flatMap(({ index }) => [index, index]),
		);
		expect(setting.twin24.log.maxInFlight('calls')).toBe(3);
		expect(setting.twin24.log.count('auth')).toBe(1);
	});

	test('the first input item does not wait for the last', async () => {
		const items = Array.from({ length: 20 }, (_, index) => ({ index }));
		setting.twin24.faults.add({ service: 'calls', kind: 'latency', ms: 5 });
		const parameters = { ...june, from: FROM_OF_ITEM, options: { parallelRequests: 1 } };
		await setting.run('search', parameters, { items });
		const offsets = setting.twin24.log.entries
			.filter(({ service }) => service === 'calls')
			.map(({ query }) => query.offset);
		const oneItem = offsets.slice(0, offsets.indexOf('0', 1));
		expect(oneItem.length).toBeGreaterThanOrEqual(3);
		expect(offsets).toEqual(items.flatMap(() => oneItem));
	});

	test('what 40 input items ask for alike is fetched once, and each has items of its own', async () => {
		setting.twin24.faults.add({ service: 'calls', kind: 'latency', ms: 5 });
		const items = Array.from({ length: 40 }, () => ({}));
		const { items: one } = await setting.run('search', june);
		const requests = setting.twin24.log.count('calls');
		setting.twin24.log.clear();
		const { items: found } = await setting.run('search', june, { items });
		expect(setting.twin24.log.count('calls')).toBe(requests);
		expect(found).toHaveLength(40 * one.length);
		expect(new Set(found.map(({ json }) => json)).size).toBe(found.length);
		expect(found.slice(-one.length).map(({ json }) => json)).toEqual(one.map(({ json }) => json));
	});

	test('a search like one before asks for all its pages at once, and for no more', async () => {
		setting.twin24.faults.add({ service: 'calls', kind: 'latency', ms: 20 });
		const search = async () => {
			setting.twin24.log.clear();
			const { items } = await setting.run('search', { ...june, to: '2026-07-02T00:00:00Z' });
			const { log } = setting.twin24;
			return [items.length, log.count('calls'), log.maxInFlight('calls')];
		};
		expect([await search(), await search()]).toEqual([
			[3001, 4, 3],
			[3001, 4, 4],
		]);
	});

	test('stopping the execution ends it at once, pauses included', async () => {
		setting.twin24.faults.add({ service: 'calls', kind: 'status', status: 503, retryAfter: 300 });
		const execution = await setting.engine.start({
			node: 'twin24Calls',
			credentials: { twin24Api: setting.credential() },
			parameters: {
				resource: 'call',
				operation: 'search',
				...june,
				options: { parallelRequests: 1 },
			},
		});
		const isPausing = () =>
			setting.engine.logs('warn').some(({ message }) => message.includes('asking again'));
		while (!isPausing()) await new Promise(setImmediate); // eslint-disable-line @n8n/community-nodes/no-restricted-globals -- waits for a state, turn by turn
		execution.cancel();
		const { items } = await execution.result;
		expect(items).toEqual([]);
		expect(setting.twin24.log.count('calls')).toBe(1);
	});

	test('stopping the execution gives up a request that hangs', async () => {
		setting.twin24.faults.add({ service: 'calls', kind: 'hang' });
		const execution = await setting.engine.start({
			node: 'twin24Calls',
			credentials: { twin24Api: setting.credential() },
			parameters: { resource: 'call', operation: 'search', ...june },
		});
		while (setting.twin24.log.count('calls') === 0) await new Promise(setImmediate); // eslint-disable-line @n8n/community-nodes/no-restricted-globals -- as above
		execution.cancel();
		expect((await execution.result).items).toEqual([]);
	});
});
