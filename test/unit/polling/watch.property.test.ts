import fc from 'fast-check';

import { RETRIED_FOR } from '../../../nodes/Twin24/polling/unreadableSeconds';
import { FULL_READ_EVERY } from '../../../nodes/Twin24/polling/watch';
import { runs } from '../../support/runs';
import { CHANGED, CLOCKS, Host, HOUR, LEAD, MINUTE, RULES, SECOND, World } from './world';
import type { Correction, Shown, Thing } from './world';

const START = Date.UTC(2026, 0, 5, 9, 30, 0, 500);
const OVERLAP = 10 * MINUTE;

/** The watch lives for less than the day for which a thing that is done is remembered. */
const LIFE = 20 * HOUR;

/** When things happen, in milliseconds from the activation: often in the same second, or minutes apart. */
const offset = fc.oneof(
	fc.integer({ min: 2, max: LIFE / SECOND }).map((seconds) => seconds * SECOND),
	fc.integer({ min: 2, max: 90 }).map((minutes) => minutes * MINUTE),
	fc
		.constantFrom(HOUR, 2 * HOUR, 3 * HOUR)
		.chain((base) => fc.integer({ min: 0, max: 3 }).map((seconds) => base + seconds * SECOND)),
);

/** How long the source takes to show a change; as long as the overlap at the worst. */
const lag = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: OVERLAP }));

/** Whose clock a change is written by: the world's, or one of its own. */
const writer = fc.option(fc.constantFrom(...CLOCKS), { nil: undefined, freq: 2 });

const drawnThing = fc.record({
	when: fc.oneof(
		{ weight: 3, arbitrary: fc.constant('after' as const) },
		{ weight: 2, arbitrary: fc.constant('before' as const) },
		{ weight: 1, arbitrary: fc.constant('at the activation' as const) },
	),
	at: offset,
	lag,
	clock: writer,
	changes: fc.array(
		fc.record({
			after: fc.integer({ min: 1, max: 8 * 3600 }).map((seconds) => seconds * SECOND),
			lag,
			clock: writer,
		}),
		{ maxLength: 3 },
	),
	doneFrom: fc.integer({ min: 0, max: 4 }),
});
type DrawnThing = typeof drawnThing extends fc.Arbitrary<infer T> ? T : never;

/** History ended before; another thing's changes become visible in their order. */
const thingOf = (drawn: DrawnThing, index: number): Thing => {
	const { when, at, lag: firstLag, clock, changes, doneFrom } = drawn;
	const id = `thing-${index}`;
	if (when !== 'after') {
		const born = when === 'before' ? START - at : START;
		return { id, born, versions: [{ at: born, visibleAt: born, isDone: true, clock }] };
	}
	const born = START + at;
	const versions = [{ at: born, visibleAt: born + firstLag, isDone: doneFrom === 0, clock }];
	for (const [number, change] of changes.entries()) {
		const last = versions[versions.length - 1];
		const changedAt = last.at + change.after;
		const visibleAt = Math.max(changedAt + change.lag, last.visibleAt);
		// One that would show later than the overlap allows never was.
		if (visibleAt - changedAt <= OVERLAP)
			versions.push({
				at: changedAt,
				visibleAt,
				isDone: doneFrom <= number + 1,
				clock: change.clock,
			});
	}
	return { id, born, versions };
};

type Step =
	| { kind: 'poll' }
	| { kind: 'restart' }
	| { kind: 'overlapping' }
	| { kind: 'crashBeforeSave' }
	| { kind: 'fail'; atRead: number }
	| { kind: 'wait'; time: number };

