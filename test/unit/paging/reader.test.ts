import { Budget } from '../../../nodes/Twin24/paging/budget';
import { BudgetError, IncompleteError } from '../../../nodes/Twin24/paging/errors';
import { SECOND } from '../../../nodes/Twin24/paging/page';
import type { FetchPage, Page, PageQuery, Period, Row } from '../../../nodes/Twin24/paging/page';
import { PriorityPool } from '../../../nodes/Twin24/paging/pool';
import { Reader } from '../../../nodes/Twin24/paging/reader';
import type { ReadOptions, ReaderRequest } from '../../../nodes/Twin24/paging/reader';
import { SourceTraits } from '../../../nodes/Twin24/paging/traits';

const START = Date.UTC(2026, 0, 5, 9, 30);
const WINDOW = { from: START, to: START + 60 * SECOND };
const BY_TIME = { field: 'createdAt', direction: 'asc' } as const;
/** A field that changes. */
const BY_DURATION = { field: 'duration', direction: 'asc' } as const;
/** Pages overlap by one, so that they start at 0, 4, 8, 12. */
const PAGE_SIZE = 5;
const CAP = 21;

/** Rows with these keys, named after their places. */
const rowsAt = (keys: number[], firstPlace = 0): Row[] =>
	keys.map((key, index) => ({
		id: `${firstPlace + index}`,
		createdAt: new Date(START + key * SECOND).toISOString(),
		duration: key,
	}));

/** The rows at these places of an order in which every row has a key of its own. */
const rows = (from: number, to: number): Row[] =>
	rowsAt(
		Array.from({ length: to - from }, (_, index) => from + index),
		from,
	);

type Answer = (...request: Parameters<FetchPage>) => Page | Promise<Page>;

/** @param count what is said of the whole match: the truth unless given */
const holding =
	(all: Row[], count: number | 'of the page' | 'none' = all.length): Answer =>
	({ offset, limit }) => {
		const items = all.slice(offset, offset + limit);
		if (count === 'none') return { items };
		return { count: count === 'of the page' ? items.length : count, items };
	};

/** Gives no more rows at once than so many, whatever is asked for. */
const clampedTo =
	(size: number, answer: Answer): Answer =>
	(query) =>
		answer({ ...query, limit: Math.min(query.limit, size) });

/** @param pages those at these offsets come from elsewhere */
const but =
	(pages: Record<number, Answer>, answer: Answer): Answer =>
	(...request) =>
		(pages[request[0].offset] ?? answer)(...request);

/** One answer after the other, the last one again and again. */
const inTurn = (...answers: Answer[]): Answer => {
	let requests = 0;
	return (...request) => answers[Math.min(requests++, answers.length - 1)](...request);
};

const page =
	(items: Row[], count?: number): Answer =>
	() => ({ items, count });

const failing: Answer = () => {
	throw new Error('No answer');
};

/** What waits until it is let go. */
const gate = () => {
	let open!: () => void;
	const opened = new Promise<void>((resolve) => (open = resolve));
	return { open, opened };
};

/** Answers only once it is let go. */
const heldBy =
	({ opened }: ReturnType<typeof gate>, answer: Answer): Answer =>
	async (...request) => {
		await opened;
		return await answer(...request);
	};

const settled = async () => {
	for (let turn = 0; turn < 50; turn++) await Promise.resolve();
};

interface Options extends Partial<ReaderRequest> {
	concurrency?: number;
	pageSize?: number;
	headsFirst?: boolean;
	traits?: SourceTraits;
}

const setUp = (answer: Answer, options: Options = {}) => {
	const { concurrency = 1, pageSize = PAGE_SIZE, cap = CAP, headsFirst, ...more } = options;
	const { traits = new SourceTraits({ pageSize, cap }), ...request } = more;
	const asked: PageQuery[] = [];
	const fetchPage: FetchPage = async (...parameters) => {
		asked.push(parameters[0]);
		return await answer(...parameters);
	};
	const pool = new PriorityPool(concurrency);
	const budget = new Budget(pageSize);
	const reader = new Reader(
		fetchPage,
		pool,
		{ fixedField: 'createdAt', cap, ...request },
		traits,
		budget,
		headsFirst,
	);
	return {
		reader,
		traits,
		budget,
		pool,
		asked,
		/** Pages as they were asked for: where they start, and how many rows at most. */
		pages: () => asked.map(({ offset, limit }) => `${offset}+${limit}`),
		read: async (how: ReadOptions = {}, sort: PageQuery['sort'] = BY_TIME, window?: Period) =>
			await reader.read(window ?? WINDOW, sort, [0], how),
	};
};

/** What is known when all of a window came. */
const whole = (all: Row[]) => ({ trusted: true, consistent: true, rows: all, ended: true });

