/* eslint-disable @n8n/community-nodes/no-restricted-globals -- turns of Node's own loop, never published */
import { IncompleteError } from '../../../nodes/Twin24/paging/errors';
import { explore, scanSort } from '../../../nodes/Twin24/paging/explore';
import type { Branch, Demand, ExploreRequest } from '../../../nodes/Twin24/paging/explore';
import { SECOND } from '../../../nodes/Twin24/paging/page';
import type { Period, Row, Sort } from '../../../nodes/Twin24/paging/page';
import type { Priority } from '../../../nodes/Twin24/paging/pool';
import type { Reader, ReadOptions, WindowResult } from '../../../nodes/Twin24/paging/reader';
import type { SourceTraits } from '../../../nodes/Twin24/paging/traits';

const START = Date.UTC(2026, 0, 5, 9, 30);
const PAGE_SIZE = 10;
const CAP = 100;
const DAY = 86_400;
/** How often a source is asked at most, so that an endless search fails at once. */
const MOST = 1500;

/** Where the source is first asked for rows with a time. */
const EARLIEST = Date.UTC(2000, 0, 1);

/** Times are told in seconds from the start of the period, of which there are 6,000 unless said. */
const at = (seconds: number) => START + seconds * SECOND;
const between = (from: number, to: number) => ({ from: at(from), to: at(to) });
const before = (to: number) => ({ to: at(to) });
const PERIOD = between(0, 6000);

const UP = { field: 'createdAt', direction: 'asc' } as const;
const DOWN = { field: 'createdAt', direction: 'desc' } as const;

const row = (id: string, seconds?: number): Row => {
	const time = seconds === undefined ? null : new Date(at(seconds)).toISOString();
	return { id, createdAt: time, updatedAt: time };
};

/** A row every so many seconds, named by its own. */
const every = (seconds: number, from = 0, to = 6000): Row[] =>
	Array.from({ length: (to - from) / seconds }, (_, index) => {
		const time = from + index * seconds;
		return row(String(time), time);
	});

/** So many rows at one moment. */
const crowd = (count: number, seconds?: number): Row[] =>
	Array.from({ length: count }, (_, index) => row(`${seconds ?? 'none'} ${index}`, seconds));

interface Asked {
	window: Period;
	sort: Sort;
	priority: Priority;
	options: ReadOptions;
}

const timeIn = (found: Row, field: string) =>
	typeof found[field] === 'string' ? Date.parse(found[field]) : NaN;

/** An honest source of these rows: a row without a time is only in a period without a start. */
const rowsIn = (rows: Row[], { from, to }: Period, periodField: string, sort: Sort): Row[] => {
	const sign = sort.direction === 'asc' ? 1 : -1;
	return rows
		.filter((candidate) => {
			const time = timeIn(candidate, periodField);
			return Number.isNaN(time) ? from === undefined : time >= (from ?? -Infinity) && time < to;
		})
		.sort((a, b) => sign * (timeIn(a, sort.field) - timeIn(b, sort.field)));
};

/** What a reader makes of it: as many rows as can be had for one period are all there, more are not. */
const judged = (found: Row[], pageSize: number): WindowResult => {
	const isWhole = found.length <= CAP;
	const items = found.slice(0, pageSize);
	return {
		trusted: isWhole,
		consistent: isWhole,
		rows: isWhole ? found : items,
		count: found.length,
		atLeast: found.length,
		agreed: true,
		overCap: !isWhole,
		unordered: false,
		ended: isWhole,
		first: { items },
	};
};

interface Setting extends Demand {
	request?: Partial<ExploreRequest>;
	/** How the reading of the whole period is otherwise than honest; that it is not trusted is given. */
	whole?: Partial<WindowResult>;
	/** How another reading is. */
	answer?: (asked: Asked, honest: WindowResult) => Partial<WindowResult> | Promise<unknown> | void;
	/** The row at an end of a period, if not an honest one. */
	end?: (period: Period, sort: Sort, honest?: Row) => Row | undefined;
	/** What the source counts in the end. */
	total?: number;
	traits?: Partial<SourceTraits>;
	/** After how many branches there are enough. */
	enoughAfter?: number;
	/** Called with each branch. */
	take?: (branch: Branch) => Promise<void> | void;
	admit?: (rows: number) => void;
}

