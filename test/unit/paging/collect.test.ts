import { collect } from '../../../nodes/Twin24/paging/collect';
import type { CollectRequest } from '../../../nodes/Twin24/paging/collect';
import { ClockError, IncompleteError } from '../../../nodes/Twin24/paging/errors';
import type { Row } from '../../../nodes/Twin24/paging/page';
import { LIKELY, Table } from './table';
import type { Readings, TableRow } from './table';

const LIMITS = { pageSize: 10, cap: 100 };
const START = Date.UTC(2026, 0, 1);
const HOUR = 3600_000;
const SECOND = 1000;

const rowAt = (createdAt: number, index: number): TableRow => ({
	id: `call-${index}`,
	createdAt,
	updatedAt: createdAt,
	duration: index % 7,
	matches: true,
});

/** `count` calls at equal distances within the hour. */
const even = (count: number) =>
	Array.from({ length: count }, (_, index) =>
		rowAt(START + Math.floor((index * HOUR) / count), index),
	);

const tableOf = (
	rows: TableRow[],
	readings: Partial<Readings> = {},
	...rest: [((request: number, table: Table) => void)?]
) => new Table(rows, { ...LIKELY, ...readings }, LIMITS, ...rest);

const search = (over: Partial<CollectRequest> = {}): CollectRequest => ({
	period: { from: START, to: START + HOUR },
	periodField: 'createdAt',
	fixedField: 'createdAt',
	sort: { field: 'createdAt', direction: 'desc' },
	parallel: 4,
	...LIMITS,
	...over,
});

const all = async (table: Table, request = search()) => {
	const batches: Row[][] = [];
	for await (const batch of collect(table.fetchPage, request)) batches.push(batch);
	return batches.flat();
};

const ids = (rows: Array<{ id: string }>) => rows.map(({ id }) => id);

describe('how many requests it takes', () => {
	test('one for what fits a page', async () => {
		const table = tableOf(even(9));
		expect(await all(table)).toHaveLength(9);
		expect(table.queries).toHaveLength(1);
	});

	test('one for each page of a window, pages overlapping by a row', async () => {
		const table = tableOf(even(45));
		expect(await all(table)).toHaveLength(45);
		expect(table.queries.map(({ offset }) => offset)).toEqual([0, 9, 18, 27, 36]);
	});

	test('one for the newest few of many', async () => {
		const table = tableOf(even(5000));
		const rows = await all(table, search({ limit: 7 }));
		expect(ids(rows)).toEqual(ids(even(5000).slice(-7).reverse()));
		expect(table.queries).toHaveLength(1);
	});

	test('hardly more than pages past the cap, where the first page of a window is not asked for again', async () => {
		const table = tableOf(even(1000));
		expect(await all(table)).toHaveLength(1000);
		expect(table.queries.length).toBeLessThanOrEqual(150);
	});

	test('a limit beyond the cap reads from the right end and leaves the rest', async () => {
		const table = tableOf(even(5000));
		const rows = await all(table, search({ limit: 150 }));
		expect(ids(rows)).toEqual(ids(even(5000).slice(-150).reverse()));
		expect(table.queries.length).toBeLessThanOrEqual(50);
	});

	test('one for each end of an open period that has to be cut', async () => {
		const table = tableOf(even(300));
		expect(await all(table, search({ period: { to: START + HOUR } }))).toHaveLength(300);
		const ends = table.queries.filter(({ limit }) => limit === 1);
		expect(ends.map(({ sort }) => sort.direction)).toEqual(['asc']);
	});

	describe('where it is known how many rows there probably are', () => {
		const offsets = ({ queries }: Table) => queries.map(({ offset }) => offset);
		/** The offsets asked for before the first answer came. */
		const atOnce = async (rows: number, over: Partial<CollectRequest>) => {
			const table = tableOf(even(rows));
			const found = await all(table, search(over));
			expect(found).toHaveLength(Math.min(rows, over.limit ?? Infinity));
			return { asked: offsets(table), inFlight: table.maxInFlight };
		};

		test('their pages are asked for at once, as many as may be in flight', async () => {
			expect(await atOnce(35, { expected: 35 })).toEqual({ asked: [0, 9, 18, 27], inFlight: 4 });
			expect(await atOnce(78, { expected: 78, parallel: 3 })).toEqual({
				asked: [0, 9, 18, 27, 36, 45, 54, 63, 72],
				inFlight: 3,
			});
		});

		test('no page is asked for twice, and what is missing then is asked for', async () => {
			expect((await atOnce(35, { expected: 12 })).asked).toEqual([0, 9, 18, 27]);
		});

		test('fewer rows cost a page less than may be in flight', async () => {
			expect((await atOnce(4, { expected: 35 })).asked).toEqual([0, 9, 18, 27]);
		});

		test('none is asked for in vain where one page is enough, or the cap is in the way', async () => {
			expect((await atOnce(4, { expected: 9 })).asked).toEqual([0]);
			const plain = await atOnce(500, {});
			expect((await atOnce(500, { expected: 500 })).asked).toHaveLength(plain.asked.length);
		});

		test('a limit is kept', async () => {
			const { asked } = await atOnce(78, { expected: 78, limit: 15 });
			expect(asked).toEqual([0, 9]);
		});

		test.each([
			['and is needed is asked for again', 15, 9, [0, 9, 18, 27, 9]],
			['and is not needed is left alone', 4, 18, [0, 9, 18, 27]],
		])('one that fails %s', async (_what, rows, failing, asked) => {
			const table = tableOf(even(rows));
			const tried: number[] = [];
			const fetchPage: Table['fetchPage'] = async (query) => {
				const { offset } = query;
				const isFirstTry = !tried.includes(offset);
				tried.push(offset);
				if (offset === failing && isFirstTry)
					return await Promise.reject(new Error('The offset is out of range'));
				return await table.fetchPage(query);
			};
			const found: Row[] = [];
			for await (const batch of collect(fetchPage, search({ expected: 35 }))) found.push(...batch);
			expect(found).toHaveLength(rows);
			expect(tried).toEqual(asked);
		});
	});

	test('never more side by side than allowed', async () => {
		const table = tableOf(even(1000));
		await all(table, search({ parallel: 3 }));
		expect(table.maxInFlight).toBe(3);
	});
});

