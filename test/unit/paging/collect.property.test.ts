import fc from 'fast-check';

import { collect } from '../../../nodes/Twin24/paging/collect';
import type { CollectRequest } from '../../../nodes/Twin24/paging/collect';
import { IncompleteError } from '../../../nodes/Twin24/paging/errors';
import type { Row } from '../../../nodes/Twin24/paging/page';
import { runs } from '../../support/runs';
import { probedReadings } from './probed';
import { Table } from './table';
import type { Readings, TableRow } from './table';

/** Small limits, so that a few hundred rows walk through every rule. */
const LIMITS = { pageSize: 12, cap: 60 };
const START = Date.UTC(2026, 0, 1);
const SPAN = 3600_000;
/** Under what a probe found: `TWIN24_READINGS=probe-result.json`. */
const RUNS = runs(1000);

type Field = 'createdAt' | 'updatedAt' | 'startedAt' | 'duration';

const often = <T>(usual: T, ...others: T[]) =>
	fc.oneof(
		{ weight: 3, arbitrary: fc.constant(usual) },
		{ weight: 1, arbitrary: fc.constantFrom(...others) },
	);

const readings: fc.Arbitrary<Readings> = fc
	.record({
		fromInclusive: fc.boolean(),
		toInclusive: fc.boolean(),
		compareToTheSecond: fc.boolean(),
		count: fc.oneof(
			{
				weight: 6,
				arbitrary: fc.constantFrom<Readings['count']>(
					'total',
					'capped',
					'cappedLow',
					'page',
					'absent',
				),
			},
			{
				weight: 1,
				arbitrary: fc.constantFrom<Readings['count']>('cappedWithRows', 'oneTooMany', 'ofAll'),
			},
		),
		ties: often<Readings['ties']>('stable', 'shuffled', 'byPage'),
		nulls: fc.constantFrom('first', 'last'),
		sort: often<NonNullable<Readings['sort']>>('obeyed', 'ignored', 'ascendingOnly'),
		clamp: often<number | undefined>(undefined, 10),
		pastCap: fc.constantFrom('error', 'empty'),
		clockShift: fc.constant(0),
		nullsPassOpenPeriods: fc.boolean(),
		ignoresFilters: often(false, true),
	})
	.map((drawn) => ({ ...drawn, ...probedReadings() }))
	.map((drawn) => (drawn.sort === 'ignored' ? { ...drawn, ties: 'stable' } : drawn));

/** Calls spread over the hour and beyond its ends, with bursts in single seconds and on the ends themselves. */
const times: fc.Arbitrary<number[]> = fc
	.record({
		spread: fc.array(fc.integer({ min: -60_000, max: SPAN + 60_000 }), { maxLength: 120 }),
		whole: fc.boolean(),
		bursts: fc.array(
			fc.record({
				at: fc.oneof(
					fc.constantFrom(0, SPAN, -1000, SPAN - 1000),
					fc.integer({ min: 0, max: SPAN }),
				),
				size: fc.integer({ min: 1, max: 36 }),
			}),
			{ maxLength: 6 },
		),
	})
	.map(({ spread, whole, bursts }) =>
		[...spread, ...bursts.flatMap(({ at, size }) => Array<number>(size).fill(at))].map(
			(time) => START + (whole ? Math.floor(time / 1000) * 1000 : time),
		),
	);

interface Event {
	atRequest: number;
	kind: 'insert' | 'update' | 'enter' | 'leave' | 'lengthen';
	pick: number;
}

const KINDS: Array<Event['kind']> = ['insert', 'update', 'update', 'enter', 'leave', 'lengthen'];

const events: fc.Arbitrary<Event[]> = fc.oneof(
	{ weight: 1, arbitrary: fc.constant<Event[]>([]) },
	{
		weight: 2,
		arbitrary: fc.array(
			fc.record({
				atRequest: fc.integer({ min: 1, max: 60 }),
				kind: fc.constantFrom<Event['kind']>(...KINDS),
				pick: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
			}),
			{ maxLength: 25 },
		),
	},
);

const scenario = fc.record({
	times,
	hidden: fc.integer({ min: 0, max: 10 }),
	withoutTime: fc.integer({ min: 0, max: 30 }),
	readings,
	events,
	periodField: often<Field>('createdAt', 'updatedAt', 'startedAt') as fc.Arbitrary<
		Exclude<Field, 'duration'>
	>,
	/** Whether the source's clock is still within the period, so that what changes stays in it. */
	endsAhead: fc.boolean(),
	sort: fc.record({
		field: fc.constantFrom<Field>('createdAt', 'duration', 'updatedAt', 'startedAt'),
		direction: fc.constantFrom('asc' as const, 'desc' as const),
	}),
	open: fc.boolean(),
	offset: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 60 })),
	limit: fc.oneof(
		{ weight: 2, arbitrary: fc.constant(undefined) },
		fc.integer({ min: 1, max: 120 }),
	),
	stream: fc.boolean(),
	parallel: fc.integer({ min: 1, max: 6 }),
	/** How many rows an earlier search of the same kind found. */
	expected: fc.oneof(fc.constant(undefined), fc.integer({ min: 0, max: 150 })),
	seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