/** Explores a source of these rows to the end, and tells all that was asked and came of it. */
const exploring = async (rows: Row[], setting: Setting = {}) => {
	const { whole, answer, enoughAfter, streaming } = setting;
	const request: ExploreRequest = {
		period: PERIOD,
		periodField: 'createdAt',
		fixedField: 'createdAt',
		sort: UP,
		cap: CAP,
		...setting.request,
	};
	const traits = {
		pageSize: PAGE_SIZE,
		ignoresFilters: false,
		mayBeCapped: () => false,
		...setting.traits,
	};
	const asked: Asked[] = [];
	/** How many branches had been taken when each window was asked for. */
	const takenBefore: number[] = [];
	const ends: Array<[Period, Sort, Priority]> = [];
	const totals: Array<[Period, Sort, Priority]> = [];
	const expected: number[] = [];
	const admitted: number[] = [];
	const branches: Branch[] = [];
	const honest = (period: Period, sort: Sort) =>
		judged(rowsIn(rows, period, request.periodField, sort), traits.pageSize);

	const reader = {
		traits,
		budget: { expect: (count: number) => expected.push(count), grant: () => {} },
		read: async (...[window, sort, priority, options = {}]: Parameters<Reader['read']>) => {
			if (asked.length > MOST) throw new Error('No end to it');
			const ask = { window, sort, priority, options };
			asked.push(ask);
			takenBefore.push(branches.length);
			const result = honest(window, sort);
			const other = (await answer?.(ask, result)) as Partial<WindowResult> | undefined;
			const all = { ...result, ...other };
			options.onTotal?.(all.atLeast);
			return all;
		},
		readEnd: async (...[period, sort, priority]: Parameters<Reader['readEnd']>) => {
			if (ends.length > MOST) throw new Error('No end to it');
			ends.push([period, sort, priority]);
			const [first] = rowsIn(rows, period, request.periodField, sort) as Array<Row | undefined>;
			return setting.end ? setting.end(period, sort, first) : first;
		},
		readTotal: async (...question: Parameters<Reader['readTotal']>) => {
			totals.push(question);
			return setting.total;
		},
	} as unknown as Reader;
	const exploration = explore(
		reader,
		request,
		{ ...honest(request.period, scanSort(request)), trusted: false, ...whole },
		(count) => {
			admitted.push(count);
			setting.admit?.(count);
		},
		{
			streaming,
			isEnough: enoughAfter === undefined ? undefined : () => branches.length >= enoughAfter,
		},
	);
	const explored = (async () => {
		for await (const branch of exploration) {
			branches.push(branch);
			await setting.take?.(branch);
		}
	})();
	const error = await explored.then(
		() => undefined,
		(reason: Error) => reason,
	);
	const ids = branches.flatMap((branch) => branch.rows.map(({ id }) => id));
	return { error, branches, ids, asked, takenBefore, ends, totals, expected, admitted };
};

const idsOf = (rows: Row[]) => rows.map(({ id }) => id);

/** A period in seconds. */
const span = ({ from, to }: Period) => [
	...(from === undefined ? [] : [(from - START) / SECOND]),
	(to - START) / SECOND,
];
const spans = (all: Array<{ window: Period }>) => all.map(({ window }) => span(window));

/** No page to keep: its rows are in no order. */
const NO_PAGE: Partial<WindowResult> = { first: { items: [] } };

/** Whether a reading is one of `readCrowdedSecond`. */
const isCrowded = ({ options }: Asked) => options.tightStart !== undefined;

/** Whether it is one of the newest part of a period whose times move. */
const isTail = (ask: Asked) => ask.options.isLast === true && !isCrowded(ask);

describe('the pages of a window are sorted', () => {
	const sorted = (periodField: string, field: string, direction: Sort['direction']) =>
		scanSort({
			period: PERIOD,
			periodField,
			fixedField: 'createdAt',
			sort: { field, direction },
			cap: CAP,
		});

	it('as asked for, where that is by the field that never changes', () => {
		expect(sorted('createdAt', 'createdAt', 'asc')).toEqual(UP);
		expect(sorted('createdAt', 'createdAt', 'desc')).toEqual(DOWN);
		expect(sorted('updatedAt', 'createdAt', 'desc')).toEqual(DOWN);
	});

	it('by the field that never changes otherwise: from the newest where it is that of the period', () => {
		expect(sorted('createdAt', 'duration', 'asc')).toEqual(DOWN);
		expect(sorted('updatedAt', 'duration', 'desc')).toEqual(UP);
		expect(sorted('updatedAt', 'updatedAt', 'desc')).toEqual(UP);
	});

	it('the same in each', async () => {
		const { asked } = await exploring(every(50), { request: { sort: DOWN } });
		expect(asked.every(({ sort }) => sort === DOWN)).toBe(true);
	});
});