describe('what the API says of itself', () => {
	test.each<Partial<Readings>>([
		{ count: 'page' },
		{ count: 'absent' },
		{ count: 'capped' },
		{ count: 'cappedLow' },
		{ fromInclusive: false },
		{ toInclusive: false },
		{ fromInclusive: false, toInclusive: false },
		{ pastCap: 'empty' },
	])('%j: 730 calls come back, each once, in order', async (readings) => {
		const rows = even(730);
		expect(ids(await all(tableOf(rows, readings)))).toEqual(ids([...rows].reverse()));
	});

	test('a count of exactly the cap means more than that', async () => {
		const table = tableOf(even(100));
		expect(await all(table)).toHaveLength(100);
		expect(
			Math.max(...table.queries.map(({ offset, limit }) => offset + limit)),
		).toBeLessThanOrEqual(LIMITS.cap);
	});

	test('exactly one full page is not taken for a count of the page', async () => {
		const table = tableOf(even(10));
		expect(await all(table)).toHaveLength(10);
		expect(table.queries).toHaveLength(2);
	});
});

describe('calls that change while they are read', () => {
	test('a call that comes in between pages does not push another out', async () => {
		const rows = even(60);
		const table = tableOf([...rows], {}, (request, { rows: live }) => {
			if (request === 3) live.push({ ...rowAt(START + HOUR - SECOND, 999) });
		});
		expect(ids(await all(table))).toEqual(expect.arrayContaining(ids(rows)));
	});

	test('a call that leaves while another comes, so that the count stays, does not hide a third', async () => {
		const rows = even(60);
		const table = tableOf([...rows], {}, (request, { rows: live }) => {
			if (request !== 2) return;
			live.find(({ id }) => id === 'call-58')!.matches = false;
			live.push(rowAt(START + 1, 999));
		});
		const steady = ids(rows).filter((id) => id !== 'call-58');
		expect(ids(await all(table, search({ parallel: 1 })))).toEqual(expect.arrayContaining(steady));
	});

	test('the freshest version of a call wins', async () => {
		const rows = even(60);
		const table = tableOf(rows, {}, (request) => {
			if (request === 2) rows[50].updatedAt += HOUR;
		});
		// call-50 is the last row of the first page and the first of the second.
		const found = (await all(table, search({ parallel: 1 }))).find(({ id }) => id === 'call-50')!;
		expect(Date.parse(found.updatedAt as string)).toBe(rows[50].updatedAt);
	});
});