describe('a page is asked for', () => {
	it('with a second more before the window, up to a whole second, and with no more than is wanted', async () => {
		const { read, asked } = setUp(holding([]));
		await read({}, BY_TIME, { from: START + 300, to: START + 400 });
		expect(asked).toStrictEqual([
			{ from: START - SECOND, to: START + SECOND, sort: BY_TIME, offset: 0, limit: PAGE_SIZE },
		]);
	});

	it('without the second before where the source gives rows exactly on the start', async () => {
		const { read, asked } = setUp(holding([]));
		await read({ tightStart: true }, BY_TIME, { from: START + 300, to: START + 400 });
		expect(asked).toMatchObject([{ from: START, to: START + SECOND }]);
	});

	it('without a start where the window has none', async () => {
		const { read, asked } = setUp(holding([]));
		await read({ tightStart: true }, BY_TIME, { to: START });
		await read({}, BY_TIME, { to: START });
		const query = { to: START, sort: BY_TIME, offset: 0, limit: PAGE_SIZE };
		expect(asked).toStrictEqual([query, query]);
	});

	it('in a second order and with another filter where they are wanted, each page', async () => {
		const { read, asked } = setUp(holding(rows(0, 7)));
		const wanted = { thenBy: [BY_DURATION], filter: { status: 'FAILED' } };
		await read(wanted);
		expect(asked).toMatchObject([
			{ offset: 0, ...wanted },
			{ offset: 4, ...wanted },
		]);
	});

	it('of the size wanted, but no larger than the source gives', async () => {
		const small = setUp(holding(rows(0, 6)));
		await small.read({ pageSize: 4 });
		expect(small.pages()).toEqual(['0+4', '3+4']);
		const large = setUp(holding(rows(0, 6)));
		await large.read({ pageSize: 9 });
		expect(large.pages()).toEqual(['0+5', '4+5']);
	});
});

describe('the pages of a window', () => {
	it('overlap by one row, and the last one reaches beyond the end', async () => {
		const { read, pages } = setUp(holding(rows(0, 9)));
		expect(await read()).toMatchObject(whole(rows(0, 9)));
		expect(pages()).toEqual(['0+5', '4+5', '8+5']);
	});

	it('end with the last row wanted', async () => {
		const { read, pages } = setUp(holding(rows(0, 20)));
		const result = await read({ upTo: 9 });
		expect(pages()).toEqual(['0+5', '4+5']);
		expect(result).toMatchObject({ ...whole(rows(0, 9)), count: 20, ended: false });
	});

	it('are cut where the last row wanted is, and at the cap', async () => {
		const wanted = setUp(holding(rows(0, 20)));
		await wanted.read({ upTo: 7 });
		expect(wanted.pages()).toEqual(['0+5', '4+3']);
		const capped = setUp(holding(rows(0, 20)), { cap: 11 });
		expect(await capped.read({ upTo: 11 })).toMatchObject({ ...whole(rows(0, 11)), ended: false });
		expect(capped.pages()).toEqual(['0+5', '4+5', '8+3']);
	});

	it('are one where no more rows are wanted than fit on it', async () => {
		const { read, pages } = setUp(holding(rows(0, 20)));
		expect(await read({ upTo: 3 })).toMatchObject({ ...whole(rows(0, 3)), ended: false });
		expect(pages()).toEqual(['0+3']);
	});

	it('are one, then, in whatever order its rows are, and whatever field that is of', async () => {
		const upside = rows(0, 20).reverse();
		for (const upTo of [3, PAGE_SIZE]) {
			const first = { ...whole(upside.slice(0, upTo)), unordered: false, ended: false };
			expect(await setUp(holding(upside)).read({ upTo })).toMatchObject(first);
			expect(await setUp(holding(upside)).read({ upTo }, BY_DURATION)).toMatchObject(first);
		}
	});

	it('are put together in their order, in whatever order they come', async () => {
		const late = gate();
		const all = holding(rows(0, 11));
		const { read, pages } = setUp(but({ 4: heldBy(late, all) }, all), { concurrency: 3 });
		const reading = read();
		await settled();
		expect(pages()).toEqual(['0+5', '4+5', '8+5']);
		late.open();
		expect(await reading).toEqual({
			...whole(rows(0, 11)),
			count: 11,
			atLeast: 11,
			agreed: true,
			overCap: false,
			unordered: false,
			first: { count: 11, items: rows(0, 5), offset: 0 },
		});
	});
});