describe('a period is cut', () => {
	const cutFor = async (atLeast: number, whole: Partial<WindowResult> = {}, more: Setting = {}) => {
		const { asked } = await exploring([], { whole: { atLeast, ...NO_PAGE, ...whole }, ...more });
		return asked.length;
	};

	it('into windows of 40 % of the rows that can be had for one', async () => {
		expect(await cutFor(1000, { overCap: true })).toBe(25);
		expect(await cutFor(1001, { overCap: true })).toBe(26);
	});

	it('into half of that when streaming', async () => {
		expect(await cutFor(1000, { overCap: true }, { streaming: true })).toBe(50);
	});

	it('for as many rows as can be had at least, where it has more and they are not counted', async () => {
		expect(await cutFor(10, { overCap: true })).toBe(3);
		expect(await cutFor(10, { overCap: false })).toBe(2);
	});

	it('into one window more than it has pages, up to eight', async () => {
		expect(await cutFor(20)).toBe(3);
		expect(await cutFor(21)).toBe(4);
		expect(await cutFor(70)).toBe(8);
		expect(await cutFor(95)).toBe(8);
	});

	it('into two windows at least', async () => {
		expect(await cutFor(0)).toBe(2);
	});

	it('into 1000 windows at most', async () => {
		const answer = () => {
			throw new Error('That it was asked for is enough');
		};
		expect(await cutFor(1_000_000, { overCap: true }, { answer })).toBe(1000);
	});

	it('into windows of half a page where rows come in no order', async () => {
		expect(await cutFor(30, { unordered: true })).toBe(6);
	});

	it('into windows that touch, of equal length, in the order asked for', async () => {
		const up = await exploring(every(50), { whole: NO_PAGE });
		const edges = [0, 750, 1500, 2250, 3000, 3750, 4500, 5250, 6000];
		const windows = edges.slice(1).map((to, index) => [edges[index], to]);
		expect(spans(up.asked)).toEqual(windows);
		expect(spans(up.branches)).toEqual(windows);
		expect(up.branches.every(({ window, own }) => window === own)).toBe(true);
		expect(up.ids).toEqual(idsOf(every(50)));

		const down = await exploring(every(50), { whole: NO_PAGE, request: { sort: DOWN } });
		expect(spans(down.asked)).toEqual([...windows].reverse());
		expect(down.ids).toEqual(idsOf(every(50).reverse()));
	});

	it('into windows from the newest, where the order is not that of the period', async () => {
		const sort = { field: 'duration', direction: 'asc' } as const;
		const { asked, branches } = await exploring(every(50), { whole: NO_PAGE, request: { sort } });
		expect(span(asked[0].window)).toEqual([5250, 6000]);
		expect(span(branches[0].window)).toEqual([5250, 6000]);
	});

	it('again where a window has too many rows, its windows in line with the others', async () => {
		const rows = [...every(100, 0, 2000), ...every(2, 2250, 2650), ...every(100, 3000)];
		const { asked, branches, ids } = await exploring(rows, { whole: NO_PAGE });
		// 250 rows: the third of eight windows has 200 of them.
		expect(ids).toEqual(idsOf(rows));
		const inner = asked.filter(({ priority }) => priority.length > 2);
		expect(spans(inner)).toEqual(
			[2250, 2344, 2438, 2531, 2625, 2719, 2813, 2906].map((from, index, all) => [
				from,
				all[index + 1] ?? 3000,
			]),
		);
		expect(inner.map(({ priority }) => priority)).toEqual(inner.map((_, index) => [0, 3, index]));
		expect(spans(branches)).toContainEqual([2250, 2344]);
	});

	it('and a window without rows yields nothing', async () => {
		const { branches } = await exploring(every(50, 3000), { whole: { ...NO_PAGE, atLeast: 120 } });
		expect(spans(branches)).toEqual([
			[3000, 3750],
			[3750, 4500],
			[4500, 5250],
			[5250, 6000],
		]);
	});
});

describe('windows are read', () => {
	const priorities = Array.from({ length: 8 }, (_, index) => [0, index]);

	it.each([
		['all side by side, when all rows are wanted', {}, [0, 0, 0, 0, 0, 0, 0, 0]],
		[
			'one ahead of the one handed on, when streaming',
			{ streaming: true },
			[0, 0, 1, 2, 3, 4, 5, 6],
		],
		['three ahead, when there may be enough soon', { enoughAfter: 9 }, [0, 0, 0, 0, 1, 2, 3, 4]],
	])('%s', async (_, demand, taken) => {
		const { asked, takenBefore } = await exploring(every(50), { whole: NO_PAGE, ...demand });
		expect(takenBefore).toEqual(taken);
		expect(asked.map(({ priority }) => priority)).toEqual(priorities);
	});

	it('once each, whoever waits for them', async () => {
		const { asked } = await exploring(every(6), { whole: NO_PAGE });
		expect(new Set(spans(asked).map(String)).size).toBe(asked.length);
	});

	it('and one that fails does so where it is due, after those before it', async () => {
		const { branches, error } = await exploring(every(50), {
			whole: NO_PAGE,
			answer: async ({ priority }) => {
				if (priority[1] === 3) throw new Error('Out of reach');
				// So long that Node would call the failure one that nobody meets.
				if (priority[1] === 0) await new Promise(setImmediate);
			},
		});
		expect(spans(branches)).toEqual([
			[0, 750],
			[750, 1500],
			[1500, 2250],
		]);
		expect(error).toEqual(new Error('Out of reach'));
	});
});

