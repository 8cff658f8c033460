import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Readings } from '../../../../tools/emulator/readings';
import { Setting } from '../../support/setting';

const FROM = '2026-06-01T00:00:00Z';
const TO = '2026-07-01T00:00:00Z';
const june = { period: 'custom', from: FROM, to: TO };

const total = (slices: IDataObject[]) =>
	slices.reduce((sum, { count }) => sum + (count as number), 0);

describe('count', () => {
	let setting: Setting;
	beforeAll(async () => {
		setting = await Setting.open({ calls: 4050, data: { from: FROM, to: TO } });
		// On the ends of the period and where days meet, where readings differ.
		for (const at of [
			FROM,
			TO,
			'2026-06-10T00:00:00Z',
			'2026-06-10T21:00:00Z',
			'2026-06-11T00:00:00Z',
		]) {
			setting.twin24.table.insert([{ createdAt: at }, { createdAt: at }]);
		}
	});
	afterAll(async () => await setting.close());
	beforeEach(() => setting.twin24.reset());

	const count = async (parameters: INodeParameters = {}, timezone = 'Europe/Moscow') => {
		const { items, error } = await setting.run('count', { ...june, ...parameters }, { timezone });
		if (error) throw error;
		return items.map(({ json }) => json);
	};
	const refusal = async (parameters: INodeParameters) => {
		const { error } = await setting.run('count', { ...june, ...parameters });
		expect(setting.twin24.log.count()).toBe(0);
		return error?.message;
	};

	test('one item for the whole, in two or three requests', async () => {
		expect(await count()).toEqual([
			{ from: '2026-06-01T03:00:00+03:00', to: '2026-07-01T03:00:00+03:00', count: 4058 },
		]);
		expect(setting.twin24.log.count('calls')).toBeLessThanOrEqual(3);
	});

	test("one item per day of the workflow's zone, hardly more than a request for each, and each linked to its input", async () => {
		const { items } = await setting.run(
			'count',
			{ ...june, splitBy: 'day' },
			{ timezone: 'Europe/Moscow', items: [{}, {}] },
		);
		expect(items).toHaveLength(2 * 31);
		expect(items.map(({ pairedItem }) => (pairedItem as { item: number }).item)).toEqual([
			...Array<number>(31).fill(0),
			...Array<number>(31).fill(1),
		]);
		expect(items[1].json).toMatchObject({
			from: '2026-06-02T00:00:00+03:00',
			to: '2026-06-03T00:00:00+03:00',
		});
		// One more where a day's first second has a call that may belong to the day before.
		expect(setting.twin24.log.count('calls')).toBeLessThanOrEqual(2 * (31 + 1));
	});

	test.each<[string, Partial<Readings>]>([
		['both ends inclusive', {}],
		['both ends exclusive', { from: 'exclusive', to: 'exclusive' }],
		['half-open', { to: 'exclusive' }],
		['compared to the second', { from: 'exclusive', compareToTheSecond: true }],
		['a count of the page', { count: 'page' }],
		['no count', { count: 'absent' }],
		[
			'exclusive and a count that has a small cap',
			{ from: 'exclusive', maxRowsPerPeriod: 1500, count: 'capped', pastCap: 'empty' },
		],
	])('slices add up, and a search of each returns as many calls: %s', async (_name, readings) => {
		Object.assign(setting.twin24.readings, readings);
		const weeks = await count({ splitBy: 'week' });
		expect(total(weeks)).toBe(4058);
		expect(weeks.map(({ from }) => from)).toEqual([
			'2026-06-01T03:00:00+03:00',
			'2026-06-08T00:00:00+03:00',
			'2026-06-15T00:00:00+03:00',
			'2026-06-22T00:00:00+03:00',
			'2026-06-29T00:00:00+03:00',
		]);
		const { items } = await setting.run(
			'search',
			{ period: 'custom', from: '={{ $json.from }}', to: '={{ $json.to }}', returnAll: true },
			{ items: weeks },
		);
		const found = weeks.map(
			(_week, index) =>
				items.filter(({ pairedItem }) => (pairedItem as { item: number }).item === index).length,
		);
		expect(found).toEqual(weeks.map((week) => week.count));
		expect(new Set(items.map(({ json }) => json.id)).size).toBe(4058);
	});

	test('slices of a limited number of calls', async () => {
		const slices = await count({ splitBy: 'maxCalls', maxCallsPerSlice: 500 });
		expect(total(slices)).toBe(4058);
		expect(slices.length).toBeLessThanOrEqual(14);
		expect(Math.max(...slices.map((slice) => slice.count as number))).toBeLessThanOrEqual(500);
		slices.slice(1).forEach((slice, index) => expect(slice.from).toBe(slices[index].to));
	});

	test('days and hours without calls are listed with 0', async () => {
		const days = await count({
			from: '2026-05-28T00:00:00+03:00',
			to: '2026-06-01T00:00:00+03:00',
			splitBy: 'day',
		});
		expect(days.map((day) => day.count)).toEqual([0, 0, 0, 0]);
		const hours = await count(
			{ from: '2026-10-25T00:00', to: '2026-10-26T00:00', splitBy: 'hour' },
			'Europe/Berlin',
		);
		expect(hours).toHaveLength(new Date() < new Date('2026-10-26') ? hours.length : 25);
	});

	test("a chosen zone counts before the workflow's", async () => {
		const days = await count({ splitBy: 'day', options: { timezone: 'UTC' } });
		expect(days).toHaveLength(30);
		expect(days[0]).toMatchObject({ from: '2026-06-01T00:00:00Z', to: '2026-06-02T00:00:00Z' });
	});

	test('filters, a list of call IDs among them', async () => {
		const calls = setting.twin24.table.all();
		const answered = calls.filter(
			({ status, createdAt }) => status === 'ANSWERED' && Date.parse(createdAt) < Date.parse(TO),
		).length;
		expect(total(await count({ splitBy: 'day', filters: { status: ['ANSWERED'] } }))).toBe(
			answered,
		);
		const ids = calls.slice(0, 3).map(({ id }) => id);
		expect(total(await count({ splitBy: 'month', filters: { callIds: ids.join(',') } }))).toBe(3);
	});

	test('a filter for a status that TWIN24 passes over', async () => {
		Object.assign(setting.twin24.readings, { unknownStatus: 'dropped', answered: 'ANSWER' });
		const answered = setting.twin24.table
			.all()
			.filter(
				({ status, createdAt }) => status === 'ANSWERED' && Date.parse(createdAt) < Date.parse(TO),
			);
		expect(total(await count({ splitBy: 'week', filters: { status: ['ANSWERED'] } }))).toBe(
			answered.length,
		);
	});

	test('all time begins with the month of the first call', async () => {
		const [first, ...rest] = await count({ period: 'allTime', splitBy: 'month' });
		expect(first).toMatchObject({
			from: '2026-06-01T00:00:00+03:00',
			to: '2026-07-01T00:00:00+03:00',
		});
		expect(total([first, ...rest])).toBe(4060);
	});

	test('all time of an account without calls is one slice of none', async () => {
		const [none, ...rest] = await count({
			period: 'allTime',
			splitBy: 'hour',
			filters: { phone: '+7 000 000-00-00' },
		});
		expect(none).toMatchObject({ count: 0 });
		expect(rest).toEqual([]);
	});

	test.each([
		[
			{ splitBy: 'hour', from: '2016-01-01', to: '2026-01-01' },
			'"Split By" would make 87,696 slices; a count makes at most 10,000',
		],
		[{ splitBy: 'fortnight' }, '"Split By" is "fortnight"'],
		[{ splitBy: 'maxCalls', maxCallsPerSlice: 0 }, '"Max Calls per Slice" is 0'],
		[{ splitBy: 'maxCalls', maxCallsPerSlice: 50_001 }, '"Max Calls per Slice" is 50001'],
		[{ splitBy: 'maxCalls', maxCallsPerSlice: 1.5 }, '"Max Calls per Slice" is 1.5'],
	])('%j is refused without a request', async (parameters, message) => {
		expect(await refusal(parameters)).toBe(message);
	});
});