describe('pages of rows that are expected', () => {
	/** Lets nothing come before all that is asked for at once has been. */
	const setUpHeld = (answer: Answer, options: Options = {}) => {
		const answers = gate();
		const held = setUp(heldBy(answers, answer), { concurrency: 4, ...options });
		return {
			...held,
			/** @returns what was asked for at once, and the reading */
			readHeld: async (how: ReadOptions) => {
				const reading = held.read(how);
				await settled();
				const atOnce = held.pages();
				answers.open();
				return { atOnce, reading };
			},
		};
	};

	it('are asked for with the first one, and only once', async () => {
		const { readHeld, asked } = setUpHeld(holding(rows(0, 11)));
		const { atOnce, reading } = await readHeld({ expected: 11 });
		expect(atOnce).toEqual(['0+5', '4+5', '8+5']);
		expect(await reading).toMatchObject(whole(rows(0, 11)));
		expect(asked).toHaveLength(3);
	});

	it('are used where no total tells how many there are', async () => {
		const { readHeld, asked } = setUpHeld(holding(rows(0, 11), 'none'));
		const { reading } = await readHeld({ expected: 11 });
		expect(await reading).toMatchObject(whole(rows(0, 11)));
		expect(asked).toHaveLength(3);
	});

	it('are no more than may be in flight', async () => {
		const { readHeld, pages } = setUpHeld(holding(rows(0, 3)), { concurrency: 3 });
		const { reading } = await readHeld({ expected: 20 });
		await reading;
		await settled();
		expect(pages()).toEqual(['0+5', '4+5', '8+5']);
	});

	it('are no more than are wanted, nor than are expected', async () => {
		const wanted = setUpHeld(holding(rows(0, 20)));
		expect((await wanted.readHeld({ expected: 20, upTo: 7 })).atOnce).toEqual(['0+5', '4+3']);
		const expected = setUpHeld(holding(rows(0, 20)));
		expect((await expected.readHeld({ expected: 7, upTo: 19 })).atOnce).toEqual(['0+5', '4+5']);
	});

	it('are none unless rows are expected', async () => {
		const { readHeld } = setUpHeld(holding(rows(0, 11)));
		expect((await readHeld({})).atOnce).toEqual(['0+5']);
	});

	it('do no harm where they cannot be had and are not wanted', async () => {
		const { readHeld, read } = setUpHeld(but({ 4: failing }, holding(rows(0, 3))));
		const { atOnce, reading } = await readHeld({ expected: 7 });
		expect(atOnce).toEqual(['0+5', '4+5']);
		expect(await reading).toMatchObject(whole(rows(0, 3)));
		// Nor has the failure closed the pool.
		expect(await read()).toMatchObject(whole(rows(0, 3)));
	});

	it('are asked for again where they could not be had and are wanted', async () => {
		const all = holding(rows(0, 7));
		const { readHeld, pages } = setUpHeld(but({ 4: inTurn(failing, all) }, all));
		const { reading } = await readHeld({ expected: 7 });
		expect(await reading).toMatchObject(whole(rows(0, 7)));
		expect(pages()).toEqual(['0+5', '4+5', '4+5']);
	});

	it('fail the reading where they cannot be had either when asked for again', async () => {
		const { readHeld } = setUpHeld(but({ 4: failing }, holding(rows(0, 7))));
		const { reading } = await readHeld({ expected: 7 });
		await expect(reading).rejects.toThrow('No answer');
	});

	it('are asked for anew where they contradict themselves', async () => {
		const all = holding(rows(0, 11));
		const torn = inTurn(page(rows(8, 10), 11), all);
		const { readHeld, pages } = setUpHeld(but({ 8: torn }, all));
		const { reading } = await readHeld({ expected: 11 });
		expect(await reading).toMatchObject({ trusted: false });
		expect(pages()).toEqual(['0+5', '4+5', '8+5', '8+5']);
	});

	it('are expected no more once the source has turned out to give smaller pages', async () => {
		const all = clampedTo(10, holding(rows(0, 25), 'none'));
		const { readHeld, pages } = setUpHeld(all, { pageSize: 20, cap: 100 });
		const { atOnce, reading } = await readHeld({ expected: 25 });
		expect(atOnce).toEqual(['0+20', '19+20']);
		expect(await reading).toMatchObject(whole(rows(0, 25)));
		expect(pages().slice(2)).toEqual(['9+20', '0+10', '9+10', '18+10']);
	});

	it('tell of the source only when they are used', async () => {
		const keep = ({ id }: Row) => id !== '5';
		const unused = setUpHeld(but({ 4: page(rows(4, 7)) }, holding(rows(0, 3))), { keep });
		await (
			await unused.readHeld({ expected: 7 })
		).reading;
		expect(unused.traits.ignoresFilters).toBe(false);
		const used = setUpHeld(holding(rows(0, 7)), { keep });
		await (
			await used.readHeld({ expected: 7 })
		).reading;
		expect(used.traits.ignoresFilters).toBe(true);
	});
});

describe('the total', () => {
	const told = async (answer: Answer, options: Options = {}, how: ReadOptions = {}) => {
		const totals: number[] = [];
		const { read } = setUp(answer, options);
		await read({ ...how, onTotal: (total) => void totals.push(total) });
		return totals;
	};

	it('is told once, whatever the further pages say', async () => {
		const all = rows(0, 11);
		expect(await told(but({ 4: holding(all, 12) }, holding(all)))).toStrictEqual([11]);
	});

	it('is told of an empty window and of a crowded one, too', async () => {
		expect(await told(holding([]))).toStrictEqual([0]);
		expect(await told(holding(rows(0, 50)))).toStrictEqual([50]);
	});

	it('is told before any further page has come', async () => {
		const { read, asked } = setUp(holding(rows(0, 11)));
		const before: number[] = [];
		await read({ onTotal: () => void before.push(asked.length) });
		expect(before).toStrictEqual([1]);
	});

	it('is not told where there is none', async () => {
		expect(await told(holding(rows(0, 11), 'none'))).toStrictEqual([]);
	});

	it('is not told where filters are ignored, as it is not that of the match', async () => {
		expect(await told(holding(rows(0, 11)), { keep: ({ id }) => id !== '3' })).toStrictEqual([]);
	});

	it('is not told where the count is known to be that of the page', async () => {
		const traits = new SourceTraits({ pageSize: PAGE_SIZE, cap: CAP });
		traits.countIsOfPage = true;
		expect(await told(holding(rows(0, 7), 'of the page'), { traits })).toStrictEqual([]);
		expect(await told(holding(rows(0, 7), 'of the page'), { traits }, { upTo: 3 })).toStrictEqual(
			[],
		);
	});

	it('ends the reading with what its listener throws', async () => {
		const { read } = setUp(holding(rows(0, 11)));
		const reading = read({
			onTotal: () => {
				throw new Error('Too many');
			},
		});
		await expect(reading).rejects.toThrow('Too many');
	});
});

