import { Setting } from '../../support/setting';

/** An input item that fails and goes on (`On Error: Continue`): what becomes of it, and of its neighbours. */

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

let setting: Setting;

beforeAll(async () => {
	setting = await Setting.open({ calls: 50 });
});
afterEach(async () => await setting.reset());
afterAll(async () => await setting.close());

const idsOf = () => setting.twin24.table.all().map(({ id }) => id);

test('get over four items, of which the second is no ID: it keeps its fields and its pairing', async () => {
	const [first, second, third] = idsOf();
	const { items, error } = await setting.run(
		'get',
		{ callId: '={{ $json.call }}' },
		{
			items: [
				{ call: first, deal: 1 },
				{ call: 'none', deal: 2 },
				{ call: second, deal: 3 },
				{ call: third, deal: 4 },
			],
			continueOnFail: true,
		},
	);
	expect(error).toBeUndefined();
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2, 3].map((item) => ({ item })));
	expect(items[1].json).toEqual({
		call: 'none',
		deal: 2,
		error: expect.stringMatching(/^"Call ID" is not an ID: "none"\. An ID looks like/),
	});
	expect([items[0], items[2], items[3]].map(({ json }) => json.id)).toEqual([first, second, third]);
});

test('get with the error output: the item that fails goes there with its fields, the others do not', async () => {
	const [first, second] = idsOf();
	const { items, errorItems } = await setting.run(
		'get',
		{ callId: '={{ $json.call }}' },
		{
			items: [
				{ call: first, deal: 1 },
				{ call: UNKNOWN, deal: 2 },
				{ call: second, deal: 3 },
			],
			continueOnFail: 'error',
		},
	);
	expect(items.map(({ json }) => json.id)).toEqual([first, second]);
	expect(errorItems).toEqual([
		expect.objectContaining({
			json: {
				call: UNKNOWN,
				deal: 2,
				error: expect.stringMatching(`names no call: TWIN24 does not know ${UNKNOWN}`),
			},
			pairedItem: { item: 1 },
		}),
	]);
});

test('three searches, of which the second has an impossible From: the others bring their calls', async () => {
	const { items, error } = await setting.run(
		'search',
		{ period: 'custom', from: '={{ $json.from }}', limit: 2 },
		{
			items: [{ from: '2020-01-01' }, { from: '2020-02-31', row: 7 }, { from: '2020-01-01' }],
			continueOnFail: true,
		},
	);
	expect(error).toBeUndefined();
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 0, 1, 2, 2].map((item) => ({ item })),
	);
	expect(items[2].json).toEqual({
		from: '2020-02-31',
		row: 7,
		error: expect.stringMatching(/^"From" is not a date: "2020-02-31"\. Pick one/),
	});
});

test('a refused request belongs to its item as well', async () => {
	setting.twin24.faults.add({ kind: 'status', status: 403, service: 'calls' });
	const { items } = await setting.run(
		'search',
		{ limit: 1 },
		{ items: [{ row: 1 }], continueOnFail: true },
	);
	expect(items).toEqual([
		{
			json: { row: 1, error: expect.stringMatching(/may not read the calls report/) },
			pairedItem: { item: 0 },
		},
	]);
});

test.each([
	['Filters', { filters: '={{ { phone: "79991234567" } }}' }],
	['Options', { options: '={{ { sortBy: "duration" } }}' }],
])(
	'%s given as one expression, which n8n loses, is an error and not all calls',
	async (label, parameters) => {
		const { error } = await setting.run('search', parameters);
		expect(error?.message).toBe(
			`"${label}" is given as one expression, which n8n does not hand on to nodes`,
		);
		expect(error?.description).toMatch(/^Add them one by one; each of them may be an expression: /);
		expect(setting.twin24.log.count()).toBe(0);
	},
);

test('each filter and option may be an expression', async () => {
	const [call] = setting.twin24.table.all();
	const parameters = {
		period: 'allTime',
		filters: { phone: '={{ $json.phone }}', status: '={{ $json.status }}' },
		options: { sortBy: '={{ "duration" }}', sortDirection: 'asc' },
		returnAll: true,
	};
	const items = [{ phone: `+${call.phone}`, status: [call.status] }];
	const found = await setting.run('search', parameters, { items });
	expect(found.error).toBeUndefined();
	expect(found.items.map(({ json }) => json.id)).toContain(call.id);
	for (const { json } of found.items) {
		expect(json).toMatchObject({ phone: call.phone, status: call.status });
	}
});

test.each([
	['={{ [{ name: "botName", value: "x" }] }}'],
	['={{ { field: [{ name: "botName", value: "x" }] } }}'],
])(
	'other fields given as one expression are an error and not all calls: %s',
	async (otherFields) => {
		const { error } = await setting.run('search', { filters: { otherFields } });
		expect(error?.message).toBe('"Other Fields" is empty');
		expect(setting.twin24.log.count()).toBe(0);
	},
);