describe('the first page of a period, newest first,', () => {
	/** Ten rows at these seconds, and enough others to be cut. */
	const page = (...seconds: number[]) =>
		seconds.map((second, index) => row(`page ${index}`, second));
	const newest = Array.from({ length: 10 }, (_, index) => 5990 - 10 * index);

	/** The rows that were kept of a page, and what was asked for after it. */
	const kept = async (items: Row[], more: Setting = {}) => {
		const result = await exploring([...every(60, 0, 5880), ...items], {
			...more,
			request: { sort: DOWN, ...more.request },
			whole: { atLeast: 110, overCap: true, first: { items }, ...more.whole },
		});
		const { period = PERIOD } = more.request ?? {};
		const branch = result.branches.find(
			({ window }) => span(window).join() === span(period).join(),
		);
		return { ...result, branch, kept: branch && idsOf(branch.rows) };
	};

	it('is kept down to the second of its last row, and only what is before that is cut', async () => {
		const { branches, asked, ids } = await kept(page(...newest));
		expect(idsOf(branches[0].rows)).toEqual(idsOf(page(...newest.slice(0, 9))));
		expect(branches[0].window).toEqual(PERIOD);
		expect(branches[0].own).toEqual(between(5901, 6000));
		expect(span(asked[0].window)[1]).toBe(5901);
		expect(span(asked[asked.length - 1].window)[0]).toBe(0);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids).toHaveLength(98 + 10);
	});

	it('is kept with a row that is exactly on the next second after its last row', async () => {
		const last = page(...newest.slice(0, 8), 5901, 5900);
		expect((await kept(last)).kept).toEqual(idsOf(last.slice(0, 9)));
	});

	it('is not kept for rows in the second of its last row, which may go on', async () => {
		const last = page(...newest.slice(0, 8), 5900.9, 5900.1);
		expect((await kept(last)).kept).toEqual(idsOf(last.slice(0, 8)));
	});

	it('is kept whatever the order asked for, if that is not of the period', async () => {
		const sort = { field: 'duration', direction: 'asc' } as const;
		expect((await kept(page(...newest), { request: { sort } })).kept).toHaveLength(9);
	});

	it('is not kept where it is not full', async () => {
		const traits = { pageSize: 11 };
		expect((await kept(page(...newest), { traits })).kept).toBeUndefined();
		expect((await kept(page(...newest, 5895), { traits })).kept).toHaveLength(10);
	});

	it('is not kept where it is empty', async () => {
		expect((await kept([])).kept).toBeUndefined();
	});

	it('is not kept where windows are read from the oldest', async () => {
		expect((await kept(page(...newest), { request: { sort: UP } })).kept).toBeUndefined();
	});

	it('is not kept where the period is of another field than the sort', async () => {
		const request = { periodField: 'updatedAt' };
		expect((await kept(page(...newest), { request })).kept).toBeUndefined();
	});

	it('is not kept where its rows are in another order than asked for', async () => {
		const [first, second, ...others] = newest;
		expect((await kept(page(second, first, ...others))).kept).toBeUndefined();
	});

	it('is not kept where so few rows differ in time that they may be in order by accident', async () => {
		const [first, , ...others] = newest;
		expect((await kept(page(first, first, ...others))).kept).toBeUndefined();
	});

	it('is not kept where one of its rows shows a time that was not asked for', async () => {
		const others = newest.slice(1);
		expect((await kept(page(6001, ...others))).kept).toBeUndefined();
		// To the second that is asked for with the period it may belong.
		expect((await kept(page(6000.999, ...others))).kept).toHaveLength(9);
	});

	it('is not kept where it reaches down to the second before the period', async () => {
		const reaching = (last: number) => page(...newest.slice(0, 9), last);
		expect((await kept(reaching(-0.5))).kept).toBeUndefined();
		expect((await kept(reaching(0))).branch?.own).toEqual(between(1, 6000));
	});

	it('is not kept where it is all of the last second', async () => {
		const close = (second: number) => page(...newest.map((_, index) => second + 0.9 - index / 100));
		const { asked: all } = await kept(close(5999), {
			answer: (_, { rows }) => ({ rows: rows.filter(({ id }) => id !== 'page 9') }),
		});
		expect(span(all[0].window)).toEqual([5250, 6000]);
		expect(all).toHaveLength(8);
		// From the last second but one there may be a page without a row to keep, which narrows it still.
		const { asked } = await kept(close(5998));
		expect(span(asked[0].window)[1]).toBe(5999);
	});

	it('counts for less to be cut', async () => {
		// 405 rows are more than ten windows of 40, 396 are not.
		const { asked } = await kept(page(...newest), { whole: { atLeast: 405 } });
		expect(asked).toHaveLength(10);
		const { asked: other } = await kept(page(...newest), { whole: { atLeast: 405, ...NO_PAGE } });
		expect(other).toHaveLength(11);
	});

	it('of a window that is cut again is kept, too', async () => {
		const rows = [...every(100, 0, 3000), ...every(2, 3000, 3400), ...every(100, 3400)];
		const { branches, asked, ids } = await exploring(rows, {
			whole: NO_PAGE,
			request: { sort: DOWN },
		});
		const own = branches.find(({ window }) => span(window).join() === '3000,3750')?.own;
		expect(own && span(own)).toEqual([3389, 3750]);
		expect(spans(asked)).not.toContainEqual([3656, 3750]);
		expect([...ids].sort()).toEqual(idsOf(rows).sort());
	});

	describe('must be repeated in the window after it', () => {
		const last = 'page 9';
		const goneFrom =
			(window: (ask: Asked) => boolean): Setting['answer'] =>
			(ask, { rows, ...more }) =>
				window(ask) ? { ...more, rows: rows.filter(({ id }) => id !== last) } : undefined;
		const isNext = ({ window }: Asked) => window.to === at(5901);

		it('which is read again to the end of what was cut where it is not', async () => {
			const { asked, branches } = await kept(page(...newest), { answer: goneFrom(isNext) });
			const next = asked.filter(({ priority }) => priority.join() === '0,0');
			const [from] = span(next[0].window);
			expect(spans(next)).toEqual([
				[from, 5901],
				[from, 6000],
			]);
			const again = branches.find(({ window }) => span(window).join() === `${from},6000`);
			expect(again?.own).toEqual(between(from, 5901));
			expect(idsOf(again!.rows)).toEqual(expect.arrayContaining(idsOf(page(...newest))));
		});

		it('and in none of the others', async () => {
			const { asked } = await kept(page(...newest));
			expect(new Set(asked.map(({ priority }) => priority.join())).size).toBe(asked.length);
		});

		it('and then is all that is kept, where that window is cut again', async () => {
			const isLong = ({ priority }: Asked) => priority.length === 2;
			const items = page(...newest);
			const { branches, asked } = await kept(items, {
				answer: (ask, { rows }) =>
					isNext(ask) && isLong(ask)
						? {
								trusted: false,
								atLeast: 30,
								first: { items: every(5, 5840, 5890).reverse() },
								rows,
							}
						: undefined,
			});
			expect(branches.filter(({ own, window }) => own !== window)).toHaveLength(1);
			const inner = asked.filter(({ priority }) => priority.length > 2);
			expect(span(inner[0].window)[1]).toBe(5901);
		});

		it('even where that is a single second', async () => {
			const request = { period: between(5900, 6000) };
			const whole = { atLeast: 20 };
			const { asked, ids } = await kept(page(...newest), { request, whole });
			expect(asked.map((ask) => [span(ask.window), isCrowded(ask)])).toEqual([
				[[5900, 5901], false],
			]);
			expect(ids).toHaveLength(10);
		});

		it('and a single second that cannot be trusted is read in other ways', async () => {
			const { asked } = await kept(page(...newest), {
				request: { period: between(5900, 6000) },
				whole: { atLeast: 20 },
				answer: (ask) => (isCrowded(ask) ? undefined : { trusted: false }),
			});
			expect(asked.map((ask) => [ask.priority, isCrowded(ask)])).toEqual([
				[[0, 0], false],
				[[0, 0], true],
			]);
		});
	});
});