const generator = (seed: number) => () => {
	seed = (Math.imul(seed, 48271) >>> 0) % 0x7fffffff || 1;
	return seed / 0x7fffffff;
};

const build = (drawn: Scenario) => {
	const random = generator(drawn.seed);
	const row = (id: string, time: number, pick: number): TableRow => ({
		id,
		createdAt: time,
		updatedAt: time,
		startedAt: time,
		duration: pick < 0.1 ? null : Math.floor(pick * 40),
		status: pick < 0.5 ? 'A' : 'B',
		matches: true,
	});
	const rows = drawn.times.map((time, index) => row(`call-${index}`, time, random()));
	rows.slice(0, drawn.hidden).forEach((hidden) => (hidden.matches = false));
	rows.slice(-drawn.withoutTime).forEach((idle) => (idle.startedAt = null));
	const request: CollectRequest = {
		period: { ...(drawn.open ? {} : { from: START }), to: START + SPAN },
		periodField: drawn.periodField,
		fixedField: 'createdAt',
		sort: drawn.sort,
		offset: drawn.offset,
		limit: drawn.limit,
		parallel: drawn.parallel,
		expected: drawn.expected,
		stream: drawn.stream,
		keep: drawn.readings.ignoresFilters ? ({ matches }) => matches === true : undefined,
		otherSortFields: ['createdAt', 'updatedAt', 'duration'],
		...LIMITS,
	};
	const time = (candidate: TableRow) => candidate[drawn.periodField] ?? null;
	const inPeriod = (candidate: TableRow) => {
		const at = time(candidate);
		if (at === null) return drawn.open && drawn.readings.nullsPassOpenPeriods === true;
		return at >= (request.period.from ?? -Infinity) && at < request.period.to;
	};
	const belongs = (candidate: TableRow) => candidate.matches && inPeriod(candidate);
	/** Rows that did not match all the while. */
	const unsteady = new Set<string>();
	/** Rows whose values changed, so that their place in an order did. */
	const changed = new Set<string>();
	let last = 0;
	const table: Table = new Table(
		rows,
		drawn.readings,
		LIMITS,
		(number) => {
			const due = drawn.events.filter(({ atRequest }) => atRequest > last && atRequest <= number);
			last = number;
			for (const event of due) {
				const now = START + SPAN + (drawn.endsAhead ? -60_000 : 60_000) + number * 10;
				const target = rows[Math.floor(event.pick * rows.length)];
				if (event.kind === 'insert') {
					const id = `late-${rows.length}`;
					unsteady.add(id);
					rows.push(row(id, START + Math.floor(event.pick * SPAN), event.pick));
					continue;
				}
				if (!target) continue;
				// What the trust rule says that it cannot see.
				const leavesWindow = event.kind === 'leave' || event.kind === 'update';
				if (leavesWindow && drawn.readings.ties !== 'stable') continue;
				changed.add(target.id);
				if (event.kind === 'lengthen') target.duration = Math.floor(event.pick * 4000) % 50;
				else if (event.kind === 'update') {
					target.updatedAt = Math.max(target.updatedAt, now);
					target.startedAt = target.updatedAt;
				} else target.matches = event.kind === 'enter';
				if (!belongs(target)) unsteady.add(target.id);
			}
		},
		random,
	);
	table.periodField = drawn.periodField;
	for (const candidate of rows) if (!belongs(candidate)) unsteady.add(candidate.id);
	return { table, rows, request, unsteady, changed, belongs, time };
};

const all = async (batches: AsyncGenerator<Row[]>) => {
	const rows: Row[] = [];
	for await (const batch of batches) rows.push(...batch);
	return rows;
};

/** The order that is promised: by the key, rows without it last, ties by id. */
const expectedOrder =
	(field: Field, direction: 'asc' | 'desc') =>
	(a: TableRow, b: TableRow): number => {
		const sign = direction === 'asc' ? 1 : -1;
		const key = (row: TableRow) => (row[field] === null ? Infinity : (row[field] as number) * sign);
		if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1;
		return a.id < b.id ? -1 : 1;
	};

/**
 * The property must not be met by giving up. An error is due for a second (or the rows without a
 * time) that, with what the widened ends bring along, holds more than the source hands out, or that
 * does not fit a page while the source shuffles ties or rows keep changing; and for a source that
 * counts what it does not give.
 */
