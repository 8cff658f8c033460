import {
	ALL_FIELDS,
	CALL_STATUSES,
	FIELD_NAMES,
	SORT_FIELDS,
} from '../../../../nodes/Twin24/report/catalogue';
import { atSeconds, closeAll, ids, visit } from './support';

afterEach(closeAll);

const period = { from: '2025-03-01T00:00:00Z', to: '2025-03-02T00:00:00Z' };

describe('a page of the report', () => {
	it('holds 10 rows when no limit is given, and the count of all', async () => {
		const { report } = await visit({ calls: 25 });
		const { json } = await report();
		expect(json.items).toHaveLength(10);
		expect(json.count).toBe(25);
	});

	it("walks the vendor's 4,050 calls in five pages, each call once", async () => {
		const { report, emulator } = await visit({ calls: 4050 });
		const found: string[] = [];
		const sizes: number[] = [];
		for (let offset = 0; offset < 5000; offset += 1000) {
			const page = ids(await report({ limit: 1000, offset, fields: 'id' }));
			sizes.push(page.length);
			found.push(...page);
		}
		expect(sizes).toEqual([1000, 1000, 1000, 1000, 50]);
		expect(new Set(found)).toEqual(new Set(emulator.table.all().map(({ id }) => id)));
	});

	it('shows every call as the table has it', async () => {
		const { report, emulator } = await visit({ calls: 300 });
		const { json } = await report({ limit: 1000 });
		const byId = new Map(emulator.table.all().map((call) => [call.id, call]));
		for (const item of json.items) expect(item).toEqual(byId.get(item.id));
	});

	it('shows a change at once', async () => {
		const { report, emulator } = await visit({ calls: 3 });
		const [{ id }] = emulator.table.all();
		await report();
		emulator.table.update(id, { status: 'BUSY', nps: '"9"' });
		const { json } = await report({ id });
		expect(json.items[0]).toMatchObject({ status: 'BUSY', nps: '"9"' });
	});

	it('is empty past the end', async () => {
		const { report } = await visit({ calls: 5 });
		expect((await report({ offset: 5 })).json).toEqual({ count: 5, items: [] });
	});
});

describe('fields', () => {
	it('gives only those asked for', async () => {
		const { report } = await visit({ calls: 1 });
		const { json } = await report({ fields: 'status,id' });
		expect(Object.keys(json.items[0])).toEqual(['status', 'id']);
	});

	it('gives all when none are asked for', async () => {
		const { report } = await visit({ calls: 1 });
		expect(Object.keys((await report()).json.items[0]).sort()).toEqual([...FIELD_NAMES].sort());
	});

	it.each(ALL_FIELDS)('knows %s', async (field) => {
		const { report } = await visit({ calls: 1 });
		expect(Object.keys((await report({ fields: field })).json.items[0])).toEqual([field]);
	});
});

describe('the period', () => {
	const calls = [
		{
			id: 'early',
			createdAt: '2025-03-01T08:00:00.000000Z',
			startedAt: '2025-03-01T09:00:00.000000Z',
			updatedAt: '2025-03-01T10:00:00.000000Z',
		},
		{
			id: 'planned',
			createdAt: '2025-03-01T08:30:00.000000Z',
			startedAt: null,
			updatedAt: '2025-03-01T08:30:00.000000Z',
		},
		{
			id: 'late',
			createdAt: '2025-03-01T12:00:00.000000Z',
			startedAt: '2025-03-01T12:01:00.000000Z',
			updatedAt: '2025-03-01T12:02:00.000000Z',
		},
	];

	it.each([
		[{}, ['late', 'planned', 'early']],
		[{ to: '2025-03-01T11:00:00Z' }, ['planned', 'early']],
		[{ from: '2025-03-01T11:00:00Z' }, ['late']],
		[{ from: '2025-03-01T11:00:00+03:00', to: '2025-03-01T11:00:00+03:00' }, ['early']],
		[
			{ from: '2025-03-01T09:00:00Z', to: '2025-03-01T11:00:00Z', filterPeriodBy: 'updatedAt' },
			['early'],
		],
		[{ from: '2025-03-01T08:00:00Z', filterPeriodBy: 'startedAt' }, ['late', 'early']],
		[{ from: '2025-03-01T13:00:00Z', to: '2025-03-01T11:00:00Z' }, []],
	] as Array<[Record<string, string>, string[]]>)('%j finds %j', async (query, expected) => {
		const { report } = await visit({ calls });
		const answer = await report(query);
		expect(ids(answer)).toEqual(expected);
		expect(answer.json.count).toBe(expected.length);
	});
});

