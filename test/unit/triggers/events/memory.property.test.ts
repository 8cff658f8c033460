import fc from 'fast-check';

import type { Identity } from '../../../../nodes/Twin24/triggers/events/hookEvent';
import { EventMemory, MOST_STORED } from '../../../../nodes/Twin24/triggers/events/memory';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 5, 1);

const plain = fc.nat(40).map((print): Identity => ({ print }));
const ofSeries = fc
	.record({ print: fc.nat(5), series: fc.nat(3) })
	.map(({ print, series }): Identity => ({ print: series * 10 + print, series }));

/** Events with the minutes that pass before each. */
const arrivals = fc.array(fc.tuple(fc.oneof(plain, ofSeries), fc.nat(90)), { maxLength: 200 });

/** Through JSON, as n8n keeps it. */
const restarted = (memory: EventMemory, now: number) => {
	const next = new EventMemory();
	next.absorb(JSON.parse(JSON.stringify(memory.stored(now))), now);
	return next;
};

describe('the memory of events', () => {
	test('knows what came in the last 24 hours, and of a series only what came last, over restarts too', () => {
		fc.assert(
			fc.property(arrivals, fc.nat(5), (events, every) => {
				let memory = new EventMemory();
				let now = START;
				const times = new Map<number, number>();
				const latest = new Map<number, { print: number; at: number }>();
				events.forEach(([identity, minutes], index) => {
					now += minutes * 60_000;
					const { print, series } = identity;
					const last = series === undefined ? undefined : latest.get(series);
					const seen = series === undefined ? times.get(print) : last?.print === print && last.at;
					if (seen && now - seen <= 24 * HOUR) expect(memory.knows(identity, now)).toBe(true);
					if (!seen) expect(memory.knows(identity, now)).toBe(false);
					memory.remember(identity, now);
					if (series === undefined) times.set(print, now);
					else latest.set(series, { print, at: now });
					if (index % (every + 1) === 0) memory = restarted(memory, now);
				});
			}),
		);
	});

	test('keeps over a restart the newest events, in bounded room', () => {
		const memory = new EventMemory();
		for (let i = 0; i < MOST_STORED + 1000; i++) memory.remember({ print: i }, START + i * 500);
		const now = START + (MOST_STORED + 1000) * 500;
		expect(JSON.stringify(memory.stored(now)).length).toBeLessThan(165_000);
		const next = restarted(memory, now);
		const known = (i: number) => next.knows({ print: i }, now);
		expect(Array.from({ length: MOST_STORED }, (_, i) => known(i + 1000))).not.toContain(false);
		expect(known(999)).toBe(false);
	});

	test('stores an event that is only about to be told without knowing it', () => {
		const memory = new EventMemory();
		memory.remember({ print: 1 }, START);
		const next = new EventMemory();
		next.absorb(memory.stored(START, [{ print: 2 }]), START);
		expect(next.knows({ print: 1 }, START) && next.knows({ print: 2 }, START)).toBe(true);
		expect(memory.knows({ print: 2 }, START)).toBe(false);
	});

	test('keeps what two processes have told of, whichever is read first', () => {
		fc.assert(
			fc.property(fc.array(plain), fc.array(plain), (some, others) => {
				const memories = [some, others].map((events) => {
					const memory = new EventMemory();
					for (const event of events) memory.remember(event, START);
					return memory;
				});
				memories[0].absorb(memories[1].stored(START), START);
				for (const event of [...some, ...others])
					expect(memories[0].knows(event, START)).toBe(true);
			}),
		);
	});

	test('leaves alone what it cannot read', () => {
		for (const stored of [null, 7, {}, { version: 2 }, { version: 1, hours: [[1], ['a', 'b'], 5] }])
			expect(() => new EventMemory().absorb(stored, START)).not.toThrow();
	});
});