describe('a first page that is not full', () => {
	/** Twenty on a page, so that ten and fifteen may be a limit of the source. */
	const WIDE = { pageSize: 20, cap: 100 };

	it('is the whole window', async () => {
		const { read, asked } = setUp(holding(rows(0, 3)));
		expect(await read()).toEqual({
			...whole(rows(0, 3)),
			count: 3,
			atLeast: 3,
			agreed: true,
			overCap: false,
			unordered: false,
			first: { count: 3, items: rows(0, 3), offset: 0 },
		});
		expect(asked).toHaveLength(1);
	});

	it('is the whole window in the order of a field that changes, too, and without a total', async () => {
		const { read } = setUp(holding(rows(0, 3), 'none'));
		expect(await read({}, BY_DURATION)).toMatchObject({ ...whole(rows(0, 3)), count: undefined });
	});

	it('is the whole window where it counts less than it holds, which tells nothing of a cap', async () => {
		const { read, asked, traits } = setUp(holding(rows(0, 3), 2));
		expect(await read()).toMatchObject({ ...whole(rows(0, 3)), overCap: false, atLeast: 3 });
		expect(asked).toHaveLength(1);
		expect(traits.countCap).toBe(CAP);
	});

	it('is looked behind where it is as round as limits are, and whole where nothing follows', async () => {
		const { read, pages, traits } = setUp(holding(rows(0, 10)), WIDE);
		expect(await read()).toMatchObject(whole(rows(0, 10)));
		expect(pages()).toEqual(['0+20', '9+20']);
		expect(traits.pageSize).toBe(20);
	});

	it('is not looked behind where a larger one has come', async () => {
		const { read, asked, reader } = setUp(inTurn(holding(rows(0, 11)), holding(rows(0, 10))), WIDE);
		await reader.read(WINDOW, BY_TIME, [0]);
		expect(await read()).toMatchObject(whole(rows(0, 10)));
		expect(asked).toHaveLength(2);
	});

	it('tells the largest page of the source where as many rows come again, whatever their number', async () => {
		const { read, pages, traits } = setUp(clampedTo(7, holding(rows(0, 17))), WIDE);
		expect(await read()).toMatchObject(whole(rows(0, 17)));
		expect(traits.pageSize).toBe(7);
		expect(pages()).toEqual(['0+20', '6+20', '0+7', '6+7', '12+7']);
	});

	it('tells it where fewer rows come next, if it is as round as limits are', async () => {
		const { read, pages, traits } = setUp(clampedTo(15, holding(rows(0, 18))), WIDE);
		expect(await read()).toMatchObject(whole(rows(0, 18)));
		expect(traits.pageSize).toBe(15);
		expect(pages()).toEqual(['0+20', '14+20', '0+15', '14+15']);
	});

	it('tells it to a reading without totals', async () => {
		const { read, traits } = setUp(clampedTo(10, holding(rows(0, 25), 'none')), WIDE);
		expect(await read()).toMatchObject(whole(rows(0, 25)));
		expect(traits.pageSize).toBe(10);
	});

	it('is asked for in the size learnt as it was before', async () => {
		const { read, asked } = setUp(clampedTo(7, holding(rows(0, 30))), WIDE);
		const how = { upTo: 17, filter: { status: 'FAILED' }, thenBy: [BY_DURATION] };
		expect(await read(how)).toMatchObject({ ...whole(rows(0, 17)), ended: false });
		const { filter, thenBy } = how;
		expect(asked.at(-1)).toMatchObject({ offset: 12, limit: 5, filter, thenBy });
	});

	it('is asked for in that size, too, where another window told it while it was on its way', async () => {
		const late = gate();
		const all = clampedTo(10, holding(rows(0, 25)));
		const other = inTurn(heldBy(late, all), all);
		const answer: Answer = (query) => (query.filter ? other : all)(query);
		const { read } = setUp(answer, { ...WIDE, concurrency: 2 });
		const reading = read({ filter: { status: 'FAILED' } });
		await read();
		late.open();
		expect(await reading).toMatchObject(whole(rows(0, 25)));
	});

	it('never tells a larger size than is known already', async () => {
		const all = holding(rows(0, 12));
		const { read, traits } = setUp(inTurn(clampedTo(10, all), all), WIDE);
		const reading = read();
		traits.pageSize = 7;
		expect(await reading).toMatchObject(whole(rows(0, 12)));
		expect(traits.pageSize).toBe(7);
	});

	it('is not trusted, nor a limit, where rows came that were not there before', async () => {
		const { read, traits } = setUp(inTurn(page(rows(0, 7), 8), page(rows(6, 9), 9)), WIDE);
		expect(await read()).toEqual({
			trusted: false,
			consistent: false,
			rows: rows(0, 7),
			count: 8,
			atLeast: 8,
			agreed: true,
			overCap: false,
			unordered: false,
			ended: false,
			first: { count: 8, items: rows(0, 7), offset: 0 },
		});
		expect(traits.pageSize).toBe(20);
	});

	it('is not trusted where it was empty and counted rows, and they come now', async () => {
		const { read, traits, pages } = setUp(inTurn(page([], 5), page(rows(0, 5), 5)), WIDE);
		expect(await read()).toMatchObject({ trusted: false, rows: [], count: 5, atLeast: 5 });
		expect(pages()).toEqual(['0+20', '0+20']);
		expect(traits.pageSize).toBe(20);
	});

	it('contradicts itself where it counts more and nothing follows, the count again the same', async () => {
		const { read, pages } = setUp(holding(rows(0, 3), 4));
		const error = await read().catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(IncompleteError);
		expect(error).toMatchObject({ window: WINDOW, expected: 4, received: 3 });
		expect(pages()).toEqual(['0+5', '2+5']);
	});

	it('contradicts itself where it is empty and counts rows', async () => {
		const { read } = setUp(holding([], 4));
		await expect(read()).rejects.toMatchObject({ expected: 4, received: 0 });
	});

	it('contradicts itself where one row comes and more are counted', async () => {
		const { read, pages } = setUp(holding(rows(0, 1), 4));
		await expect(read()).rejects.toMatchObject({ expected: 4, received: 1 });
		expect(pages()).toEqual(['0+5', '0+5']);
	});

	it('is not trusted where the count is another then: rows have gone', async () => {
		const { read } = setUp(inTurn(holding(rows(0, 3), 4), holding(rows(0, 3))));
		expect(await read()).toMatchObject({ trusted: false, consistent: false, atLeast: 4 });
	});
});