describe('sort', () => {
	it.each(SORT_FIELDS.flatMap((field) => [field, `-${field}`, `+${field}`, `${field},-duration`]))(
		'by %s agrees with a plain sort',
		async (sort) => {
			const { report, emulator } = await visit({ calls: 400, data: { ties: 50 } });
			const keys = sort
				.split(',')
				.map((key) => ({ name: key.replace(/^[-+]/, ''), sign: key.startsWith('-') ? -1 : 1 }));
			const rows = (await report({ sort, limit: 1000 })).json.items as unknown as Array<
				Record<string, string | number | null>
			>;
			expect(rows).toHaveLength(emulator.table.size);
			for (let i = 1; i < rows.length; i++) {
				for (const { name, sign } of keys) {
					const [before, after] = [rows[i - 1][name], rows[i][name]];
					if (before === after) continue;
					// Calls without the time stand last.
					if (after !== null) expect(before !== null && (before < after ? -1 : 1) * sign).toBe(-1);
					break;
				}
			}
		},
	);

	it('is by createdAt, latest first, when not given', async () => {
		const { report } = await visit({ calls: atSeconds(1, 3, 2) });
		expect(ids(await report())).toEqual(['c1', 'c2', 'c0']);
	});
});

describe('filters', () => {
	const calls = [
		{
			id: 'a',
			status: 'ANSWERED',
			phone: '79990000001',
			taskId: 't1',
			taskName: 'Осень',
			additional: 'Казань',
			duration: 30,
			isFinished: true,
		},
		{
			id: 'b',
			status: 'BUSY',
			phone: '79990000002',
			taskId: 't1',
			taskName: 'Осень',
			additional: '',
			duration: 0,
			isFinished: false,
		},
		{
			id: 'c',
			status: 'NOANSWER',
			phone: '79990000001',
			taskId: 't2',
			taskName: 'Зима',
			additional: '',
			duration: 0,
			isFinished: true,
		},
	].map((call, i) => ({
		...atSeconds(i)[0],
		messages: [],
		messagesAsString: null,
		externalId: null,
		...call,
	}));

	it.each([
		[{ status: 'BUSY' }, ['b']],
		[{ status: 'BUSY,NOANSWER' }, ['c', 'b']],
		[{ phone: '79990000001' }, ['c', 'a']],
		[{ phone: '+79990000001' }, []],
		[{ taskId: 't1' }, ['b', 'a']],
		[{ id: 'b' }, ['b']],
		[{ id: 'c,a,nobody' }, ['c', 'a']],
		[{ id: 'nobody' }, []],
		[{ id: 'a', status: 'BUSY' }, []],
		[{ id: 'a,b', ...period }, ['b', 'a']],
		[{ id: 'a,b', from: '2025-03-01T10:00:01Z' }, ['b']],
		[{ keyword: 'осень' }, ['b', 'a']],
		[{ keyword: 'КАЗАНЬ' }, ['a']],
		[{ duration: '30' }, ['a']],
		[{ isFinished: 'true' }, ['c', 'a']],
		[{ taskName: 'Зима', additional: '' }, ['c']],
		[{ nonsense: '1' }, ['c', 'b', 'a']],
	] as Array<[Record<string, string>, string[]]>)('%j finds %j', async (query, expected) => {
		const { report } = await visit({ calls });
		const answer = await report(query);
		expect(ids(answer)).toEqual(expected);
		expect(answer.json.count).toBe(expected.length);
	});

	it.each(CALL_STATUSES.map(({ value }) => value))('knows the status %s', async (status) => {
		const { report } = await visit({
			calls: [
				{ id: 'it', status },
				{ id: 'other', status: status === 'BUSY' ? 'DIAL' : 'BUSY' },
			],
		});
		expect(ids(await report({ status }))).toEqual(['it']);
	});
});

describe('what it refuses', () => {
	it.each([
		[{ limit: '1001' }, 400],
		[{ limit: '0' }, 422],
		[{ limit: '-1' }, 422],
		[{ limit: '1.5' }, 422],
		[{ limit: 'много' }, 422],
		[{ offset: '-1' }, 422],
		[{ page: '-1' }, 422],
		[{ from: 'вчера' }, 400],
		[{ from: '2025-03-01' }, 400],
		[{ from: '2025-03-01T00:00:00' }, 400],
		[{ from: '2025-02-30T00:00:00Z' }, 400],
		[{ to: '2025-03-01T25:00:00Z' }, 400],
		[{ to: '2025-03-01T00:00:00+99:00' }, 400],
		[{ filterPeriodBy: 'finishedAt' }, 422],
		[{ sort: 'phone' }, 400],
		[{ sort: 'createdAt,' }, 400],
		[{ output: 'PDF' }, 422],
		[{ archive: 'yes' }, 422],
		[{ fields: 'id,phones' }, 400],
	] as Array<[Record<string, string>, number]>)('%j', async (query, status) => {
		const { report } = await visit({ calls: 2 });
		const answer = await report(query);
		expect(answer.status).toBe(status);
		expect(answer.json.error).toMatch(/[а-я]/);
		expect(answer.json).toHaveProperty('details');
	});

	it('a plus that was not URL-encoded in a time', async () => {
		const { get } = await visit();
		expect((await get('/api/v1/search/cis/calls?from=2025-03-01T00:00:00+00:00')).status).toBe(400);
	});
});
