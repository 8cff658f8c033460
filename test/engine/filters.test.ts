import { DateTime } from 'luxon';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Call, Readings } from '../../tools/emulator';
import { FIELD_NAMES } from '../../nodes/Twin24/report/catalogue';
import { Setting } from './support/setting';

const FROM = '2026-06-01T00:00:00Z';
const TO = '2026-07-01T00:00:00Z';
const SIZE = 1500;
const june = { period: 'custom', from: FROM, to: TO, returnAll: true };

let setting: Setting;
let calls: Call[];

/** Opens an emulator at an address of its own, so that nothing that the node has learned of another counts. */
const open = async (readings: Partial<Readings> = {}) => {
	setting = await Setting.open({ calls: SIZE, data: { from: FROM, to: TO }, readings });
	calls = setting.twin24.table.all();
};
const close = async () => await setting.close();

const search = async (parameters: INodeParameters = {}, timezone?: string) =>
	await setting.run(
		'search',
		{ ...june, fieldSet: 'selected', fields: ['id'], ...parameters },
		{ timezone },
	);

/** The ids of the calls that a search finds, in its order. */
const found = async (parameters: INodeParameters = {}, timezone?: string) => {
	const { items, error } = await search(parameters, timezone);
	expect(error).toBeUndefined();
	return items.map(({ json }) => json.id as string);
};

const filtered = async (filters: INodeParameters) => await found({ filters });

const newestFirst = (a: Call, b: Call) => Date.parse(b.createdAt) - Date.parse(a.createdAt);

/** The ids of the calls in the emulator's own table that match, for comparison with those found. */
const inTable = (matches: (call: Call) => boolean) =>
	calls
		.filter(matches)
		.map(({ id }) => id)
		.sort();

const requests = () => setting.twin24.log.count('calls');

describe('filters', () => {
	beforeAll(async () => await open());
	afterAll(close);
	beforeEach(() => setting.twin24.reset());

	test('none: every call of the period', async () => {
		expect((await found()).sort()).toEqual(inTable(() => true));
	});

	test.each([
		[['BUSY']],
		[['NOANSWER', 'FAILED', 'FZ230']],
		[['ANSWERED']],
		[['ANSWERED', 'BUSY']],
		[['SCHEDULED', 'DIAL', 'INPROGRESS']],
	])('status %p', async (status) => {
		const expected = inTable((call) => status.includes(call.status));
		expect(expected.length).toBeGreaterThan(0);
		expect((await filtered({ status })).sort()).toEqual(expected);
	});

	test('status from an expression: a list, or text with commas', async () => {
		const expected = inTable(({ status }) => status === 'BUSY' || status === 'FAILED');
		expect((await filtered({ status: '={{ ["BUSY", "FAILED"] }}' })).sort()).toEqual(expected);
		expect((await filtered({ status: '={{ "busy, failed" }}' })).sort()).toEqual(expected);
	});

	test('phone, however it is written', async () => {
		const [{ phone }] = calls;
		const expected = inTable((call) => call.phone === phone);
		const [, area, a, b, c] = /^7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(phone)!;
		for (const written of [
			phone,
			`+${phone}`,
			`+7 (${area}) ${a}-${b}-${c}`,
			`8 ${area} ${a} ${b} ${c}`,
			`${area}${a}${b}${c}`,
			`={{ ${phone} }}`,
		]) {
			expect(await filtered({ phone: written })).toEqual(expected);
		}
		expect(
			setting.twin24.log.entries
				.filter(({ service }) => service === 'calls')
				.map(({ query }) => query.phone),
		).toEqual(Array(6).fill(phone));
	});

	test('task, by its ID', async () => {
		const [{ id }] = setting.twin24.tasks;
		const expected = inTable(({ taskId }) => taskId === id);
		expect(
			(await filtered({ taskId: { __rl: true, mode: 'id', value: id.toUpperCase() } })).sort(),
		).toEqual(expected);
		expect(
			(await filtered({ taskId: { __rl: true, mode: 'id', value: `={{ "${id}" }}` } })).sort(),
		).toEqual(expected);
	});

	test('keyword, in any field and language', async () => {
		const word = 'пятницу';
		const expected = inTable((call) => JSON.stringify(call).toLowerCase().includes(word));
		expect(expected.length).toBeGreaterThan(0);
		expect((await filtered({ keyword: word })).sort()).toEqual(expected);
	});

	test('other fields, all of which must hold', async () => {
		const { botName, transferredToOperator } = calls.find((call) => call.transferredToOperator)!;
		const expected = inTable(
			(call) => call.botName === botName && call.transferredToOperator === transferredToOperator,
		);
		const field = [
			{ name: 'botName', value: botName },
			{ name: 'transferredToOperator', value: '={{ true }}' },
		];
		expect((await filtered({ otherFields: { field } })).sort()).toEqual(expected);
	});

	test('several at once', async () => {
		const [{ id }] = setting.twin24.tasks;
		const expected = inTable(({ taskId, status }) => taskId === id && status === 'ANSWERED');
		expect(
			(
				await filtered({ taskId: { __rl: true, mode: 'id', value: id }, status: ['ANSWERED'] })
			).sort(),
		).toEqual(expected);
	});

	test('that nothing matches: no items, and no error', async () => {
		expect(await filtered({ keyword: 'неттакогослова' })).toEqual([]);
	});

	test('the fields come that were asked for, and no others', async () => {
		const { items } = await search({
			filters: { status: ['BUSY'] },
			fields: ['price', 'phone', 'messages'],
			limit: 5,
			returnAll: false,
		});
		const byPhone = new Map(calls.map((call) => [call.phone, call]));
		for (const { json } of items) {
			const { phone, price, messages } = byPhone.get(json.phone as string)!;
			expect(json).toEqual({ phone, price, messages });
			expect(Object.keys(json)).toEqual(['phone', 'messages', 'price']);
		}
	});
});

