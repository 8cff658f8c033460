import { collect } from '../../../nodes/Twin24/paging/collect';
import type { CollectRequest } from '../../../nodes/Twin24/paging/collect';
import { BudgetError, IncompleteError } from '../../../nodes/Twin24/paging/errors';
import type { Row } from '../../../nodes/Twin24/paging/page';
import { LIKELY, Table } from './table';
import type { Readings, TableRow } from './table';

/** The limits of the real report. */
const LIMITS = { pageSize: 1000, cap: 50_000 };
const START = Date.UTC(2026, 0, 1);
const HOUR = 3600_000;
const DAY = 24 * HOUR;

/** `count` calls at equal distances within a day, so that no two share a moment. */
const calls = (count: number): TableRow[] =>
	Array.from({ length: count }, (_, index) => {
		const time = START + Math.floor((index * DAY) / count);
		return {
			id: `call-${index}`,
			createdAt: time,
			updatedAt: time,
			startedAt: time,
			duration: index % 90,
			status: index % 3 === 0 ? 'A' : 'B',
			matches: true,
		};
	});

const tableOf = (
	rows: TableRow[],
	readings: Partial<Readings> = {},
	beforeAnswer?: (request: number, table: Table) => void,
) => new Table(rows, { ...LIKELY, ...readings }, LIMITS, beforeAnswer);

const search = async (table: Table, over: Partial<CollectRequest> = {}) => {
	const request: CollectRequest = {
		period: { from: START, to: START + DAY },
		periodField: table.periodField,
		fixedField: 'createdAt',
		sort: { field: 'createdAt', direction: 'desc' },
		parallel: 4,
		...LIMITS,
		...over,
	};
	const rows: Row[] = [];
	for await (const batch of collect(table.fetchPage, request))
		for (const row of batch) rows.push(row);
	return rows;
};

const ids = (rows: Array<{ id: string }>) => rows.map(({ id }) => id);

describe('sorted by a field that moves', () => {
	test.each(['updatedAt', 'duration'] as const)(
		'%s: one call leaves, one comes, one moves to the end between two pages, and none is lost',
		async (field) => {
			const rows = calls(1500);
			rows[1400].matches = false;
			const table = tableOf(rows, {}, (request) => {
				if (request !== 2) return;
				rows[100].matches = false;
				rows[1400].matches = true;
				rows[200][field] = START + 2 * DAY;
			});
			const found = ids(await search(table, { sort: { field, direction: 'asc' }, parallel: 1 }));
			const steady = rows.filter((_, index) => index !== 100 && index !== 1400);
			expect(found).toEqual(expect.arrayContaining(ids(steady)));
			expect(new Set(found).size).toBe(found.length);
			expect(table.queries.length).toBeLessThanOrEqual(8);
		},
	);
});

describe('page after page of a table that does not change', () => {
	const pages = async (table: Table, over: Partial<CollectRequest>, count: number) => {
		const found: string[] = [];
		for (let page = 0; page < count; page++)
			for (const { id } of await search(table, { ...over, offset: page * 1000, limit: 1000 }))
				found.push(id);
		return found;
	};

	test('is the whole without doubles when rows without the key come first', async () => {
		const rows = calls(3000);
		rows.slice(0, 600).forEach((row) => (row.startedAt = null));
		const sort = { field: 'startedAt', direction: 'desc' } as const;
		const found = await pages(tableOf(rows, { nulls: 'first' }), { sort }, 3);
		expect(new Set(found).size).toBe(3000);
		expect(found.slice(-600)).toEqual(ids(rows.slice(0, 600)).sort());
	});

	test('is the same whole below and beyond the cap, ties by id', async () => {
		const rows = calls(54_000);
		rows.forEach((row, index) => (row.duration = index % 3));
		const table = tableOf(rows);
		const sort = { field: 'duration', direction: 'asc' } as const;
		const whole = ids(await search(table, { sort }));
		for (const page of [0, 17, 49, 53]) {
			const slice = await search(table, { sort, offset: page * 1000, limit: 1000 });
			expect(ids(slice)).toEqual(whole.slice(page * 1000, (page + 1) * 1000));
		}
	});
});

describe('few of many', () => {
	test('take one request', async () => {
		const table = tableOf(calls(30_000));
		expect(ids(await search(table, { limit: 50 }))).toEqual(
			ids(calls(30_000).slice(-50).reverse()),
		);
		expect(table.queries).toHaveLength(1);
	});

	test.each<Partial<Readings>>([{ sort: 'ignored' }, { sort: 'ascendingOnly' }, { clamp: 10 }])(
		'are the right ones where the source passes over what it was asked for: %j',
		async (readings) => {
			const found = await search(tableOf(calls(3000), readings), { limit: 50 });
			expect(ids(found)).toEqual(ids(calls(3000).slice(-50).reverse()));
		},
	);
});

describe('a page that is cut short without a word', () => {
	test.each<[number, Readings['count']]>([
		[500, 'page'],
		[100, 'page'],
		[500, 'total'],
		[100, 'absent'],
	])('%d rows of 1,000, count: %s: all calls come', async (clamp, count) => {
		expect(await search(tableOf(calls(2345), { clamp, count }))).toHaveLength(2345);
	});
});

describe('rows and count that are capped together', () => {
	test('are noticed, and read in parts', async () => {
		expect(await search(tableOf(calls(9000), { count: 'cappedWithRows' }))).toHaveLength(9000);
	});
});

