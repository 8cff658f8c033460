import { readCrowdedSecond } from '../../../nodes/Twin24/paging/crowdedSecond';
import type { CrowdedSecondRequest } from '../../../nodes/Twin24/paging/crowdedSecond';
import { IncompleteError } from '../../../nodes/Twin24/paging/errors';
import { SECOND } from '../../../nodes/Twin24/paging/page';
import type { Period, Row, Sort } from '../../../nodes/Twin24/paging/page';
import type { Reader, ReadOptions, WindowResult } from '../../../nodes/Twin24/paging/reader';

const START = Date.UTC(2026, 0, 5, 9, 30);
const WINDOW = { from: START, to: START + SECOND };
const BY_TIME = { field: 'createdAt', direction: 'asc' } as const;
const PAGE_SIZE = 5;

/** Rows by their ids, in the second that is read unless said. */
const rowsOf = (ids: string, time = START): Row[] =>
	[...ids].map((id) => ({ id, createdAt: new Date(time).toISOString() }));

/** What came of one reading, untrusted: rows as ids, or as they are. */
const came = (
	rows: string | Row[],
	count?: number,
	more: Partial<WindowResult> = {},
): Partial<WindowResult> => ({
	trusted: false,
	rows: typeof rows === 'string' ? rowsOf(rows) : rows,
	count,
	agreed: true,
	overCap: false,
	...more,
});

interface Asked {
	window: Period;
	sort: Sort;
	options: ReadOptions;
}

/** Reads with answers that are given one after the other, the last one again and again. */
const read = async (
	answers: Array<Partial<WindowResult>>,
	request: Partial<CrowdedSecondRequest> = {},
	window: Period = WINDOW,
) => {
	const asked: Asked[] = [];
	const granted: number[] = [];
	const reader = {
		traits: { pageSize: PAGE_SIZE },
		budget: { grant: (requests: number) => granted.push(requests) },
		read: async (...[period, sort, , options]: Parameters<Reader['read']>) => {
			asked.push({ window: period, sort, options: options! });
			return answers[Math.min(asked.length, answers.length) - 1];
		},
	} as unknown as Reader;
	const reading = readCrowdedSecond(
		reader,
		window,
		BY_TIME,
		{ periodField: 'createdAt', ...request },
		[0],
	);
	const outcome = await reading.then(
		(rows) => ({ rows, error: undefined }),
		(error: IncompleteError) => ({ rows: undefined, error }),
	);
	return { ...outcome, ids: outcome.rows?.map(({ id }) => id).join(''), asked, granted };
};

/** How it was asked, in short. */
const ways = (asked: Asked[]) =>
	asked.map(({ sort, options: { pageSize, thenBy } }) =>
		[
			`${sort.field} ${sort.direction} by ${pageSize}`,
			...(thenBy ?? []).map(({ field, direction }) => `then ${field} ${direction}`),
		].join(', '),
	);

describe('a window that cannot be cut', () => {
	it('comes in one reading where that is trusted', async () => {
		const { ids, asked, granted } = await read([came('cab', undefined, { trusted: true })]);
		expect(ids).toBe('cab');
		expect(asked).toEqual([
			{
				window: WINDOW,
				sort: BY_TIME,
				options: { pageSize: PAGE_SIZE, tightStart: false, isLast: true },
			},
		]);
		expect(granted).toEqual([]);
	});

	it('is asked for in ever other ways, the plain one again and again', async () => {
		const fields = ['updatedAt', 'createdAt', 'duration'];
		const { asked } = await read([came('ab', 9)], { otherSortFields: fields });
		expect(ways(asked)).toEqual([
			'createdAt asc by 5',
			'createdAt desc by 5',
			'createdAt asc by 5, then updatedAt asc, then duration asc',
			'updatedAt asc by 5',
			'createdAt asc by 5',
			'createdAt desc by 5',
			'duration asc by 5',
			'createdAt asc by 4',
			'createdAt desc by 4',
		]);
		expect(asked.every(({ options }) => options.isLast === true)).toBe(true);
	});

	it('is asked for in both directions where the source sorts by nothing else', async () => {
		const { asked } = await read([came('ab', 9)]);
		expect(ways(asked).slice(0, 6)).toEqual([
			'createdAt asc by 5',
			'createdAt desc by 5',
			'createdAt asc by 5',
			'createdAt desc by 5',
			'createdAt asc by 4',
			'createdAt desc by 4',
		]);
	});

	it('is put together from readings until there are as many rows as it counts', async () => {
		const { ids, asked } = await read([
			came('abc', 5),
			came('bcd', 5),
			came('ae', 5),
			came('f', 5),
		]);
		expect(ids).toBe('abcde');
		expect(asked).toHaveLength(3);
	});

	it('comes from a reading that is trusted after others that were not', async () => {
		const { ids } = await read([came('ab', 4), came('abcd', 4, { trusted: true })]);
		expect(ids).toBe('abcd');
	});
});

