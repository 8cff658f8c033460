import { DateTime } from 'luxon';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import {
	ALL_FIELDS,
	FIELD_NAMES,
	SIMPLIFIED_FIELDS,
} from '../../../../../nodes/Twin24/report/catalogue';
import { Setting } from '../../../support/setting';
import {
	calls,
	close,
	found,
	FROM,
	june,
	newestFirst,
	open,
	search,
	setting,
	SIZE,
	TO,
} from './in-june';

describe('search', () => {
	const period = { period: 'custom', from: FROM, to: TO };
	let setting: Setting;
	beforeAll(async () => {
		setting = await Setting.open({ calls: 4050, data: { from: FROM, to: TO } });
	});
	afterAll(async () => await setting.close());
	beforeEach(() => setting.twin24.reset());

	test("returns the 4,050 calls of the vendor's example, each once, in at most 6 requests", async () => {
		const { items, error } = await setting.run('search', {
			...period,
			returnAll: true,
			fieldSet: 'all',
		});
		expect(error).toBeUndefined();
		const ids = items.map(({ json }) => json.id);
		expect(new Set(ids).size).toBe(4050);
		expect(items).toHaveLength(4050);
		expect(setting.twin24.log.count('calls')).toBeLessThanOrEqual(6);
		expect(Object.keys(items[0].json)).toEqual(expect.arrayContaining(ALL_FIELDS));
		const byId = new Map(setting.twin24.table.all().map((call) => [call.id, call]));
		for (const { json } of items)
			expect(json.messagesAsString).toBe(byId.get(json.id as string)?.messagesAsString);
	});

	test('returns the newest 50 with the simplified fields unless told otherwise', async () => {
		const { items } = await setting.run('search', period);
		expect(items).toHaveLength(50);
		expect(Object.keys(items[0].json)).toEqual(SIMPLIFIED_FIELDS);
		expect(setting.twin24.log.count('calls')).toBe(1);
		expect(items.every(({ pairedItem }) => (pairedItem as { item: number }).item === 0)).toBe(true);
	});
});

describe('order, offset and page', () => {
	beforeAll(async () => await open());
	afterAll(close);
	beforeEach(() => setting.twin24.reset());

	test.each([
		['createdAt', 'asc'],
		['createdAt', 'desc'],
		['updatedAt', 'asc'],
		['updatedAt', 'desc'],
		['startedAt', 'asc'],
		['startedAt', 'desc'],
		['duration', 'asc'],
		['duration', 'desc'],
	])('by %s, %s', async (sortBy, sortDirection) => {
		const { items } = await search({ fields: ['id', sortBy], options: { sortBy, sortDirection } });
		const keys = items.map(({ json }) => json[sortBy]).filter((key) => key !== null);
		const sign = sortDirection === 'asc' ? 1 : -1;
		expect(keys).toEqual([...keys].sort((a, b) => (a === b ? 0 : (a! < b! ? -1 : 1) * sign)));
		expect(new Set(items.map(({ json }) => json.id)).size).toBe(SIZE);
		// Those without the key stand at the end.
		expect(items.slice(keys.length).every(({ json }) => json[sortBy] === null)).toBe(true);
	});

	test('an offset skips, a page skips pages more, and both come from one order', async () => {
		const all = await found();
		expect(await found({ returnAll: false, limit: 7 })).toEqual(all.slice(0, 7));
		expect(await found({ returnAll: false, limit: 7, options: { offset: 5 } })).toEqual(
			all.slice(5, 12),
		);
		expect(await found({ returnAll: false, limit: 7, options: { page: 3 } })).toEqual(
			all.slice(14, 21),
		);
		expect(await found({ returnAll: false, limit: 7, options: { offset: 5, page: 3 } })).toEqual(
			all.slice(19, 26),
		);
		expect(await found({ options: { offset: SIZE - 2 } })).toEqual(all.slice(-2));
		expect(await found({ returnAll: false, limit: 7, options: { offset: SIZE } })).toEqual([]);
		expect(await found({ returnAll: false, limit: 1200 })).toEqual(all.slice(0, 1200));
		expect(setting.twin24.log.entries.some(({ query }) => 'page' in query)).toBe(false);
	});
});