describe('without a total', () => {
	it('pages are read on until one is short', async () => {
		const { read, pages } = setUp(holding(rows(0, 11), 'none'));
		expect(await read()).toMatchObject({ ...whole(rows(0, 11)), count: undefined, agreed: true });
		expect(pages()).toEqual(['0+5', '4+5', '8+5']);
	});

	it('no page is read but those wanted', async () => {
		const { read, pages } = setUp(holding(rows(0, 20), 'none'));
		expect(await read({ upTo: 9 })).toMatchObject({ ...whole(rows(0, 9)), ended: false });
		expect(pages()).toEqual(['0+5', '4+5']);
	});

	it('pages are read up to the cap, and then there may be more', async () => {
		for (const [cap, last] of [
			[13, '8+5'],
			[14, '12+2'],
		] as const) {
			const { read, pages } = setUp(holding(rows(0, 20), 'none'), { cap });
			expect(await read()).toMatchObject({
				trusted: false,
				overCap: true,
				atLeast: cap,
				count: undefined,
			});
			expect(pages().at(-1)).toBe(last);
		}
	});

	it('rows that end just before the cap are all', async () => {
		const { read } = setUp(holding(rows(0, 13), 'none'), { cap: 14 });
		expect(await read()).toMatchObject(whole(rows(0, 13)));
	});

	it('the only full page is followed by what shows that it is all', async () => {
		const { read, pages, traits } = setUp(holding(rows(0, 5)));
		expect(await read()).toMatchObject({ ...whole(rows(0, 5)), count: 5 });
		expect(pages()).toEqual(['0+5', '4+5']);
		expect(traits.countIsOfPage).toBe(false);
	});

	it('a full page that counts no more than itself is read on from, and more than it counts is seen', async () => {
		const { read, traits } = setUp(holding(rows(0, 7), 4));
		expect(await read()).toMatchObject({ trusted: false, overCap: true, count: 4, atLeast: 7 });
		expect(traits.countCap).toBe(4);
	});
});

describe('a count that is that of the page', () => {
	it('is known by two pages that each count themselves, and is no total from then on', async () => {
		const { read, traits } = setUp(holding(rows(0, 7), 'of the page'));
		expect(await read()).toMatchObject({ ...whole(rows(0, 7)), count: undefined });
		expect(traits.countIsOfPage).toBe(true);
		expect(await read()).toMatchObject({ ...whole(rows(0, 7)), count: undefined });
	});

	it('is no total of the rows wanted either', async () => {
		const { read } = setUp(holding(rows(0, 7), 'of the page'));
		await read();
		expect(await read({ upTo: 5 })).toMatchObject({
			...whole(rows(0, 5)),
			count: undefined,
			ended: false,
		});
	});

	it('is not known where one of the two counts more', async () => {
		const first = setUp(but({ 0: page(rows(0, 5), 4) }, holding(rows(0, 7), 'of the page')));
		await first.read();
		expect(first.traits.countIsOfPage).toBe(false);
		const second = setUp(but({ 4: page(rows(4, 7), 7) }, holding(rows(0, 7), 'of the page')));
		await second.read();
		expect(second.traits.countIsOfPage).toBe(false);
	});

	it('is not known by an empty page, which counts none either way: all rows have gone', async () => {
		const { read, traits } = setUp(inTurn(holding(rows(0, 5)), holding([])));
		await read();
		expect(traits.countIsOfPage).toBe(false);
	});

	it('is not known by a third page where the second one counted more', async () => {
		const odd = but({ 4: page(rows(4, 9), 9) }, holding(rows(0, 11), 'of the page'));
		const { read, traits } = setUp(odd);
		await read();
		expect(traits.countIsOfPage).toBe(false);
	});
});

