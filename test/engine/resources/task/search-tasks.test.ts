import { READINGS } from '../../../../tools/emulator/readings';
import { Setting } from '../../support/setting';

const TASKS = 250;

describe('the list of dial tasks', () => {
	let setting: Setting;
	beforeAll(async () => {
		setting = await Setting.open({
			calls: 200,
			data: { tasks: TASKS, from: '2026-06-01T00:00:00Z', to: '2026-06-02T00:00:00Z' },
		});
	});
	afterAll(async () => await setting.close());
	beforeEach(() => setting.twin24.reset());

	const list = async (filter?: string, paginationToken?: string, node = 'twin24Calls') =>
		await setting.engine.listSearch('searchTasks', {
			node,
			filter,
			paginationToken,
			credentials: { twin24Api: setting.credential() },
		});
	const all = async (filter?: string) => {
		const found = [];
		for (
			let token: string | undefined, isFirst = true;
			isFirst || token !== undefined;
			isFirst = false
		) {
			const { results, paginationToken } = await list(filter, token);
			found.push(...results);
			token = paginationToken as string | undefined;
		}
		return found;
	};

	test.each(READINGS.tasksShape.values)('page by page, in the shape "%s"', async (tasksShape) => {
		setting.twin24.readings.tasksShape = tasksShape;
		expect(await all()).toEqual(setting.twin24.tasks.map(({ id, name }) => ({ name, value: id })));
		expect(setting.twin24.log.count('tasks')).toBe(3);
	});

	test('by a word of the name, in any case', async () => {
		const [{ name }] = setting.twin24.tasks;
		const word = name.split(' ')[0];
		const expected = setting.twin24.tasks.filter((task) =>
			task.name.toLowerCase().includes(word.toLowerCase()),
		);
		expect((await all(` ${word.toUpperCase()} `)).map(({ value }) => value)).toEqual(
			expected.map(({ id }) => id),
		);
		expect(
			setting.twin24.log.entries.find(({ service }) => service === 'tasks')?.query.keyword,
		).toBe(word.toUpperCase());
	});

	test('by a word where TWIN24 does not search itself: pages without a match are passed over', async () => {
		const first = Array.from({ length: 100 }, (_, index) => ({
			id: `id-${index}`,
			name: `Опрос ${index}`,
		}));
		const second = [{ id: 'found', name: 'Напоминание об оплате' }];
		setting.twin24.faults.add(
			{ kind: 'garbage', service: 'tasks', body: { items: first }, query: { page: '0' } },
			{ kind: 'garbage', service: 'tasks', body: { items: second }, query: { page: '1' } },
		);
		expect(await list('оплат')).toEqual({
			results: [{ name: 'Напоминание об оплате', value: 'found' }],
		});
	});

	test('of the trigger, too', async () => {
		expect((await list(undefined, undefined, 'twin24CallsTrigger')).results).toHaveLength(100);
	});

	test.each([
		[{ kind: 'status', status: 403 } as const, 'may not read the dial tasks (HTTP 403)'],
		[{ kind: 'status', status: 404 } as const, 'no dial tasks at the Tasks URL'],
	])('that cannot be had says that an ID works without it: %j', async (fault, words) => {
		setting.twin24.faults.add({ ...fault, service: 'tasks' });
		const error = (await list().catch((thrown: unknown) => thrown)) as Error & {
			description: string;
		};
		expect(error.message).toMatch(/^The list of tasks could not be loaded\. /);
		expect(error.message).toContain(words);
		expect(error.description).toContain('Choose "By ID"');
	});

	test.each(['list', 'id'])('a task chosen by %s filters a search', async (mode) => {
		const [{ taskId }] = setting.twin24.table.all();
		const expected = setting.twin24.table.all().filter((call) => call.taskId === taskId).length;
		const { items, error } = await setting.run('search', {
			period: 'allTime',
			returnAll: true,
			filters: { taskId: { __rl: true, mode, value: taskId, cachedResultName: 'Опрос' } },
		});
		expect(error).toBeUndefined();
		expect(items).toHaveLength(expected);
	});
});
