import fc from 'fast-check';

import { collect } from '../../../nodes/Twin24/paging/collect';
import type { CollectRequest } from '../../../nodes/Twin24/paging/collect';
import { IncompleteError } from '../../../nodes/Twin24/paging/errors';
import type { Row } from '../../../nodes/Twin24/paging/page';
import { Table } from './table';
import type { Readings, TableRow } from './table';

/** Small limits, so that a few hundred rows walk through every rule. */
const LIMITS = { pageSize: 8, cap: 48 };
const START = Date.UTC(2026, 0, 1);
const SPAN = 3600_000;

const readings: fc.Arbitrary<Readings> = fc.record({
	fromInclusive: fc.boolean(),
	toInclusive: fc.boolean(),
	count: fc.constantFrom('total', 'capped', 'cappedLow', 'page', 'absent'),
	unstableTies: fc.boolean(),
	pastCap: fc.constantFrom('error', 'empty'),
	clockShift: fc.constant(0),
});

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
				size: fc.integer({ min: 1, max: 30 }),
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
	kind: 'insert' | 'update' | 'enter' | 'leave';
	pick: number;
}

const events: fc.Arbitrary<Event[]> = fc.oneof(
	{ weight: 1, arbitrary: fc.constant<Event[]>([]) },
	{
		weight: 2,
		arbitrary: fc.array(
			fc.record({
				atRequest: fc.integer({ min: 1, max: 60 }),
				kind: fc.constantFrom<Event['kind']>('insert', 'update', 'enter', 'leave'),
				pick: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
			}),
			{ maxLength: 25 },
		),
	},
);

const row = (id: string, createdAt: number, pick: number): TableRow => ({
	id,
	createdAt,
	updatedAt: createdAt + 5000,
	duration: Math.floor(pick * 40),
	matches: true,
});

const scenario = fc.record({
	times,
	hidden: fc.integer({ min: 0, max: 10 }),
	readings,
	events,
	sort: fc.record({
		field: fc.constantFrom('createdAt', 'duration', 'updatedAt'),
		direction: fc.constantFrom('asc', 'desc'),
	}),
	open: fc.boolean(),
	offset: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 60 })),
	limit: fc.oneof(
		{ weight: 2, arbitrary: fc.constant(undefined) },
		fc.integer({ min: 1, max: 120 }),
	),
	stream: fc.boolean(),
	parallel: fc.integer({ min: 1, max: 6 }),
	seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

const generator = (seed: number) => () => {
	seed = (Math.imul(seed, 48271) >>> 0) % 0x7fffffff || 1;
	return seed / 0x7fffffff;
};

const build = (drawn: Scenario) => {
	const random = generator(drawn.seed);
	const rows = drawn.times.map((time, index) => row(`call-${index}`, time, random()));
	rows.slice(0, drawn.hidden).forEach((hidden) => (hidden.matches = false));
	const changed = new Set<string>();
	let last = 0;
	const table = new Table(
		rows,
		drawn.readings,
		LIMITS,
		(request) => {
			for (const event of drawn.events.filter(
				({ atRequest }) => atRequest > last && atRequest <= request,
			)) {
				// What the trust rule says that it cannot see.
				if (event.kind === 'leave' && drawn.readings.unstableTies) continue;
				const target = rows[Math.floor(event.pick * rows.length)];
				if (event.kind === 'insert') {
					const id = `late-${rows.length}`;
					changed.add(id);
					rows.push(row(id, START + Math.floor(event.pick * SPAN), event.pick));
				} else if (target && event.kind === 'update') {
					target.updatedAt += 60_000;
				} else if (target) {
					changed.add(target.id);
					target.matches = event.kind === 'enter';
				}
			}
			last = request;
		},
		random,
	);
	const request: CollectRequest = {
		period: { ...(drawn.open ? {} : { from: START }), to: START + SPAN },
		periodField: 'createdAt',
		fixedField: 'createdAt',
		sort: drawn.sort as CollectRequest['sort'],
		offset: drawn.offset,
		limit: drawn.limit,
		parallel: drawn.parallel,
		stream: drawn.stream,
		...LIMITS,
	};
	return { table, rows, request, changed };
};