describe('a period by a field that moves, its end ahead of the clock', () => {
	test('loses none of the calls that change while they are read', async () => {
		const rows = calls(60_000);
		const table = tableOf(rows, {}, (request) => {
			// Twenty calls of the oldest, after the newest were read.
			if (request >= 10 && request < 30) rows[request * 50].updatedAt = START + DAY + request;
		});
		table.periodField = 'updatedAt';
		const found = await search(table, {
			period: { from: START, to: START + DAY + HOUR },
			sort: { field: 'updatedAt', direction: 'desc' },
		});
		expect(new Set(ids(found)).size).toBe(60_000);
	});
});

describe('all time by a field that some calls do not have', () => {
	test('brings them too where the source lets them through', async () => {
		const rows = calls(60_000);
		rows.slice(0, 6000).forEach((row) => (row.startedAt = null));
		const table = tableOf(rows, { nullsPassOpenPeriods: true, nulls: 'first' });
		table.periodField = 'startedAt';
		const found = await search(table, {
			period: { to: START + DAY },
			sort: { field: 'startedAt', direction: 'desc' },
		});
		expect(found).toHaveLength(60_000);
		expect(found.at(-1)!.startedAt).toBeNull();
	});
});

describe('a count that is larger than what can be read', () => {
	test.each<[Readings['count'], number, number]>([
		['oneTooMany', 120_000, 12],
		['oneTooMany', 300, 2],
		['ofAll', 60_000, 12],
	])('%s, %d calls: an error after the first window that proves it', async (count, size, most) => {
		const rows = calls(size);
		if (count === 'ofAll') rows.forEach((row, index) => (row.matches = index % 1000 === 0));
		const table = tableOf(rows, { count });
		await expect(search(table)).rejects.toBeInstanceOf(IncompleteError);
		expect(table.queries.length).toBeLessThanOrEqual(most + 60);
	});

	test('answers that never agree end in an error, after few times the requests that the calls ask for', async () => {
		let asked = 0;
		const shown = (time: number) => new Date(time).toISOString();
		const fickle = async () => {
			const first = asked++ * 1000;
			const items = Array.from({ length: 1000 }, (_, index) => ({
				id: `call-${first + index}`,
				createdAt: shown(START + ((index * 7919) % 1000) * 1000),
			}));
			return { count: 5001, items };
		};
		const read = async () => {
			for await (const batch of collect(fickle, {
				period: { from: START, to: START + DAY },
				periodField: 'createdAt',
				fixedField: 'createdAt',
				sort: { field: 'createdAt', direction: 'desc' },
				parallel: 4,
				...LIMITS,
			}))
				expect(batch).toEqual([]);
		};
		await expect(read()).rejects.toThrow(/Gave up after/);
		await expect(read()).rejects.toBeInstanceOf(BudgetError);
		expect(asked).toBeLessThanOrEqual(2 * 600);
	});
});

describe('a filter that the source passes over', () => {
	test('changes nothing but the time it takes: its count refuses nothing', async () => {
		const rows = calls(5000);
		rows.forEach((row, index) => (row.matches = index % 10 === 0));
		const table = tableOf(rows, { ignoresFilters: true });
		const keep = ({ matches }: Row) => matches === true;
		const admit = (count: number) => (count > 1000 ? new Error('too many') : undefined);
		expect(await search(table, { keep, admit })).toHaveLength(500);
		expect(ids(await search(table, { keep, admit, limit: 200 }))).toEqual(
			ids(rows.filter(({ matches }) => matches).reverse()).slice(0, 200),
		);
	});
});

describe('a second of more calls than a page', () => {
	const SMALL = { pageSize: 100, cap: 1000 };
	const MOMENT = START + HOUR;
	const crowd = (count: number) => calls(count).map((row) => ({ ...row, createdAt: MOMENT }));
	const others = calls(50).map((row) => ({ ...row, id: `other-${row.id}` }));

	test('whose ties stand in another order for each page, but always the same, is read by asking in other ways', async () => {
		const table = new Table([...crowd(350), ...others], { ...LIKELY, ties: 'byPage' }, SMALL);
		expect(await search(table, SMALL)).toHaveLength(400);
	});

	test('and than can be had for a period is read part by part', async () => {
		const rows = crowd(1200).map((row, index) => ({ ...row, status: `${index % 3}` }));
		const partitions = ['0', '1', '2'].map((status) => ({ status }));
		const table = new Table(rows, LIKELY, SMALL);
		expect(await search(table, { ...SMALL, partitions })).toHaveLength(1200);
	});

	test('is named where it cannot be read, so that others can go around it', async () => {
		const table = new Table([...crowd(1200), ...others], LIKELY, SMALL);
		const error: unknown = await search(table, SMALL).catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(IncompleteError);
		expect((error as IncompleteError).second).toBe(MOMENT);
		const later = await search(table, {
			...SMALL,
			period: { from: MOMENT + 1000, to: START + DAY },
		});
		expect(later).toHaveLength(47);
	});
});

describe('a search that ends early', () => {
	test('tells every request under way, whatever ended it', async () => {
		const endings: Array<(table: Table) => Promise<unknown>> = [
			async (table) => await search(table),
			async (table) =>
				await search(table, { admit: (rows) => (rows > 10 ? new Error('many') : undefined) }),
		];
		for (const end of endings) {
			const table = tableOf(calls(20_000), {}, (request) => {
				if (request === 5) throw new Error('page lost');
			});
			await end(table).catch(() => {});
			expect(table.signals.length).toBeGreaterThan(0);
			expect(table.signals.every(({ aborted }) => aborted)).toBe(true);
		}
	});
});