const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 5, arbitrary: fc.constant<Step>({ kind: 'poll' }) },
	{ weight: 1, arbitrary: fc.constantFrom<Step>({ kind: 'restart' }, { kind: 'overlapping' }) },
	{
		weight: 1,
		arbitrary: fc.integer({ min: 0, max: 4 }).map((atRead): Step => ({ kind: 'fail', atRead })),
	},
	{
		weight: 5,
		arbitrary: fc
			.oneof(fc.constant(MINUTE), fc.integer({ min: 0, max: 3 * HOUR }))
			.map((time): Step => ({ kind: 'wait', time })),
	},
);
const crashingStep = fc.oneof(
	{ weight: 6, arbitrary: step },
	{ weight: 1, arbitrary: fc.constant<Step>({ kind: 'crashBeforeSave' }) },
);

/** The clock changes for what is written from then on, or (put right) for everything. */
const correction: fc.Arbitrary<Correction | undefined> = fc.option(
	fc
		.record({
			at: offset.map((time) => START + time),
			clock: fc.constantFrom(...CLOCKS),
			rewrites: fc.boolean(),
		})
		.map((drawn) => (drawn.rewrites ? { ...drawn, clock: 'true' as const } : drawn)),
	{ nil: undefined },
);

const drawn = (steps: fc.Arbitrary<Step>) => ({
	rule: fc.constantFrom(...RULES),
	clock: fc.constantFrom(...CLOCKS),
	correction,
	things: fc.array(drawnThing, { maxLength: 30 }).map((things) => things.map(thingOf)),
	steps: fc.array(steps, { maxLength: 40 }),
	rowsPerPoll: fc.constantFrom(3, 8, 1000),
	manyRows: fc.constantFrom(0, 3, 1000),
	isSlow: fc.boolean(),
	/** Which of the versions lie in a second that cannot be read, and for how long it cannot. */
	bad: fc.array(fc.record({ nth: fc.nat(100), heals: fc.constantFrom(HOUR / 4, Infinity) }), {
		maxLength: 3,
	}),
});

type Drawn = {
	[K in keyof ReturnType<typeof drawn>]: ReturnType<typeof drawn>[K] extends fc.Arbitrary<infer T>
		? T
		: never;
};