describe('a single second', () => {
	it('is read in ever other ways at once, and put together', async () => {
		const rows = [...crowd(15, 0), ...crowd(5, 1)];
		const { asked, ids } = await exploring(rows, {
			request: { period: between(0, 2), otherSortFields: ['updatedAt'] },
			answer: ({ options, sort }, { rows: all }) =>
				options.thenBy
					? undefined
					: { trusted: false, rows: sort === UP ? all.slice(0, 10) : all.slice(5) },
		});
		expect(ids).toEqual(idsOf(rows));
		expect(asked.every(isCrowded)).toBe(true);
		expect(spans(asked.slice(0, 2))).toEqual([
			[0, 1],
			[1, 2],
		]);
		expect(asked.map(({ priority }) => priority)).toEqual([
			[0, 0],
			[0, 1],
			[0, 0],
		]);
	});

	it('is not cut where it is all of the period', async () => {
		const { asked, ids } = await exploring(crowd(15, 0), { request: { period: between(0, 1) } });
		expect(asked).toHaveLength(1);
		expect(isCrowded(asked[0])).toBe(true);
		expect(asked[0]).toMatchObject({ window: between(0, 1), sort: UP, priority: [0] });
		expect(ids).toHaveLength(15);
	});

	it('that cannot be read whole ends it', async () => {
		const rows = [...every(50), ...crowd(120, 1000)];
		const { error } = await exploring(rows);
		expect(error).toBeInstanceOf(IncompleteError);
		expect(error).toMatchObject({ window: between(1000, 1001), expected: 121, received: 10 });
	});
});

describe('a single second of as many rows as only caps are', () => {
	const twenty = [...crowd(20, 0), ...crowd(5, 1)];
	const reading = async (rows: Row[], more: Setting = {}) =>
		await exploring(rows, {
			request: { period: between(0, 2) },
			whole: { overCap: true, atLeast: 20 },
			traits: { mayBeCapped: (count) => count === 20 },
			...more,
		});

	it('is taken for cut short where the period ended at the same number and had more', async () => {
		const { error } = await reading(twenty);
		expect(error).toBeInstanceOf(IncompleteError);
		expect(error).toMatchObject({ window: between(0, 1), expected: 20, received: 20 });
	});

	it.each([
		['the period ended at another number', twenty, { whole: { overCap: true, atLeast: 25 } }],
		['the period has no other rows', crowd(20, 0), {}],
		[
			'what came twice are the only other rows',
			[...crowd(20, 0), crowd(20, 0)[0]],
			{
				answer: ({ window }: Asked) =>
					window.from === at(0)
						? { rows: crowd(20, 0), trusted: true }
						: { rows: crowd(1, 0), trusted: true },
			},
		],
		['larger totals were seen', twenty, { traits: {} }],
		[
			'it is only the count that is larger than what was found',
			twenty,
			{ whole: { overCap: true, atLeast: 30, count: 30 }, total: 30 },
		],
		['the period was not over the cap', twenty, { whole: { atLeast: 20 } }],
		['only the first so many rows were wanted and are there', twenty, { enoughAfter: 2 }],
	] as Array<[string, Row[], Setting]>)('is believed where %s', async (_, rows, more) => {
		const { error, branches } = await reading(rows, more);
		expect(error).toBeUndefined();
		expect(branches[0].rows).toHaveLength(20);
	});
});