describe('answered calls', () => {
	afterEach(close);

	const readings = (['ANSWERED', 'ANSWER', 'both'] as const).flatMap((answered) =>
		(['matchesNothing', 'dropped', 'error'] as const).map((unknownStatus) => ({
			answered,
			unknownStatus,
		})),
	);
	test.each(readings)('are found where the API reads the filter so: %p', async (reading) => {
		await open(reading);
		const answered = inTable(({ status }) => status === 'ANSWERED');
		expect((await filtered({ status: ['ANSWERED'] })).sort()).toEqual(answered);
		const first = requests();

		setting.twin24.log.clear();
		expect((await filtered({ status: ['ANSWERED'] })).sort()).toEqual(answered);
		const refused = setting.twin24.log.entries.filter(({ status }) => status === 400);
		expect(refused).toEqual([]);
		if (reading.unknownStatus === 'error' && reading.answered !== 'both')
			expect(requests()).toBeLessThan(first);
		else expect(requests()).toBe(first);

		const either = inTable(({ status }) => status === 'ANSWERED' || status === 'BUSY');
		expect((await filtered({ status: ['BUSY', 'ANSWERED'] })).sort()).toEqual(either);
	});
});

describe('call IDs', () => {
	afterEach(close);

	test.each([['list'], ['single']] as const)(
		'are found where the API takes them as a %s',
		async (idFilter) => {
			await open({ idFilter });
			const wanted = [...calls]
				.sort(newestFirst)
				.filter((_, index) => index % 150 === 3)
				.map(({ id }) => id);
			const unknown = '00000000-0000-4000-8000-000000000000';
			expect(await filtered({ callIds: wanted.join(', ') })).toEqual(wanted);
			expect(
				await filtered({ callIds: `={{ ${JSON.stringify([...wanted, unknown].reverse())} }}` }),
			).toEqual(wanted);
			expect(await filtered({ callIds: wanted[4].toUpperCase() })).toEqual([wanted[4]]);
			expect(await filtered({ callIds: unknown })).toEqual([]);
		},
	);

	test('obey the period, the other filters and the limit', async () => {
		await open();
		const sorted = [...calls].sort(newestFirst);
		const callIds = sorted
			.slice(0, 20)
			.map(({ id }) => id)
			.join(',');
		expect(await filtered({ callIds, status: ['ANSWERED'] })).toEqual(
			sorted
				.slice(0, 20)
				.filter(({ status }) => status === 'ANSWERED')
				.map(({ id }) => id),
		);
		expect(await found({ filters: { callIds }, returnAll: false, limit: 3 })).toEqual(
			sorted.slice(0, 3).map(({ id }) => id),
		);
		expect(
			await found({
				filters: { callIds },
				from: '2026-06-01T00:00:00Z',
				to: '2026-06-02T00:00:00Z',
			}),
		).toEqual([]);
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