describe('the period', () => {
	afterEach(close);

	const hour = 3_600_000;

	/** Calls around the last midnights of a zone: their names tell where they stand. */
	const around = async (zone: string) => {
		await open();
		const midnight = DateTime.now().setZone(zone).startOf('day');
		const instants: Record<string, number> = {
			dayBefore: midnight.minus({ days: 1 }).toMillis() - 1000,
			yesterdayStart: midnight.minus({ days: 1 }).toMillis(),
			yesterdayEnd: midnight.toMillis() - 1000,
			todayStart: midnight.toMillis(),
			lastMonth: midnight.startOf('month').toMillis() - 1000,
			thisMonth: midnight.startOf('month').toMillis(),
			monthBeforeLast: midnight.startOf('month').minus({ months: 1 }).toMillis() - 1000,
			days6: Date.now() - 6 * 24 * hour,
			days8: Date.now() - 8 * 24 * hour,
			days29: Date.now() - 29 * 24 * hour,
			days31: Date.now() - 31 * 24 * hour,
			hours23: Date.now() - 23 * hour,
			hours25: Date.now() - 25 * hour,
		};
		setting.twin24.table.replaceAll(
			Object.entries(instants).map(([externalId, at]) => ({
				externalId,
				createdAt: new Date(at).toISOString(),
			})),
		);
		return { instants, midnight };
	};

	const names = async (parameters: INodeParameters, timezone?: string) => {
		const { items, error } = await search({ fields: ['externalId'], ...parameters }, timezone);
		expect(error).toBeUndefined();
		return items.map(({ json }) => json.externalId as string).sort();
	};

	test.each([['Pacific/Kiritimati'], ['Europe/Moscow'], ['America/Los_Angeles']])(
		"by preset counts in the days of the workflow's zone: %s",
		async (zone) => {
			const { instants, midnight } = await around(zone);
			const between = (from: number, to = Date.now()) =>
				Object.keys(instants)
					.filter((name) => instants[name] >= from && instants[name] < to)
					.sort();
			const periods: Record<string, string[]> = {
				today: between(midnight.toMillis()),
				yesterday: between(midnight.minus({ days: 1 }).toMillis(), midnight.toMillis()),
				last24Hours: between(Date.now() - 24 * hour),
				last7Days: between(Date.now() - 7 * 24 * hour),
				last30Days: between(Date.now() - 30 * 24 * hour),
				thisMonth: between(midnight.startOf('month').toMillis()),
				lastMonth: between(
					midnight.startOf('month').minus({ months: 1 }).toMillis(),
					midnight.startOf('month').toMillis(),
				),
				allTime: Object.keys(instants).sort(),
			};
			for (const [period, expected] of Object.entries(periods)) {
				expect([period, await names({ period }, zone)]).toEqual([period, expected]);
				// The option wins over the workflow.
				expect([
					period,
					await names({ period, options: { timezone: zone } }, 'Asia/Tokyo'),
				]).toEqual([period, expected]);
			}
		},
	);

	test("of one's choice is half-open, and what is a day is one of the zone", async () => {
		await open();
		const at = (externalId: string, createdAt: string) => ({
			externalId,
			createdAt,
			startedAt: createdAt,
			updatedAt: createdAt,
		});
		setting.twin24.table.replaceAll([
			at('before', '2026-06-09T20:59:59.999999Z'),
			at('first', '2026-06-09T21:00:00.000000Z'),
			at('last', '2026-06-10T20:59:59.999000Z'),
			at('after', '2026-06-10T21:00:00.000000Z'),
		]);
		const zone = 'Europe/Moscow';
		for (const [from, to] of [
			['2026-06-10', '2026-06-10'],
			['2026-06-10T00:00:00', '2026-06-10T23:59:59'],
			['2026-06-10 00:00:00', '2026-06-11 00:00:00'],
			['2026-06-09T21:00:00Z', '2026-06-11T00:00:00+03:00'],
			[
				'={{ DateTime.fromISO("2026-06-10T00:00:00") }}',
				'={{ DateTime.fromISO("2026-06-10").plus({ days: 1 }) }}',
			],
			['={{ new Date("2026-06-09T21:00:00Z") }}', '={{ new Date("2026-06-10T21:00:00Z") }}'],
		]) {
			expect(await names({ from, to }, zone)).toEqual(['first', 'last']);
		}
		expect(await names({ from: '2026-06-10', to: '' }, zone)).toEqual(['after', 'first', 'last']);
		expect(await names({ from: '2026-06-10', to: '2099-01-01' }, zone)).toEqual([
			'after',
			'first',
			'last',
		]);
	});

	test('applies to the time that is chosen', async () => {
		await open();
		const [created, started, updated] = [
			'2026-06-05T12:00:00.000000Z',
			'2026-06-06T12:00:00.000000Z',
			'2026-06-07T12:00:00.000000Z',
		];
		setting.twin24.table.replaceAll([
			{ externalId: 'it', createdAt: created, startedAt: started, updatedAt: updated },
		]);
		for (const [day, field] of [
			['2026-06-05', 'createdAt'],
			['2026-06-06', 'startedAt'],
			['2026-06-07', 'updatedAt'],
		]) {
			for (const filterPeriodBy of ['createdAt', 'startedAt', 'updatedAt']) {
				const expected = filterPeriodBy === field ? ['it'] : [];
				expect(await names({ from: day, to: day, options: { filterPeriodBy } }, 'UTC')).toEqual(
					expected,
				);
			}
		}
	});
});