describe('rows do not add up', () => {
	it('of readings that counted differently', async () => {
		const { ids } = await read([came('abc', 5), came('de', 4), came('fg', 4)]);
		expect(ids).toBe('defg');
	});

	it('of a reading whose pages counted differently, and of those before it', async () => {
		const torn = came('xyz', 5, { agreed: false });
		const { ids } = await read([came('abcd', 5), torn, came('abc', 5), came('bde', 5)]);
		expect(ids).toBe('abcde');
	});

	it('of a reading with a total and of one without', async () => {
		const { ids } = await read([came('ab', 3), came('c', undefined), came('abc', 3)]);
		expect(ids).toBe('abc');
	});
});

describe('it is given up', () => {
	it('after eight readings in a row with nothing new', async () => {
		const { asked, error } = await read([came('abcd', 9)]);
		expect(asked).toHaveLength(9);
		expect(error).toBeInstanceOf(IncompleteError);
		expect(error).toMatchObject({ window: WINDOW, expected: 9, received: 4 });
	});

	it('no sooner, when something new comes in between', async () => {
		const nothing = Array.from({ length: 7 }, () => came('ab', 9));
		const { asked, error } = await read([came('ab', 9), ...nothing, came('c', 9)]);
		expect(asked).toHaveLength(9 + 8);
		expect(error).toMatchObject({ expected: 9, received: 3 });
	});

	it('after 24 readings at the most', async () => {
		const letters = [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => came(letter, 99));
		const { asked, error } = await read(letters);
		expect(asked).toHaveLength(24);
		expect(error).toMatchObject({ expected: 99, received: 24 });
	});

	it('after five readings where there is no total', async () => {
		const { asked, error } = await read(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => came(id)));
		expect(asked).toHaveLength(5);
		expect(error).toMatchObject({ expected: undefined, received: 5 });
	});

	it('after a look from either end where it holds more rows than can be had for one period', async () => {
		const { asked, error } = await read([came('abcde', 80, { overCap: true })]);
		expect(ways(asked)).toEqual(['createdAt asc by 5', 'createdAt desc by 5']);
		expect(error).toMatchObject({ expected: 80, received: 5 });
	});

	it('naming the most rows of one reading, where others were put aside', async () => {
		const { error } = await read([came('abcdef', 9), came('ab', 8)]);
		expect(error).toMatchObject({ expected: 8, received: 6 });
	});
});

describe('the parts of a window', () => {
	const partitions = [{ status: 'ANSWERED' }, { status: 'FAILED' }];

	it('are read where the whole cannot be, and complete it', async () => {
		const whole = Array.from({ length: 9 }, () => came('abcd', 6));
		const { ids, asked } = await read([...whole, came('ae'), came('f')], { partitions });
		expect(ids).toBe('abcdef');
		expect(asked.slice(9)).toEqual(
			partitions.map((filter) => ({
				window: WINDOW,
				sort: BY_TIME,
				options: { filter, tightStart: false, isLast: true },
			})),
		);
	});

	it('are read of a window with more rows than can be had for one period', async () => {
		const tooLarge = { overCap: true };
		const { ids, asked } = await read(
			[came('a', 4, tooLarge), came('d', 4, tooLarge), came('ab'), came('cd')],
			{ partitions },
		);
		expect(ids).toBe('abcd');
		expect(asked).toHaveLength(4);
	});

	it('do not hide that rows are missing', async () => {
		const whole = Array.from({ length: 9 }, () => came('abcd', 7));
		const { error } = await read([...whole, came('ae'), came('f')], { partitions });
		expect(error).toMatchObject({ expected: 7, received: 6 });
	});

	it('are not read where no total tells whether they are all', async () => {
		const { asked } = await read([came('ab')], { partitions });
		expect(asked).toHaveLength(5);
	});
});

