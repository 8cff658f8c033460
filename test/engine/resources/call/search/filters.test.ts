import {
	calls,
	close,
	filtered,
	found,
	inTable,
	newestFirst,
	open,
	requests,
	search,
	setting,
} from './in-june';

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
		expect(items).toHaveLength(5);
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

	test('obey the other filters and the limit, and come whenever they were', async () => {
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
		).toEqual(sorted.slice(0, 20).map(({ id }) => id));
	});
});
