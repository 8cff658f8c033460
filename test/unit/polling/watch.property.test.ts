import fc from 'fast-check';

import { CALL_EVENTS } from '../../../nodes/Twin24/resources/call/trigger/events';
import type { Row } from '../../../nodes/Twin24/paging/page';
import { CLOCKS, Host, HOUR, MINUTE, SECOND, World } from './world';
import type { WorldCall } from './world';

const START = Date.UTC(2026, 0, 5, 9, 30, 0, 500);
const OVERLAP = 10 * MINUTE;

/** The watch lives for less than the day for which finished calls are remembered. */
const LIFE = 20 * HOUR;

/** When things happen, in milliseconds from the activation: often in the same second, or minutes apart. */
const offset = fc.oneof(
	fc.integer({ min: 2, max: LIFE / SECOND }).map((seconds) => seconds * SECOND),
	fc.integer({ min: 2, max: 90 }).map((minutes) => minutes * MINUTE),
	fc
		.constantFrom(HOUR, 2 * HOUR, 3 * HOUR)
		.chain((base) => fc.integer({ min: 0, max: 3 }).map((seconds) => base + seconds * SECOND)),
);

/** How long the report takes to show a change; as long as the overlap at the worst. */
const lag = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: OVERLAP }));

interface DrawnCall {
	before: boolean;
	at: number;
	lag: number;
	changes: Array<{ after: number; lag: number }>;
	finalFrom: number;
}

const drawnCall: fc.Arbitrary<DrawnCall> = fc.record({
	before: fc.boolean(),
	at: offset,
	lag,
	changes: fc.array(
		fc.record({
			after: fc.integer({ min: 1, max: 8 * 3600 }).map((seconds) => seconds * SECOND),
			lag,
		}),
		{ maxLength: 3 },
	),
	finalFrom: fc.integer({ min: 0, max: 4 }),
});

/** A history call ended long before; another call's changes become visible in their order. */
const callOf = ({ before, at, lag, changes, finalFrom }: DrawnCall, index: number): WorldCall => {
	const id = `call-${index}`;
	if (before) {
		const createdAt = START - at;
		return { id, createdAt, versions: [{ at: createdAt, visibleAt: createdAt, final: true }] };
	}
	const createdAt = START + at;
	const versions = [{ at: createdAt, visibleAt: createdAt + lag, final: finalFrom === 0 }];
	for (const [number, change] of changes.entries()) {
		const last = versions[versions.length - 1];
		const changedAt = last.at + change.after;
		const visibleAt = Math.max(changedAt + change.lag, last.visibleAt);
		// One that would show later than the overlap allows never was.
		if (visibleAt - changedAt <= OVERLAP)
			versions.push({ at: changedAt, visibleAt, final: finalFrom <= number + 1 });
	}
	return { id, createdAt, versions };
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

const drawn = (steps: fc.Arbitrary<Step>) => ({
	rule: fc.constantFrom(...CALL_EVENTS),
	clock: fc.constantFrom(...CLOCKS),
	calls: fc.array(drawnCall, { maxLength: 30 }).map((calls) => calls.map(callOf)),
	steps: fc.array(steps, { maxLength: 40 }),
	rowsPerPoll: fc.constantFrom(3, 8, 1000),
	isSlow: fc.boolean(),
});

type Drawn = {
	[K in keyof ReturnType<typeof drawn>]: ReturnType<typeof drawn>[K] extends fc.Arbitrary<infer T>
		? T
		: never;
};

/** Lives through the steps, then polls until all has been read. @returns what was told, and what should have been */
const live = async ({ rule, clock, calls, steps, rowsPerPoll, isSlow }: Drawn) => {
	const world = new World(calls, clock, rule.timeField);
	const host = new Host(world, { rule, overlap: OVERLAP, rowsPerPoll, hasTime: () => !isSlow });
	const expected = new Set<string>();
	const mayRepeat = new Set<string>();

	world.now = START;
	await host.activate();

	/** A poll that has caught up has told of what every call of the watch shows. */
	const poll = async (options?: { crashBeforeSave: boolean }) => {
		const told = await host.poll(options);
		if (!told || host.state!.from < world.now - OVERLAP) return told ?? [];
		for (const call of calls) {
			const version = world.current(call);
			const key =
				version && call.createdAt >= START ? keyOf(world.rowOf(call, version)) : undefined;
			if (key !== undefined) expected.add(key);
		}
		return told;
	};
	const keyOf = (row: Row) => (rule.happened(row) ? rule.keyOf(row) : undefined);
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
				if (reads++ === next.atRead) throw new Error('TWIN24 failed');
			};
			await poll().catch((error: Error) => expect(error.message).toBe('TWIN24 failed'));
			world.beforeAnswer = () => {};
		}
	}
	world.now = Math.max(
		world.now,
		...calls.flatMap(({ versions }) => versions.map(({ visibleAt }) => visibleAt)),
	);
	for (let settled = 0; settled !== host.state!.from;) {
		settled = host.state!.from;
		await poll();
	}
	const told = new Map<string, number>();
	for (const key of host.executions) told.set(key, (told.get(key) ?? 0) + 1);
	// Versions that came and went before a poll was due may be told, and need not.
	const possible = calls
		.filter(({ createdAt }) => createdAt >= START)
		.flatMap((call) => call.versions.map((version) => keyOf(world.rowOf(call, version))));
	return { told, expected, possible: new Set(possible), mayRepeat };
};

const RUNS = { numRuns: 1000 };

const notIn = (set: { has(key: string): boolean }) => (key: string) => !set.has(key);

test('every event is told exactly once, whatever fails, restarts, loses its saving or overlaps', async () => {
	await fc.assert(
		fc.asyncProperty(fc.record(drawn(step)), async (given) => {
			const { told, expected, possible } = await live(given);
			expect([...told].filter(([, times]) => times > 1)).toEqual([]);
			expect([...expected].filter(notIn(told))).toEqual([]);
			expect([...told.keys()].filter(notIn(possible))).toEqual([]);
		}),
		RUNS,
	);
});

test('where n8n crashes between starting an execution and saving, every event is told at least once', async () => {
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