describe('the second before the window, which is asked for with it', () => {
	const before = rowsOf('xy', START - SECOND);

	it('is left out once a row came that is exactly on its start, and its rows with it', async () => {
		const { ids, asked } = await read([
			came([...rowsOf('abc'), ...before], 9),
			came('abc', 4),
			came('bcd', 4),
		]);
		expect(ids).toBe('abcd');
		expect(asked.map(({ options }) => options.tightStart)).toEqual([false, true, true]);
	});

	it('is left out where it makes the window too large', async () => {
		const { ids, asked } = await read([
			came([...rowsOf('a'), ...before], 80, { overCap: true }),
			came('abc', 3, { trusted: true }),
		]);
		expect(ids).toBe('abc');
		expect(asked).toHaveLength(2);
	});

	it('does not count as left out where the window is too large without it', async () => {
		const tooLarge = came([...rowsOf('a'), ...before], 80, { overCap: true });
		const { asked, error } = await read([tooLarge, tooLarge]);
		expect(asked).toHaveLength(2);
		expect(error).toMatchObject({ expected: 80, received: 3 });
	});

	it('is left out of the parts, too', async () => {
		const first = came(before, 80, { overCap: true });
		const still = came('a', 3, { overCap: true });
		const { ids, asked } = await read([first, still, came('ab'), came('c')], {
			partitions: [{ status: 'ANSWERED' }, { status: 'FAILED' }],
		});
		expect(ids).toBe('abc');
		expect(asked.slice(2).map(({ options }) => options.tightStart)).toEqual([true, true]);
	});

	it('is asked for as long as only rows within it came, which prove nothing', async () => {
		const within = rowsOf('xy', START - SECOND + 1);
		const { asked } = await read([came([...rowsOf('a'), ...within], 9)]);
		expect(new Set(asked.map(({ options }) => options.tightStart))).toEqual(new Set([false]));
	});

	it('is that of the whole second in which a window begins', async () => {
		const window = { from: START + 300, to: START + SECOND };
		const { asked } = await read([came(before, 9), came('a', 1, { trusted: true })], {}, window);
		expect(asked.map(({ options }) => options.tightStart)).toEqual([false, true]);
	});
});

describe('the error names', () => {
	const culprit = async (rows: Row[], window: Period = WINDOW) =>
		(await read([came(rows, 9, { overCap: true })], {}, window)).error!.window;

	it('the window when most rows are in it', async () => {
		expect(await culprit([...rowsOf('abc'), ...rowsOf('xy', START - SECOND + 1)])).toBe(WINDOW);
	});

	it('the window when as many are in it as beside it, be it before or after', async () => {
		const beside = (offset: number) => [...rowsOf('ab'), ...rowsOf('xy', START + offset)];
		expect(await culprit(beside(1 - SECOND))).toBe(WINDOW);
		expect(await culprit(beside(SECOND))).toBe(WINDOW);
	});

	it('the second that has more of the rows seen from both ends', async () => {
		// The end of the window's own second came with it, and hid the crowd before it from one end.
		const late = came([...rowsOf('abc', START + SECOND), ...rowsOf('x', START - 1)], 48, {
			overCap: true,
		});
		const early = came(rowsOf('tuvw', START - 1), 48, { overCap: true });
		const { error } = await read([late, early]);
		expect(error!.window).toEqual({ from: START - SECOND, to: START });
	});

	it('the second beside it that has more of the rows, in whatever order they came', async () => {
		const early = [...rowsOf('xy', START - SECOND), ...rowsOf('z', START - 1)];
		const late = rowsOf('uvw', START + SECOND);
		const own = rowsOf('ab');
		const before = { from: START - SECOND, to: START };
		const after = { from: START + SECOND, to: START + 2 * SECOND };
		expect(await culprit([early[0], ...own, early[1], early[2]])).toEqual(before);
		expect(await culprit([late[0], ...own, late[1], late[2]])).toEqual(after);
	});

	it('none that is further away', async () => {
		const far = [...rowsOf('rst', START - SECOND - 1), ...rowsOf('uvw', START + 2 * SECOND)];
		expect(await culprit([...far, ...rowsOf('a')])).toBe(WINDOW);
	});

	it('the second that holds the start of a window that begins within one', async () => {
		const window = { from: START + 300, to: START + SECOND };
		expect(await culprit(rowsOf('ab'), window)).toBe(window);
	});

	it('the window where that has no start', async () => {
		const window = { to: START };
		expect(await culprit(rowsOf('abc', START - SECOND), window)).toBe(window);
	});
});

describe('the budget', () => {
	it('is raised once, by 24 readings of as many pages as came, before the second one', async () => {
		// Nine rows overlapping by one fill three pages of four more, and a first one.
		const { granted } = await read([came('abcdefghi', 20)]);
		expect(granted).toEqual([24 * (1 + 3)]);
	});

	it('is left as it is for one reading', async () => {
		const { granted } = await read([came('ab', 2, { trusted: true })]);
		expect(granted).toEqual([]);
	});
});