const all = async (batches: AsyncGenerator<Row[]>) => {
	const rows: Row[] = [];
	for await (const batch of batches) rows.push(...batch);
	return rows;
};

const inPeriod =
	({ period }: CollectRequest) =>
	(candidate: TableRow) =>
		candidate.matches &&
		candidate.createdAt >= (period.from ?? -Infinity) &&
		candidate.createdAt < period.to;

/**
 * The property must not be met by giving up. An error is due only for a second that, with what the
 * widened ends bring along, holds more than the API hands out; or does not fit a page while the API
 * shuffles ties or rows keep changing.
 */
const isDue = (
	{ second }: IncompleteError,
	{ readings: { count, unstableTies }, events }: Scenario,
	rows: TableRow[],
) => {
	const near = rows.filter(
		({ createdAt }) => createdAt >= second - 1000 && createdAt <= second + 1000,
	).length;
	const most = count === 'cappedLow' ? Math.floor(LIMITS.cap / 3) : LIMITS.cap - 1;
	return near >= most || (near >= LIMITS.pageSize && (unstableTies || events.length > 0));
};

const RUNS = { numRuns: 3000 };

describe('collect, over tables drawn at random', () => {
	test('returns every call that was there the whole time exactly once, in order, or throws', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async (drawn) => {
				const { table, rows, request, changed } = build(drawn);
				const before = rows.filter(inPeriod(request)).map(({ id }) => id);
				let result: Row[];
				try {
					result = await all(collect(table.fetchPage, request));
				} catch (error) {
					expect(error).toBeInstanceOf(IncompleteError);
					expect(isDue(error as IncompleteError, drawn, rows)).toBe(true);
					return;
				}
				const ids = result.map(({ id }) => id);
				expect(new Set(ids).size).toBe(ids.length);
				expect(table.maxInFlight).toBeLessThanOrEqual(request.parallel);

				const byId = new Map(rows.map((candidate) => [candidate.id, candidate]));
				for (const id of ids)
					expect(inPeriod(request)({ ...byId.get(id)!, matches: true })).toBe(true);

				const moving = request.sort.field === 'updatedAt' && drawn.events.length > 0;
				const key = request.sort.field as 'createdAt' | 'duration' | 'updatedAt';
				const sign = request.sort.direction === 'asc' ? 1 : -1;
				const shown = (found: Row) =>
					key === 'duration' ? (found.duration as number) : Date.parse(found[key] as string);
				const keys = result.map((found) => shown(found) * sign);
				expect(keys).toEqual([...keys].sort((a, b) => a - b));

				const steady = before.filter((id) => !changed.has(id));
				if (request.limit === undefined && request.offset === 0) {
					expect(ids).toEqual(expect.arrayContaining(steady));
				} else if (drawn.events.length === 0) {
					// Ties may fall either way at the ends of the slice: its keys are what is certain.
					const wanted = rows
						.filter(inPeriod(request))
						.map((candidate) => candidate[key] * sign)
						.sort((a, b) => a - b)
						.slice(request.offset, (request.offset ?? 0) + (request.limit ?? Infinity));
					expect(keys).toEqual(wanted);
				} else if (!moving && request.offset === 0) {
					// Whatever moved, a call that was there all along is not passed over for one after it.
					const reach = keys.at(-1) ?? -Infinity;
					const enough = ids.length === request.limit;
					const due = steady.filter((id) => !enough || byId.get(id)![key] * sign < reach);
					expect(ids).toEqual(expect.arrayContaining(due));
				}
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
				const outcome = await all(
					collect(table.fetchPage, { ...request, offset: 0, limit: undefined }),
				).then(
					() => 'whole',
					(error: unknown) =>
						error instanceof IncompleteError ? 'incomplete' : (error as Error).message,
				);
				if (table.queries.length >= failing) expect(['page lost', 'incomplete']).toContain(outcome);
				else expect(outcome).not.toBe('page lost');
				expect(table.queries.length).toBeLessThanOrEqual(
					outcome === 'page lost' ? failing + request.parallel : Infinity,
				);
			}),
			{ numRuns: 500 },
		);
	});
});