describe('a period open to the past', () => {
	const open = (to = 6000): Partial<ExploreRequest> => ({ period: before(to) });

	it('begins a day before its first row with a time, and the rest comes last', async () => {
		const rows = [...every(50, 1000), ...crowd(3)];
		const { ends, asked, ids, branches, totals } = await exploring(rows, { request: open() });
		expect(ends).toEqual([[{ from: EARLIEST, to: at(6000) }, UP, [0]]]);
		expect(span(asked[0].window)[0]).toBe(1000 - DAY);
		expect(asked[asked.length - 1]).toMatchObject({
			window: before(1000 - DAY),
			sort: UP,
			priority: [0],
		});
		expect(ids).toEqual(idsOf(rows));
		expect(branches[branches.length - 1].own).toEqual(before(1000 - DAY));
		expect(totals).toEqual([]);
	});

	it('begins at a whole second', async () => {
		const { asked } = await exploring([row('a', 1000.7), ...every(100, 2000)], { request: open() });
		expect(span(asked[0].window)[0]).toBe(1000 - DAY);
	});

	it('has a second to be read at least, whatever times the rows show', async () => {
		const { asked } = await exploring([], {
			request: open(),
			end: () => row('late', 6000 + 2 * DAY),
		});
		expect(asked.map((ask) => [span(ask.window), isCrowded(ask)])).toEqual([
			[[5999, 6000], true],
			[[5999], false],
		]);
	});

	it('begins long ago where its first row shows no time', async () => {
		const { asked } = await exploring(every(100), { request: open(), end: () => row('no time') });
		expect(asked[0].window.from).toBe(EARLIEST);
		expect(asked[asked.length - 1].window).toEqual({ to: EARLIEST });
	});

	it('without a row that has a time is read in ever other ways', async () => {
		const { asked, ids, ends, branches } = await exploring(crowd(15), {
			request: open(),
			answer: (ask) => (isCrowded(ask) ? undefined : { trusted: false }),
		});
		expect(asked.map((ask) => [ask.window, ask.priority, isCrowded(ask)])).toEqual([
			[before(6000), [0], false],
			[before(6000), [0], true],
		]);
		expect(ids).toHaveLength(15);
		expect(ends).toHaveLength(1);
		expect(branches[0].window).toEqual(before(6000));
	});

	it('may have a rest too large for one reading, without a row that has a time', async () => {
		const { asked, ids, ends } = await exploring([...every(100, 1000), ...crowd(15)], {
			request: open(),
			answer: (ask) =>
				ask.window.from === undefined && !isCrowded(ask) ? { trusted: false } : undefined,
		});
		expect(ends.map(([period]) => period)).toEqual([
			{ from: EARLIEST, to: at(6000) },
			{ from: EARLIEST, to: at(1000 - DAY) },
		]);
		const inRest = asked.filter(({ window }) => window.from === undefined);
		expect(inRest.map((ask) => [span(ask.window), isCrowded(ask)])).toEqual([
			[[1000 - DAY], false],
			[[1000 - DAY], true],
		]);
		expect(ids).toHaveLength(65);
	});

	it('may have rows in the rest where the first one was not what it seemed, which is cut like it', async () => {
		const rows = [...every(1000, -2 * DAY, -2 * DAY + 10_000), ...every(100, 1000)];
		const { ends, asked, ids } = await exploring(rows, {
			request: open(),
			whole: NO_PAGE,
			end: ({ to }, _, honest) => (to === at(6000) ? row('1000', 1000) : honest),
			answer: ({ window }) =>
				window.from === undefined && window.to === at(1000 - DAY) ? { trusted: false } : undefined,
		});
		expect(new Set(ends.map(([period]) => period.to))).toEqual(new Set([at(6000), at(1000 - DAY)]));
		expect([...ids].sort()).toEqual(idsOf(rows).sort());
		// The rest of the rest.
		expect(asked[asked.length - 1].window).toEqual(before(-3 * DAY));
		const inRest = asked.find(({ window }) => window.from === at(-3 * DAY));
		expect(inRest?.priority).toEqual([0, 0]);
	});

	it('keeps rows without a time from being taken for a second that is cut short', async () => {
		const { error, ids } = await exploring([...every(100, 1000), ...crowd(20)], {
			request: open(),
			whole: { atLeast: 20, count: 20, overCap: true },
			traits: { mayBeCapped: (count) => count === 20 },
			answer: (ask) =>
				ask.window.from === undefined && !isCrowded(ask) ? { trusted: false } : undefined,
		});
		expect(error).toBeUndefined();
		expect(ids).toHaveLength(70);
	});

	describe('is counted in the end where fewer rows were found than it counted at first', () => {
		const rows = every(100);
		const lacking = (more: Setting = {}) =>
			exploring(rows, {
				request: open(),
				answer: (_, { rows: found, ...result }) => ({
					...result,
					rows: found.filter(({ id }) => id !== '3000'),
				}),
				...more,
			});

		it('and ends with an error where there are more rows still', async () => {
			const { error, totals, ids } = await lacking({ total: 60 });
			expect(ids).toHaveLength(59);
			expect(totals).toEqual([[before(6000), UP, [0]]]);
			expect(error).toBeInstanceOf(IncompleteError);
			expect(error).toMatchObject({ window: before(6000), expected: 60, received: 59 });
		});

		it('and is whole where rows have gone since', async () => {
			const { error, totals } = await lacking({ total: 59 });
			expect(totals).toHaveLength(1);
			expect(error).toBeUndefined();
		});

		it('and is taken as it is where the source no longer counts', async () => {
			const { error, totals } = await lacking({});
			expect(totals).toHaveLength(1);
			expect(error).toBeUndefined();
		});

		it('where a row that came twice makes up for none', async () => {
			const { error } = await exploring(rows, {
				request: open(),
				total: 60,
				answer: ({ window }, { rows: found, ...result }) => {
					const others = found.filter(({ id }) => id !== '3000');
					return { ...result, rows: window.from === undefined ? [rows[0]] : others };
				},
			});
			expect(error).toMatchObject({ expected: 60, received: 59 });
		});

		it('but not where the source never counted', async () => {
			const { error, totals } = await lacking({ total: 60, whole: { count: undefined } });
			expect(totals).toEqual([]);
			expect(error).toBeUndefined();
		});

		it('but not where only the first so many rows were wanted and are there', async () => {
			const { error, totals } = await lacking({ total: 60, enoughAfter: 1 });
			expect(totals).toEqual([]);
			expect(error).toBeUndefined();
		});
	});

	it('is not counted in the end where it has a start', async () => {
		const { totals } = await exploring(every(50), { whole: { count: 200 }, total: 200 });
		expect(totals).toEqual([]);
	});
});