describe('a second that has to be read several times', () => {
	test('is not put together from readings whose pages named different counts', async () => {
		// Two pages a reading, as ids, the ties in any order; x and y come and go during one of them.
		const answers: Array<[count: number, ids: string]> = [
			[6, 'abcd'],
			[6, 'abc'],
			[6, 'abcd'],
			[7, 'dexy'],
			[6, 'abcd'],
			[6, 'bef'],
		];
		const fetchPage = async () => {
			const [count, found] = answers.shift()!;
			return {
				count,
				items: [...found].map((id) => ({ id, createdAt: new Date(START).toISOString() })),
			};
		};
		const rows: Row[] = [];
		const request = search({
			period: { from: START, to: START + SECOND },
			pageSize: 4,
			parallel: 1,
		});
		for await (const batch of collect(fetchPage, request)) rows.push(...batch);
		expect(ids(rows).sort()).toEqual([...'abcdef']);
	});
});

describe('what cannot be had whole', () => {
	const crowd = Array.from({ length: 140 }, (_, index) => rowAt(START + 60 * SECOND, index));

	test('a second with more calls than the API hands out is an error that names it and both figures', async () => {
		const error = await all(
			tableOf([...crowd, ...even(50).map((row) => ({ ...row, id: `e${row.id}` }))]),
		).catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(IncompleteError);
		expect((error as Error).message).toContain('2026-01-01T00:01:00Z');
		expect((error as Error).message).toMatch(/140 rows, .*10/);
	});

	test('an API that counts calls and gives none is an error, not an empty result', async () => {
		const empty = async () => ({ count: 5, items: [] });
		const read = async () => {
			for await (const batch of collect(empty, search())) expect(batch).toEqual([]);
		};
		await expect(read()).rejects.toBeInstanceOf(IncompleteError);
	});

	test('times that are not those the API filters by are noticed before a period is cut by them', async () => {
		const shifted = tableOf(even(730), { clockShift: 3 * HOUR });
		const rows = await all(shifted).catch((error: unknown) => error);
		if (!(rows instanceof ClockError)) expect(rows).toHaveLength(730);
	});
});

describe('order', () => {
	test.each(['asc', 'desc'] as const)(
		'%s by another field than the period, across windows',
		async (direction) => {
			const rows = await all(
				tableOf(even(730)),
				search({ sort: { field: 'duration', direction } }),
			);
			const durations = rows.map(({ duration }) => duration as number);
			expect(durations).toEqual(
				[...durations].sort((a, b) => (direction === 'asc' ? a - b : b - a)),
			);
			expect(rows).toHaveLength(730);
		},
	);

	test('rows without the sort key come last', async () => {
		const rows = [3, undefined, 1].map((duration, index) => ({
			id: `call-${index}`,
			createdAt: new Date(START).toISOString(),
			duration,
		}));
		const table = async () => ({ count: 3, items: rows as Row[] });
		const result: Row[] = [];
		for await (const batch of collect(
			table,
			search({ sort: { field: 'duration', direction: 'asc' } }),
		))
			result.push(...batch);
		expect(result.map(({ duration }) => duration)).toEqual([1, 3, undefined]);
	});
});