describe('more rows than can be had for one period', () => {
	const OVER = { trusted: false, consistent: false, overCap: true, rows: rows(0, 5) };

	it('are not read where the total is at the cap or beyond', async () => {
		for (const total of [CAP, CAP + 1]) {
			const { read, asked } = setUp(holding(rows(0, total)));
			expect(await read()).toMatchObject({ ...OVER, count: total, atLeast: total, ended: false });
			expect(asked).toHaveLength(1);
		}
	});

	it('are read as far as they are wanted, up to the cap', async () => {
		const all = holding(rows(0, 40));
		const within = setUp(all);
		expect(await within.read({ upTo: CAP })).toMatchObject({ trusted: true, rows: rows(0, CAP) });
		const beyond = setUp(all);
		expect(await beyond.read({ upTo: CAP + 1 })).toMatchObject({ ...OVER, atLeast: 40 });
		expect(beyond.asked).toHaveLength(1);
	});

	it('are none where the total is one below the cap', async () => {
		const { read } = setUp(holding(rows(0, 16)), { cap: 17 });
		expect(await read()).toMatchObject(whole(rows(0, 16)));
	});

	it('are supposed where the total is the largest that the source admits to', async () => {
		const traits = new SourceTraits({ pageSize: PAGE_SIZE, cap: CAP });
		traits.countCap = 11;
		const { read } = setUp(holding(rows(0, 11)), { traits });
		expect(await read()).toMatchObject(OVER);
		expect(await read({ upTo: 9 })).toMatchObject({ trusted: true });
	});

	it('are supposed where the total is as round as caps are, but not of a window that cannot be cut', async () => {
		const { read, asked } = setUp(holding(rows(0, 10)));
		expect(await read()).toMatchObject({ ...OVER, atLeast: 10 });
		expect(asked).toHaveLength(1);
		expect(await read({ isLast: true })).toMatchObject({ ...whole(rows(0, 10)), overCap: false });
		expect(await read({ upTo: 9 })).toMatchObject({ trusted: true, rows: rows(0, 9) });
	});

	it('are not supposed of a round total where a larger one was named', async () => {
		const { read } = setUp(inTurn(page(rows(0, 5), 11), holding(rows(0, 10))));
		await read({ upTo: 5 });
		expect(await read()).toMatchObject(whole(rows(0, 10)));
	});

	it('are there where pages hold more than all of them count: the count has a cap', async () => {
		const { read, traits } = setUp(holding(rows(0, 13), 11));
		expect(await read()).toMatchObject({
			...OVER,
			rows: rows(0, 13),
			count: 11,
			atLeast: 13,
			ended: false,
		});
		expect(traits.countCap).toBe(11);
	});

	it('do not raise the cap of the count that was learnt before', async () => {
		const { read, traits } = setUp(holding(rows(0, 13), 11));
		const reading = read();
		traits.countCap = 7;
		await reading;
		expect(traits.countCap).toBe(7);
	});

	it('are not there where pages count differently: rows have come', async () => {
		const { read, traits } = setUp(but({ 8: page(rows(8, 12), 12) }, holding(rows(0, 11))));
		expect(await read()).toMatchObject({ trusted: false, overCap: false, agreed: false });
		expect(traits.countCap).toBe(CAP);
	});

	it('are not there where pages hold what they count', async () => {
		const { read, traits } = setUp(holding(rows(0, 11)));
		expect(await read()).toMatchObject({ overCap: false });
		expect(traits.countCap).toBe(CAP);
	});

	it('may be there where rows end at a number as round as caps are, and no total is named', async () => {
		const { read } = setUp(holding(rows(0, 10), 'none'));
		expect(await read()).toMatchObject({
			trusted: false,
			consistent: true,
			overCap: true,
			ended: true,
			rows: rows(0, 10),
			atLeast: 10,
		});
		expect(await read({ isLast: true })).toMatchObject({ ...whole(rows(0, 10)), overCap: false });
		expect(await read({ upTo: 10 })).toMatchObject({ trusted: true, overCap: false });
	});

	it('are no reason of pages that do not fit', async () => {
		const torn = but({ 8: page(rows(9, 11)) }, holding(rows(0, 10), 'none'));
		expect(await setUp(torn).read()).toMatchObject({ trusted: false, overCap: false });
	});

	it('are not supposed any more once a window of more rows was read to its end', async () => {
		const { read, traits } = setUp(holding(rows(0, 11), 'none'));
		expect(traits.mayBeCapped(10)).toBe(true);
		await read();
		expect(traits.mayBeCapped(10)).toBe(false);
	});

	it('are supposed as before where a larger window was not trusted, or not read to its end', async () => {
		const { read, traits } = setUp(holding(rows(0, 12), 'none'));
		await read({}, BY_DURATION);
		await read({ upTo: 11 });
		expect(traits.mayBeCapped(10)).toBe(true);
	});
});

describe('rows in another order than asked for', () => {
	const upside = rows(0, 7).reverse();

	it('are not put together from pages', async () => {
		const { read, asked } = setUp(holding(upside));
		expect(await read()).toEqual({
			trusted: false,
			consistent: false,
			rows: upside.slice(0, 5),
			count: 7,
			atLeast: 7,
			agreed: true,
			overCap: false,
			unordered: true,
			ended: false,
			first: { count: 7, items: upside.slice(0, 5), offset: 0 },
		});
		expect(asked).toHaveLength(1);
	});

	it('are counted by their page where no total is named, or a smaller one', async () => {
		for (const count of ['none', 4] as const) {
			const { read } = setUp(holding(upside, count));
			expect(await read()).toMatchObject({ unordered: true, atLeast: 5 });
		}
	});

	it('are put together where the window cannot be cut', async () => {
		const { read } = setUp(holding(upside));
		expect(await read({ isLast: true })).toMatchObject({ ...whole(upside), unordered: false });
	});

	it('are whole on one page', async () => {
		const { read } = setUp(holding(upside.slice(0, 3)));
		expect(await read()).toMatchObject({ ...whole(upside.slice(0, 3)), unordered: false });
	});
});

describe('several pages', () => {
	it('are trusted only in the order of a field that never changes', async () => {
		const { read } = setUp(holding(rows(0, 11)));
		expect(await read({}, BY_DURATION)).toMatchObject({
			trusted: false,
			consistent: true,
			ended: true,
			rows: rows(0, 11),
		});
	});

	it('are not trusted where they do not fit together', async () => {
		const gap = but({ 4: page(rows(5, 10), 11) }, holding(rows(0, 11)));
		expect(await setUp(gap).read()).toMatchObject({ trusted: false, consistent: false });
		const torn = but({ 4: holding(rows(0, 11), 12) }, holding(rows(0, 11)));
		expect(await setUp(torn).read()).toMatchObject({ trusted: false, agreed: false });
	});

	it('give each row once, the fresher version of it', async () => {
		const fresh = { ...rows(4, 5)[0], status: 'FAILED' };
		const { read } = setUp(but({ 4: page([fresh, ...rows(5, 7)], 7) }, holding(rows(0, 7))));
		const result = await read();
		expect(result.rows).toEqual([...rows(0, 4), fresh, ...rows(5, 7)]);
	});
});