describe('markers and dialogId, which not every edition of the API knows', () => {
	afterEach(close);

	const fields = ['id', 'markers', 'dialogId'];
	const first = async (operation: string) => {
		const [{ id }] = [...calls].sort(newestFirst);
		const parameters: INodeParameters =
			operation === 'get' ? { callId: id } : { ...june, returnAll: false, limit: 1 };
		return await setting.run(operation, { ...parameters, fieldSet: 'selected', fields });
	};

	test.each([['search'], ['get']])('come where they are known (%s)', async (operation) => {
		await open({ extraFields: 'known' });
		const [{ id, markers, dialogId }] = [...calls].sort(newestFirst);
		expect((await first(operation)).items.map(({ json }) => json)).toEqual([
			{ id, markers, dialogId },
		]);
	});

	test.each([['search'], ['get']])(
		'are left out where they are passed over (%s)',
		async (operation) => {
			await open({ extraFields: 'ignored' });
			const [{ id }] = [...calls].sort(newestFirst);
			expect((await first(operation)).items.map(({ json }) => json as IDataObject)).toEqual([
				{ id },
			]);
		},
	);

	test.each([['search'], ['get']])(
		'are named with the remedy where they are refused (%s)',
		async (operation) => {
			await open({ extraFields: 'error' });
			const { error } = await first(operation);
			expect(error?.message).toBe("TWIN24's calls report did not accept the request (HTTP 400)");
			expect(error?.description).toBe(
				'Your TWIN24 may not know the fields Markers and Dialog ID: remove them under "Fields". TWIN24 says: Неизвестное поле в параметре fields.: Поле «markers» не существует.',
			);
		},
	);

	test('no set but the chosen one asks for them', async () => {
		await open({ extraFields: 'error' });
		for (const fieldSet of ['simplified', 'all']) {
			const { error, items } = await setting.run('search', {
				...june,
				returnAll: false,
				limit: 1,
				fieldSet,
			});
			expect(error).toBeUndefined();
			expect(FIELD_NAMES).toEqual(expect.arrayContaining(Object.keys(items[0].json)));
		}
	});
});