describe('when there are enough rows', () => {
	it('no more windows are read', async () => {
		const { asked, branches } = await exploring(every(50), { whole: NO_PAGE, enoughAfter: 2 });
		expect(branches).toHaveLength(2);
		expect(asked).toHaveLength(5);
	});

	const byUpdate = (direction: Sort['direction']): Partial<ExploreRequest> => ({
		periodField: 'updatedAt',
		sort: { field: 'updatedAt', direction },
	});

	it('from the oldest, the newest part is not read again: what moved there is not wanted', async () => {
		const request = byUpdate('asc');
		const { asked, branches } = await exploring(every(50), { request, enoughAfter: 1 });
		expect(spans(branches)).toEqual([[0, 750]]);
		expect(asked.filter(isTail)).toEqual([]);
	});

	it('from the newest, the newest part is still read again', async () => {
		const request = byUpdate('desc');
		const { asked, branches } = await exploring(every(100), { request, enoughAfter: 1 });
		expect(spans(branches)).toEqual([
			[5143, 6000],
			[0, 6000],
		]);
		expect(asked.filter(isTail)).toHaveLength(1);
	});
});

describe('of a period whose times change, the newest part', () => {
	const UPDATED_DOWN = { field: 'updatedAt', direction: 'desc' } as const;
	const long = (more: Partial<ExploreRequest> = {}): Partial<ExploreRequest> => ({
		period: between(0, DAY),
		periodField: 'updatedAt',
		sort: UPDATED_DOWN,
		...more,
	});
	const hourly = every(3600, 0, DAY);
	/** What was newest before anything was read, and what is three hours before it. */
	const newest = row('newest', 86_000.5);
	const start = 86_000 - 3 * 3600;

	it('is read again from three hours before its newest row, in the order that does not change', async () => {
		const { ends, asked, branches } = await exploring([...hourly, newest], { request: long() });
		expect(ends).toEqual([
			[between(0, DAY), UPDATED_DOWN, [0]],
			[between(start, DAY), UPDATED_DOWN, [0]],
		]);
		expect(asked.filter(isTail)).toEqual([
			{ window: between(start, DAY), sort: UP, priority: [0], options: { isLast: true } },
		]);
		expect(isTail(asked[asked.length - 1])).toBe(true);
		const last = branches[branches.length - 1];
		expect(last.own).toEqual(between(start, DAY));
		expect(idsOf(last.rows)).toEqual(['75600', '79200', '82800', 'newest']);
	});

	it('is no more than the period', async () => {
		const { asked } = await exploring(every(100), { request: long({ period: PERIOD }) });
		expect(asked.filter(isTail).map(({ window }) => window)).toEqual([PERIOD]);
	});

	it('has the rows that moved into it after it was read', async () => {
		const rows = [...hourly.map((hour) => ({ ...hour })), newest];
		const { ids } = await exploring(rows, {
			request: long(),
			// With the newest window its last one is asked for, which an old row has left then.
			answer: ({ priority }) => {
				if (priority.join() === '0,0') rows[1].updatedAt = new Date(at(86_100)).toISOString();
			},
		});
		expect(new Set(ids)).toEqual(new Set(idsOf(rows)));
	});

	it('is cut where it cannot be trusted, and read again from where its newest row was then', async () => {
		const rows = [...hourly, newest];
		let tails = 0;
		const { asked, branches, error } = await exploring(rows, {
			request: long(),
			answer: (ask) => {
				if (!isTail(ask) || ++tails > 1) return undefined;
				rows.push(row('newer', 86_200.9));
				return { trusted: false };
			},
			end: ({ from }, _, honest) => (from === at(start) ? row('newer', 86_100.9) : honest),
		});
		expect(error).toBeUndefined();
		expect(spans(asked.filter(isTail))).toEqual([
			[start, DAY],
			[86_100, DAY],
		]);
		const between2 = asked.slice(asked.findIndex(isTail) + 1, -1);
		expect(between2).toHaveLength(2);
		expect(between2.map(({ priority }) => priority)).toEqual([
			[0, 0],
			[0, 1],
		]);
		expect(span(between2[0].window)[1]).toBe(DAY);
		expect(idsOf(branches[branches.length - 1].rows)).toEqual(['newer']);
	});

	it('ends it where it could not be read in one go three times', async () => {
		const { asked, error } = await exploring([...hourly, newest], {
			request: long(),
			answer: (ask) => (isTail(ask) ? { trusted: false } : undefined),
		});
		expect(spans(asked.filter(isTail))).toEqual([
			[start, DAY],
			[86_000, DAY],
			[86_000, DAY],
		]);
		expect(error).toBeInstanceOf(IncompleteError);
		expect(error).toMatchObject({ window: between(86_000, DAY), expected: undefined, received: 0 });
	});

	it('is read in ever other ways where it is a single second', async () => {
		const { asked, ids } = await exploring(crowd(15, 0), {
			request: long({ period: between(0, 1) }),
			answer: (ask) => (isTail(ask) ? { trusted: false } : undefined),
		});
		expect(asked.map((ask) => [span(ask.window), ask.priority, isCrowded(ask)])).toEqual([
			[[0, 1], [0], true],
			[[0, 1], [0], false],
			[[0, 1], [0], true],
		]);
		expect(ids).toHaveLength(30);
	});

	it('is not read where no row is left in it', async () => {
		const { asked, error } = await exploring([...hourly, newest], {
			request: long(),
			end: ({ from }, _, honest) => (from === at(start) ? undefined : honest),
		});
		expect(error).toBeUndefined();
		expect(asked.filter(isTail)).toEqual([]);
	});

	it('is all of the period where its newest row shows no time', async () => {
		const { asked } = await exploring(hourly, {
			request: long(),
			end: () => row('no time'),
		});
		expect(spans(asked.filter(isTail))).toEqual([[0, DAY]]);
	});

	it('is not read of a period without rows', async () => {
		const { ends, asked } = await exploring([], { request: long(), whole: { atLeast: 20 } });
		expect(ends).toHaveLength(1);
		expect(asked.filter(isTail)).toEqual([]);
	});

	it('is the same of a period that is open to the past', async () => {
		const request = long({ period: before(DAY) });
		const { ends, asked } = await exploring([...hourly, newest], { request });
		expect(ends[0]).toEqual([{ from: EARLIEST, to: at(DAY) }, UPDATED_DOWN, [0]]);
		expect(spans(asked.filter(isTail))).toEqual([[start, DAY]]);
	});

	it('does not count for the rows that there are at least', async () => {
		const { admitted } = await exploring([...hourly, newest], {
			request: long(),
			answer: (ask) => (isTail(ask) ? { trusted: false } : undefined),
		});
		expect(Math.max(...admitted)).toBe(25);
	});
});

