import {
	MOST_FOUND,
	RETRIED_FOR,
	UnreadableSeconds,
} from '../../../nodes/Twin24/polling/unreadableSeconds';
import { HOUR, MINUTE, SECOND } from './world';

const NOW = Date.UTC(2026, 0, 5, 9, 30);
const A = NOW - 49 * MINUTE;
const B = NOW - 48 * MINUTE;

describe('a second found just now', () => {
	test('waits to be tried again, and holds the watch back', () => {
		const seconds = new UnreadableSeconds(undefined, NOW);
		seconds.fail(A);
		expect(seconds.failed).toEqual([{ second: A, isGivenUp: false }]);
		expect(seconds.stored(A)).toEqual([[A, NOW]]);
		expect(seconds.holdBack(NOW)).toBe(A);
		expect(seconds.holdBack(A - 1)).toBe(A - 1);
	});

	test('is not tried a second time in the same poll', () => {
		const seconds = new UnreadableSeconds(undefined, NOW);
		expect(seconds.isDue(A)).toBe(true);
		seconds.fail(A);
		expect(seconds.isDue(A)).toBe(false);
		expect(seconds.isDue(B)).toBe(true);
	});

	test('is given up at once where twenty wait already', () => {
		const waiting = Array.from({ length: 20 }, (_, index): [number, number] => [
			A + index * SECOND,
			NOW,
		]);
		const full = new UnreadableSeconds(waiting, NOW);
		full.fail(B);
		expect(full.failed).toEqual([{ second: B, isGivenUp: true }]);
		const room = new UnreadableSeconds(waiting.slice(1), NOW);
		room.fail(B);
		expect(room.failed).toEqual([{ second: B, isGivenUp: false }]);
	});

	test('is one of twenty that a poll finds at the most', () => {
		const seconds = new UnreadableSeconds([[B, NOW]], NOW);
		// One that is known costs no more than before.
		seconds.fail(B);
		for (let found = 0; found < MOST_FOUND; found++) {
			expect(seconds.hasFoundEnough()).toBe(false);
			seconds.fail(A + found * SECOND);
		}
		expect(seconds.hasFoundEnough()).toBe(true);
	});
});

describe('a second known from earlier polls', () => {
	const failed = (foundAt: number) => {
		const seconds = new UnreadableSeconds([[A, foundAt]], NOW);
		seconds.fail(A);
		return seconds;
	};

	test('keeps the time when it was found', () => {
		expect(failed(NOW - MINUTE).stored(A)).toEqual([[A, NOW - MINUTE]]);
	});

	test('is given up after half an hour, and remembered as that', () => {
		expect(failed(NOW - RETRIED_FOR + 1).failed).toEqual([{ second: A, isGivenUp: false }]);
		const over = failed(NOW - RETRIED_FOR);
		expect(over.failed).toEqual([{ second: A, isGivenUp: true }]);
		expect(over.stored(A)).toEqual([[A, 0]]);
		expect(over.holdBack(NOW)).toBe(NOW);
		expect(new UnreadableSeconds([[A, 0]], NOW).isDue(A)).toBe(false);
	});

	test('is tried again until half an hour after its own time where that was ahead', () => {
		const ahead = NOW - RETRIED_FOR + 1;
		const seconds = new UnreadableSeconds([[ahead, NOW - 3 * HOUR]], NOW);
		seconds.fail(ahead);
		expect(seconds.failed).toEqual([{ second: ahead, isGivenUp: false }]);
		const later = new UnreadableSeconds(seconds.stored(ahead), NOW + 1);
		later.fail(ahead);
		expect(later.failed).toEqual([{ second: ahead, isGivenUp: true }]);
	});

	test('is given up when the clock was put back to before it was found', () => {
		expect(failed(NOW).failed).toEqual([{ second: A, isGivenUp: false }]);
		expect(failed(NOW + 1).failed).toEqual([{ second: A, isGivenUp: true }]);
	});

	test('is forgotten once it could be read', () => {
		const seconds = new UnreadableSeconds([[A, NOW]], NOW);
		seconds.solve(A);
		expect(seconds.stored(A)).toEqual([]);
		expect(seconds.holdBack(NOW)).toBe(NOW);
	});

	test('is forgotten once the watch is past its end', () => {
		const seconds = new UnreadableSeconds([[A, NOW]], NOW);
		expect(seconds.stored(A + SECOND - 1)).toEqual([[A, NOW]]);
		expect(seconds.stored(A + SECOND)).toEqual([]);
	});
});

test('the first one that is not over is told, in whatever order they are known', () => {
	for (const [first, second] of [
		[A, B],
		[B, A],
	]) {
		const seconds = new UnreadableSeconds(
			[
				[first, NOW],
				[second, 0],
			],
			NOW,
		);
		expect(seconds.after(A - MINUTE)).toBe(A);
		expect(seconds.after(A + SECOND - 1)).toBe(A);
		expect(seconds.after(A + SECOND)).toBe(B);
		expect(seconds.after(B + SECOND)).toBeUndefined();
		expect(seconds.holdBack(NOW)).toBe(first);
	}
});

test('what was stored is not changed', () => {
	const stored: Array<[number, number]> = [[A, NOW]];
	new UnreadableSeconds(stored, NOW).fail(B);
	expect(stored).toEqual([[A, NOW]]);
});