/** Lives through the steps, then polls until all has been read. @returns what was told, and what should have been */
const live = async (given: Drawn) => {
	const { rule, clock, things, steps, manyRows, isSlow } = given;
	// What is moved back in time while a gap is being caught up may be moved to before what was read.
	const rowsPerPoll = given.correction?.rewrites ? Infinity : given.rowsPerPoll;
	const world = new World(things, clock, rule);
	// Rewritten, every version has another time, and so is another version.
	if (given.correction && !(given.correction.rewrites && rule === CHANGED))
		world.correction = given.correction;
	const setup = { rule, overlap: OVERLAP, rowsPerPoll, manyRows, hasTime: () => !isSlow };
	const host = new Host(world, setup);
	const expected = new Set<string>();
	const mayRepeat = new Set<string>();
	const keyOf = (row: Shown) => (rule.happened(row) ? rule.keyOf(row) : undefined);

	world.now = START;
	await host.activate();

	const later = things.filter(({ born }) => born > START);
	const seconds = later.flatMap((thing) =>
		thing.versions.map((version) => Math.floor(world.comparedAt(thing, version) / SECOND) * SECOND),
	);
	world.bad = given.bad.flatMap(({ nth, heals }) => {
		const second = seconds[nth % seconds.length];
		return second === undefined ? [] : [{ second, healsAt: second + heals }];
	});
	/** Whether a version may be lost with its second, or the next, before which a second more is read. */
	const mayBeLost = (compared: number) =>
		world.bad.some(
			({ second, healsAt }) =>
				healsAt === Infinity && compared >= second && compared < second + 2 * SECOND,
		);

	/** A poll that has read everything has told of what every thing of the watch shows. */
	const poll = async (options?: { crashBeforeSave: boolean }) => {
		const reads = world.reads.length;
		const told = await host.poll(options);
		const hasReadAll =
			told &&
			host.last!.unreadable.length === 0 &&
			world.reads.slice(reads).some(({ from }) => from <= world.now - OVERLAP) &&
			world.reads.at(-1)!.to === Infinity;
		if (!hasReadAll) return told ?? [];
		for (const thing of later) {
			const version = world.current(thing);
			const key = version && keyOf(world.rowOf(thing, version));
			if (version && key !== undefined && !mayBeLost(world.comparedAt(thing, version)))
				expected.add(key);
		}
		return told;
	};
	const end = START + LIFE + 9 * HOUR;
	for (const next of steps) {
		if (next.kind === 'wait') world.now = Math.min(world.now + next.time, end);
		else if (next.kind === 'restart') host.restart();
		else if (next.kind === 'poll') await poll();
		else if (next.kind === 'crashBeforeSave') {
			for (const key of await poll({ crashBeforeSave: true })) mayRepeat.add(key);
			host.restart();
		} else if (next.kind === 'overlapping') {
			await Promise.all([poll(), poll()]);
		} else {
			let reads = 0;
			world.beforeAnswer = () => {
				if (reads++ === next.atRead) throw new Error('The source failed');
			};
			await poll().catch((error: Error) => expect(error.message).toBe('The source failed'));
			world.beforeAnswer = () => {};
		}
	}
	world.now = Math.max(
		world.now,
		...things.flatMap(({ versions }) => versions.map(({ visibleAt }) => visibleAt)),
	);
	// By then all has healed that will, and has been given up that will not.
	const lastChange = world.now;
	const until = lastChange + LEAD + RETRIED_FOR + OVERLAP + FULL_READ_EVERY;
	for (let polls = 0; polls < 500 && host.state!.from < until - OVERLAP; polls++) {
		const { from } = host.state!;
		await poll();
		if (host.state!.from === from) world.now = Math.min(world.now + FULL_READ_EVERY, until);
	}
	expect(host.state!.from).toBe(until - OVERLAP);

	const told = new Map<string, number>();
	for (const key of host.executions) told.set(key, (told.get(key) ?? 0) + 1);
	// Versions that came and went before a poll was due may be told, and need not; the last ones must.
	const keysOf = (thing: Thing, versions: Thing['versions']) =>
		versions.flatMap((version) => keyOf(world.rowOf(thing, version)) ?? []);
	const possible = new Set(later.flatMap((thing) => keysOf(thing, thing.versions)));
	for (const thing of later) {
		const last = thing.versions.at(-1)!;
		if (!thing.versions.some((version) => mayBeLost(world.comparedAt(thing, version))))
			for (const key of keysOf(thing, [last])) expected.add(key);
	}
	return { told, expected, possible, mayRepeat, state: host.state! };
};

const RUNS = runs(1000);

const notIn = (set: { has(key: string): boolean }) => (key: string) => !set.has(key);

test('every event is told exactly once, whatever fails, restarts, loses its saving, overlaps, or is wrong with the clocks', async () => {
	await fc.assert(
		fc.asyncProperty(fc.record(drawn(step)), async (given) => {
			const { told, expected, possible, state } = await live(given);
			expect([...told].filter(([, times]) => times > 1)).toEqual([]);
			expect([...expected].filter(notIn(told))).toEqual([]);
			expect([...told.keys()].filter(notIn(possible))).toEqual([]);
			expect(state.unreadable ?? []).toEqual([]);
		}),
		RUNS,
	);
});

test('where the host crashes between starting an execution and saving, every event is told at least once', async () => {
	await fc.assert(
		fc.asyncProperty(fc.record(drawn(crashingStep)), async (given) => {
			const { told, expected, possible, mayRepeat } = await live(given);
			expect([...told].filter(([key, times]) => times > 1 && !mayRepeat.has(key))).toEqual([]);
			expect([...expected].filter(notIn(told))).toEqual([]);
			expect([...told.keys()].filter(notIn(possible))).toEqual([]);
		}),
		RUNS,
	);
});