describe('a page that ends before its own count says', () => {
	const all = holding(rows(0, 11));
	const torn = page(rows(8, 10), 11);

	it('is a contradiction when the same comes again', async () => {
		const { read, pages } = setUp(but({ 8: torn }, all));
		const error = await read().catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(IncompleteError);
		expect(error).toMatchObject({ window: WINDOW, expected: 11, received: 10 });
		expect(pages()).toEqual(['0+5', '4+5', '8+5', '8+5']);
	});

	it('is found among the others', async () => {
		const { read, pages } = setUp(but({ 4: page(rows(4, 7), 11) }, all));
		await expect(read()).rejects.toMatchObject({ expected: 11, received: 7 });
		expect(pages()).toEqual(['0+5', '4+5', '8+5', '4+5']);
	});

	it.each([
		['it is all there then', all],
		['its count has changed', page(rows(8, 10), 12)],
		['its end has moved', page(rows(8, 9), 11)],
		['it ends where it says', page(rows(8, 10), 10)],
		['it counts no more', page(rows(8, 10))],
	])('is none where %s, but not trusted', async (_, again) => {
		const { read } = setUp(but({ 8: inTurn(torn, again) }, all));
		expect(await read()).toMatchObject({ trusted: false, consistent: false, rows: rows(0, 10) });
	});

	it('is none where it counts nothing, and it is not asked for again', async () => {
		const { read, asked } = setUp(but({ 8: page(rows(8, 10)) }, all));
		expect(await read()).toMatchObject({ trusted: false, agreed: false });
		expect(asked).toHaveLength(3);
	});
});

describe('whether the source obeys the order asked for', () => {
	const many = rows(0, 10);
	const few = rowsAt([1, 2, 3]);
	const obeys = async (found: Row[], otherEnd: Row[], sort: PageQuery['sort'] = BY_DURATION) => {
		const { reader, asked, traits } = setUp(page(otherEnd));
		return { obeyed: await reader.obeys(WINDOW, sort, found, [0]), asked, traits };
	};

	it('is seen by many keys in order, and remembered', async () => {
		const { obeyed, asked, traits } = await obeys(many, []);
		expect(obeyed).toBe(true);
		expect(asked).toEqual([]);
		expect([...traits.sortsBy]).toEqual(['duration']);
	});

	it('is denied by keys out of order', async () => {
		const { obeyed, asked, traits } = await obeys([...many].reverse(), rowsAt([99]));
		expect(obeyed).toBe(false);
		expect(asked).toEqual([]);
		expect([...traits.sortsBy]).toEqual([]);
	});

	it('is seen by few keys where the other end is further on', async () => {
		const { obeyed, asked, traits } = await obeys(few, rowsAt([4], 9));
		expect(obeyed).toBe(true);
		expect(asked).toEqual([
			{
				from: START - SECOND,
				to: WINDOW.to,
				sort: { field: 'duration', direction: 'desc' },
				offset: 0,
				limit: 1,
			},
		]);
		expect([...traits.sortsBy]).toEqual(['duration']);
	});

	it('is seen in descending order, too', async () => {
		const sort = { field: 'duration', direction: 'desc' } as const;
		const { obeyed, asked } = await obeys([...few].reverse(), rowsAt([0], 9), sort);
		expect(obeyed).toBe(true);
		expect(asked).toMatchObject([{ sort: BY_DURATION }]);
	});

	it.each([
		['the other end has the same key', few, rowsAt([3], 9)],
		['the other end is not as far', few, rowsAt([2.5], 9)],
		['there is no other end', few, []],
		['there are no rows', [], rowsAt([3], 9)],
	])('is not seen by few keys where %s', async (_, found, otherEnd) => {
		const { obeyed, traits } = await obeys(found, otherEnd);
		expect(obeyed).toBe(false);
		expect([...traits.sortsBy]).toEqual([]);
	});

	it('is not asked again once it was seen, of that field', async () => {
		const { reader, asked, traits } = setUp(page(rowsAt([3], 9)));
		traits.sortsBy.add('duration');
		expect(await reader.obeys(WINDOW, BY_DURATION, [], [0])).toBe(true);
		expect(asked).toEqual([]);
		expect(await reader.obeys(WINDOW, BY_TIME, [], [0])).toBe(false);
		expect(asked).toHaveLength(1);
	});
});

describe('one request', () => {
	const query = { from: START - SECOND, to: WINDOW.to, sort: BY_TIME, offset: 0, limit: 1 };

	it('gives the row at an end of a period, or none', async () => {
		const { reader, asked } = setUp(inTurn(holding(rows(0, 7)), holding([])));
		expect(await reader.readEnd(WINDOW, BY_TIME, [0])).toEqual(rows(0, 1)[0]);
		expect(await reader.readEnd(WINDOW, BY_TIME, [0])).toBeUndefined();
		expect(asked).toEqual([query, query]);
	});

	it('gives the total of a period, unless it is that of the page', async () => {
		const { reader, asked, traits } = setUp(holding(rows(0, 7)));
		expect(await reader.readTotal(WINDOW, BY_TIME, [0])).toBe(7);
		expect(asked).toEqual([query]);
		traits.countIsOfPage = true;
		expect(await reader.readTotal(WINDOW, BY_TIME, [0])).toBeUndefined();
	});
});