describe('streaming', () => {
	test('hands on window by window, in order, nothing twice', async () => {
		const table = tableOf(even(730));
		const sizes: number[] = [];
		const rows: Row[] = [];
		for await (const batch of collect(table.fetchPage, search({ stream: true }))) {
			sizes.push(batch.length);
			rows.push(...batch);
		}
		expect(ids(rows)).toEqual(ids(even(730).reverse()));
		expect(Math.max(...sizes)).toBeLessThanOrEqual(LIMITS.cap);
	});

	test.each(['asc', 'desc'] as const)(
		'%s, hands on from the offset to the limit, and no empty batch',
		async (direction) => {
			const table = tableOf(even(730));
			const batches: Row[][] = [];
			const request = search({
				stream: true,
				sort: { field: 'createdAt', direction },
				offset: 250,
				limit: 300,
			});
			for await (const batch of collect(table.fetchPage, request)) batches.push(batch);
			const rows = direction === 'asc' ? even(730) : even(730).reverse();
			expect(ids(batches.flat())).toEqual(ids(rows.slice(250, 550)));
			expect(batches.length).toBeGreaterThan(1);
			expect(batches.filter(({ length }) => length === 0)).toEqual([]);
		},
	);

	test.each([0, 300, 550])('hands on nothing for a limit of 0 (offset %d)', async (offset) => {
		const request = search({ stream: true, offset, limit: 0 });
		expect(await all(tableOf(even(730)), request)).toEqual([]);
	});

	test('a slow consumer does not let rows pile up: little more is read than it takes', async () => {
		const table = tableOf(even(2000));
		const read = new Set<string>();
		const fetchPage: typeof table.fetchPage = async (query) => {
			const page = await table.fetchPage(query);
			for (const { id } of page.items) read.add(id);
			return page;
		};
		let taken = 0;
		let most = 0;
		for await (const batch of collect(fetchPage, search({ stream: true }))) {
			// Time for everything that does not wait for the consumer.
			for (let turn = 0; turn < 2000; turn++) await Promise.resolve();
			most = Math.max(most, read.size - taken);
			taken += batch.length;
		}
		expect(taken).toBe(2000);
		expect(most).toBeLessThanOrEqual(LIMITS.cap);
	});
});

describe('too many', () => {
	test('admit is told of them after the first request, and what it throws ends the search', async () => {
		const table = tableOf(even(900));
		const admit = (rows: number) => (rows > 500 ? new Error(`too many: ${rows}`) : undefined);
		await expect(all(table, search({ admit }))).rejects.toThrow('too many: 900');
		expect(table.queries).toHaveLength(1);
	});

	test('where the count is capped, the counts of the first windows are enough to tell', async () => {
		const table = tableOf(even(5000), { count: 'capped' });
		const admit = (rows: number) => (rows > 250 ? new Error(`too many: ${rows}`) : undefined);
		await expect(all(table, search({ admit }))).rejects.toThrow('too many');
		expect(table.queries.length).toBeLessThanOrEqual(12);
	});

	test('a limit within bounds is not refused however many match', async () => {
		const admit = (rows: number) => (rows > 60 ? new Error(`too many: ${rows}`) : undefined);
		expect(await all(tableOf(even(900)), search({ limit: 50, admit }))).toHaveLength(50);
	});
});

describe('ending early', () => {
	test('a consumer that has enough leaves nothing running', async () => {
		const table = tableOf(even(2000));
		for await (const batch of collect(table.fetchPage, search({ stream: true, parallel: 2 }))) {
			expect(batch.length).toBeGreaterThan(0);
			break;
		}
		const asked = table.queries.length;
		for (let turn = 0; turn < 100; turn++) await Promise.resolve();
		expect(table.queries.length).toBeLessThanOrEqual(asked + 2);
	});

	test('tells those who fetch for it that nobody waits any more', async () => {
		const table = tableOf(even(2000));
		let unwanted: AbortSignal | undefined;
		const fetchPage: typeof table.fetchPage = async (query, signal) => {
			unwanted = signal;
			return await table.fetchPage(query);
		};
		for await (const batch of collect(fetchPage, search({ stream: true }))) {
			expect(batch.length).toBeGreaterThan(0);
			expect(unwanted?.aborted).toBe(false);
			break;
		}
		expect(unwanted?.aborted).toBe(true);
	});
});
