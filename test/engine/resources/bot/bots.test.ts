import { Setting } from '../../support/setting';

const BOTS = 250;

let setting: Setting;
beforeAll(async () => {
	setting = await Setting.open({ calls: 10, data: { bots: BOTS } });
});
afterAll(async () => await setting.close());
beforeEach(async () => await setting.reset());

const list = async (filter?: string, paginationToken?: string, node = 'twin24Calls') =>
	await setting.engine.listSearch('searchBots', {
		node,
		filter,
		paginationToken,
		credentials: { twin24Api: setting.credential() },
	});

test('all bots, each an item with its ID and name', async () => {
	const { items } = await setting.run('getMany', { resource: 'bot', returnAll: true });
	expect(items.map(({ json }) => json)).toEqual(setting.twin24.bots);
});

test('some bots', async () => {
	const { items } = await setting.run('getMany', { resource: 'bot', limit: 3 });
	expect(items.map(({ json }) => json)).toEqual(setting.twin24.bots.slice(0, 3));
});

test.each(['twin24Calls', 'twin24CallsTrigger'])(
	'the list of bots of %s, page by page',
	async (node) => {
		const first = await list(undefined, undefined, node);
		expect(first).toEqual({
			results: setting.twin24.bots.slice(0, 100).map(({ id, name }) => ({ name, value: id })),
			paginationToken: '1',
		});
		expect((await list(undefined, '2', node)).results).toHaveLength(50);
	},
);

test('the list by a word of the name', async () => {
	const { name, id } = setting.twin24.bots[120];
	expect((await list(name.toUpperCase())).results).toContainEqual({ name, value: id });
});

test('a list that cannot be had says that an ID works without it', async () => {
	setting.twin24.faults.add({ kind: 'status', status: 403, service: 'bots' });
	const error = (await list().catch((thrown: unknown) => thrown)) as Error & {
		description: string;
	};
	expect(error.message).toBe(
		'The list of bots could not be loaded. This TWIN24 account may not see the bots (HTTP 403)',
	);
	expect(error.description).toContain('Choose "By ID"');
});