describe('rows that the filters exclude', () => {
	it('show that the source ignores them, be it by one row of a page', async () => {
		const { read, traits } = setUp(holding(rows(0, 7)), { keep: ({ id }) => id !== '6' });
		await read();
		expect(traits.ignoresFilters).toBe(true);
	});

	it('need to be seen but once', async () => {
		const keep = jest.fn(() => false);
		const { read } = setUp(holding(rows(0, 7)), { keep });
		await read();
		expect(keep).toHaveBeenCalledTimes(1);
	});

	it('are not seen where all pass, or nothing filters', async () => {
		const passing = setUp(holding(rows(0, 7)), { keep: () => true });
		await passing.read();
		expect(passing.traits.ignoresFilters).toBe(false);
		const free = setUp(holding(rows(0, 7)));
		await free.read();
		expect(free.traits.ignoresFilters).toBe(false);
	});
});

describe('the queue', () => {
	/** Two windows, the later one first, all of whose pages wait for places that fall free together. */
	const order = async (headsFirst?: boolean) => {
		const busy = gate();
		const { reader, pool, asked } = setUp(holding(rows(0, 11)), { concurrency: 3, headsFirst });
		const blockers = [1, 2, 3].map(() => pool.run([], async () => await busy.opened));
		const expecting = { expected: 11 };
		const late = { from: START, to: START + 2 * SECOND };
		const soon = { from: START, to: START + SECOND };
		const readings = [
			reader.read(late, BY_TIME, [1], expecting),
			reader.read(soon, BY_TIME, [0], expecting),
		];
		busy.open();
		await Promise.all([...blockers, ...readings]);
		return asked.map(({ to, offset }) => `${to === soon.to ? 'soon' : 'late'} ${offset}`);
	};

	it('has the pages of a window one after the other, that of the earlier priority first', async () => {
		expect(await order()).toEqual(['soon 0', 'soon 4', 'soon 8', 'late 0', 'late 4', 'late 8']);
	});

	it('has the first page of every window before all further ones where totals are wanted early', async () => {
		expect(await order(true)).toEqual(['soon 0', 'late 0', 'soon 4', 'soon 8', 'late 4', 'late 8']);
	});

	it.each([
		['a first page', 0],
		['an expected page', 4],
	])('goes on as soon as the answer to %s is there, before it is read', async (_, offset) => {
		const reading = gate();
		const held = heldBy(reading, holding(rows(0, 7)));
		const answer: Answer = (query, _unwanted, received) => {
			if (query.offset === offset) expect(received?.()).toBe(true);
			return held(query);
		};
		const { read, pool } = setUp(answer, { concurrency: 2 });
		const result = read({ expected: 7 });
		const next = jest.fn(async () => {});
		const waiting = pool.run([1], next);
		await settled();
		expect(next).toHaveBeenCalledTimes(1);
		reading.open();
		await Promise.all([result, waiting]);
	});

	it('tells fetches that nobody waits for them any more', async () => {
		const late = gate();
		const held = heldBy(late, holding(rows(0, 7)));
		const signals: Array<AbortSignal | undefined> = [];
		const answer: Answer = (query, unwanted) => {
			signals.push(unwanted);
			return held(query);
		};
		const { read, pool } = setUp(answer, { concurrency: 2 });
		const reading = read({ expected: 7 });
		await settled();
		expect(signals.map((signal) => signal?.aborted)).toEqual([false, false]);
		pool.close(new Error('The search has ended'));
		expect(signals.map((signal) => signal?.aborted)).toEqual([true, true]);
		late.open();
		await reading;
	});
});

describe('the budget', () => {
	/** What any search may make. */
	const GRANTED = 200;
	const setUpWith = (left: number, answer: Answer, options: Options = {}) => {
		const reading = setUp(answer, options);
		for (let request = left; request < GRANTED; request++) reading.budget.spend();
		return reading;
	};

	it('is spent by every request, and none is made beyond it', async () => {
		const enough = setUpWith(3, holding(rows(0, 11)));
		expect(await enough.read()).toMatchObject(whole(rows(0, 11)));
		const less = setUpWith(2, holding(rows(0, 11)));
		await expect(less.read()).rejects.toBeInstanceOf(BudgetError);
		await settled();
		expect(less.asked).toHaveLength(2);
	});

	it('is spent by the request for an end and for a total', async () => {
		const { reader, asked } = setUpWith(2, holding(rows(0, 11)));
		await reader.readEnd(WINDOW, BY_TIME, [0]);
		await reader.readTotal(WINDOW, BY_TIME, [0]);
		await expect(reader.readEnd(WINDOW, BY_TIME, [0])).rejects.toBeInstanceOf(BudgetError);
		expect(asked).toHaveLength(2);
	});

	it('is spent by pages that are only expected, whose want of it does no harm', async () => {
		const expecting = { expected: 11 };
		const short = setUpWith(2, holding(rows(0, 3)), { concurrency: 3 });
		expect(await short.read(expecting)).toMatchObject(whole(rows(0, 3)));
		expect(short.asked).toHaveLength(2);
		const wanted = setUpWith(2, holding(rows(0, 11)), { concurrency: 3 });
		await expect(wanted.read(expecting)).rejects.toBeInstanceOf(BudgetError);
	});
});