const isDue = (error: unknown, drawn: Scenario, { rows, time }: ReturnType<typeof build>) => {
	const { count, ties, sort, clamp } = drawn.readings;
	if (count === 'oneTooMany' || count === 'ofAll') return true;
	const most = {
		cappedWithRows: 2 * LIMITS.pageSize,
		cappedLow: Math.floor(LIMITS.cap / 3),
	};
	const isFickle = ties !== 'stable' || drawn.events.length > 0 || sort !== 'obeyed';
	const pageSize = clamp ?? LIMITS.pageSize;
	const bearable = isFickle ? pageSize : (most[count as keyof typeof most] ?? LIMITS.cap - 1);
	const isCrowded = (from: number, to: number) =>
		rows.filter((row) => (time(row) ?? from) >= from && (time(row) ?? to) <= to).length >= bearable;
	if (error instanceof IncompleteError) {
		const { from = -Infinity, to } = error.window;
		return isCrowded(from - 1000, Math.max(to, from + 1999));
	}
	return rows.some((row) => isCrowded((time(row) ?? 0) - 1000, (time(row) ?? 0) + 1000));
};

describe('collect, over tables drawn at random', () => {
	test('returns every call that was there the whole time exactly once, in order, or throws', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async (drawn) => {
				const built = build(drawn);
				const { table, rows, request, unsteady, changed, belongs } = built;
				let result: Row[];
				try {
					result = await all(collect(table.fetchPage, request));
				} catch (error) {
					expect(['IncompleteError', 'BudgetError']).toContain((error as Error).name);
					expect(isDue(error, drawn, built)).toBe(true);
					return;
				}
				// Where all there is to see is one second, a cap looks like its number of rows.
				if (drawn.readings.count === 'cappedWithRows' && isDue(undefined, drawn, built)) return;
				const ids = result.map(({ id }) => id);
				expect(new Set(ids).size).toBe(ids.length);
				expect(table.maxInFlight).toBeLessThanOrEqual(request.parallel);

				const { field, direction } = drawn.sort;
				const order = expectedOrder(field, direction);
				const isStill = drawn.events.every(({ atRequest }) => atRequest > table.queries.length);
				if (isStill) {
					const wanted = rows
						.filter(belongs)
						.sort(order)
						.map(({ id }) => id);
					const end = (request.offset ?? 0) + (request.limit ?? Infinity);
					expect(ids).toEqual(wanted.slice(request.offset, end));
					return;
				}
				// As they were read, the rows are in order.
				const shown = result.map((found) => ({
					...found,
					createdAt: Date.parse(found.createdAt as string),
					updatedAt: Date.parse(found.updatedAt as string),
					startedAt: found.startedAt === null ? null : Date.parse(found.startedAt as string),
				})) as unknown as TableRow[];
				expect(shown.map(({ id }) => id)).toEqual([...shown].sort(order).map(({ id }) => id));

				const steady = rows.filter(({ id }) => !unsteady.has(id));
				if (request.offset !== 0) return;
				if (request.limit === undefined) {
					expect(ids).toEqual(expect.arrayContaining(steady.map(({ id }) => id)));
					return;
				}
				// Whatever moved, a call that stayed all along is not passed over for one after it.
				const lastShown = shown.at(-1);
				const isEnough = ids.length === request.limit;
				const due = steady.filter(
					(row) => !isEnough || (!changed.has(row.id) && lastShown && order(row, lastShown) < 0),
				);
				expect(ids).toEqual(expect.arrayContaining(due.map(({ id }) => id)));
			}),
			RUNS,
		);
	});

	test('a page that fails never makes a result that looks whole', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, fc.integer({ min: 1, max: 10 }), async (drawn, failing) => {
				const { rows, request } = build(drawn);
				const table = new Table(rows, drawn.readings, LIMITS, (asked) => {
					if (asked === failing) throw new Error('page lost');
				});
				table.periodField = drawn.periodField;
				// A page that was asked for early and fails is asked for again.
				const certain = { ...request, offset: 0, limit: undefined, expected: 0 };
				const outcome = await all(collect(table.fetchPage, certain)).then(
					() => 'whole',
					(error: unknown) =>
						error instanceof IncompleteError ? 'incomplete' : (error as Error).message,
				);
				if (table.queries.length >= failing) expect(['page lost', 'incomplete']).toContain(outcome);
				else expect(outcome).not.toBe('page lost');
				expect(table.queries.length).toBeLessThanOrEqual(
					outcome === 'page lost' ? failing + request.parallel : Infinity,
				);
				expect(table.signals.every(({ aborted }) => aborted)).toBe(true);
			}),
			runs(500),
		);
	});
});