describe('a lower bound of the rows is told', () => {
	it('as soon as windows name their totals, and never above what there is', async () => {
		const { admitted } = await exploring(every(50), { whole: NO_PAGE });
		expect([...new Set(admitted)]).toEqual([15, 30, 45, 60, 75, 90, 105, 120]);
	});

	it('of a window that is cut by itself, until its parts say more together', async () => {
		const totals: Record<string, Partial<WindowResult>> = {
			'0,0': { trusted: false, atLeast: 9 },
			'0,1': { rows: crowd(3, 3000), atLeast: 3 },
			'0,0,0': { rows: crowd(5, 0), atLeast: 5 },
			'0,0,1': { rows: crowd(6, 1500), atLeast: 6 },
		};
		const { admitted } = await exploring([], {
			answer: ({ priority }) => totals[priority.join()],
		});
		expect([...new Set(admitted)]).toEqual([9, 9 + 3, 5 + 6 + 3]);
	});

	it('with the rows of a page that was kept', async () => {
		const { admitted } = await exploring(every(50), { request: { sort: DOWN }, streaming: true });
		// Nine rows of the page, and 13 in the first of the windows that begin before it.
		expect(admitted[0]).toBe(9 + 14);
		expect(admitted[admitted.length - 1]).toBe(120);
	});

	it('by what was read where that can be trusted, by what was named otherwise', async () => {
		const bound = async (result: Partial<WindowResult>) => {
			const { admitted } = await exploring([], {
				whole: { ...NO_PAGE, atLeast: 20 },
				answer: ({ priority: [, index, ...inner] }) =>
					index === 0 && inner.length === 0 ? { atLeast: 0, ...result } : undefined,
			});
			return admitted[admitted.length - 1];
		};
		expect(await bound({ trusted: true, rows: crowd(5, 0) })).toBe(5);
		expect(await bound({ trusted: false, rows: crowd(5, 0), atLeast: 8 })).toBe(8);
	});

	it('and what it throws ends the search', async () => {
		const { error, branches } = await exploring(every(50), {
			whole: NO_PAGE,
			streaming: true,
			admit: (count) => {
				if (count > 40) throw new Error('Too many');
			},
		});
		expect(error).toEqual(new Error('Too many'));
		expect(branches).toHaveLength(2);
	});

	it('not where the source ignores filters, so that its counts are of other rows', async () => {
		const { admitted } = await exploring(every(50), { traits: { ignoresFilters: true } });
		expect(admitted).toEqual([]);
	});
});

describe('the budget is told', () => {
	/** The most of a source of 120 rows, whose windows name 50 each at first. */
	const told = async (whole: Partial<WindowResult>, traits: Setting['traits'] = {}) => {
		const answer = () => ({ atLeast: 50 });
		const setting = { whole: { ...NO_PAGE, ...whole }, answer, traits };
		return Math.max(...(await exploring(every(50), setting)).expected);
	};

	it('how many rows have been read so far', async () => {
		const { expected } = await exploring(every(50), { whole: NO_PAGE });
		expect(expected).toEqual([15, 30, 45, 60, 75, 90, 105, 120]);
	});

	it.each([
		['they are more than can be had', { count: 101, overCap: true }],
		['they can all be had', { count: 90, overCap: false }],
	])('nothing else where the source counts all rows, and %s', async (_, whole) => {
		expect(await told(whole)).toBe(120);
	});

	it.each([
		['it counts nothing', { count: undefined, overCap: false }],
		['it counts no further than can be had', { count: 100, overCap: true }],
		['it counts less than there are', { count: 30, overCap: true }],
	])('what windows name together, too, where %s', async (_, whole) => {
		expect(await told(whole)).toBe(8 * 50);
		expect(await told(whole, { ignoresFilters: true })).toBe(8 * 50);
	});

	it('no more than a hundred times the cap by what windows name', async () => {
		const { expected } = await exploring([], {
			whole: { ...NO_PAGE, count: undefined, atLeast: 20 },
			answer: () => ({ atLeast: 1_000_000 }),
		});
		expect(Math.max(...expected)).toBe(100 * CAP);
	});
});
