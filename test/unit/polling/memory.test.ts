import { fingerprint } from '../../../nodes/Twin24/polling/fingerprint';
import { MOST_REMEMBERED, recall, remember, slotOf } from '../../../nodes/Twin24/polling/memory';
import { HOUR, MINUTE } from './world';

const NOW = Date.UTC(2026, 0, 5, 9, 30);

describe('what is remembered', () => {
	const prints = (count: number, time = () => NOW - HOUR, name = '') =>
		new Map(Array.from({ length: count }, (_, index) => [fingerprint(`${name} ${index}`), time()]));

	test('is bounded, the oldest forgotten first', () => {
		const stored = remember([], prints(15_000), NOW - HOUR, 24 * HOUR);
		const newer = prints(15_000, () => NOW - 16 * MINUTE, 'newer');
		const both = recall(remember(stored, newer, NOW, 24 * HOUR));
		expect(both.size).toBe(MOST_REMEMBERED);
		expect([...newer.keys()].filter((print) => !both.has(print))).toEqual([]);
	});

	test('is never less than what may be read again', () => {
		const many = prints(MOST_REMEMBERED + 5000);
		expect(recall(remember([], many, NOW - 2 * HOUR, 0))).toEqual(new Set(many.keys()));
	});

	test('leaves room for the past however much may be read again', () => {
		const past = prints(10, () => NOW - HOUR, 'past');
		const stored = remember([], past, NOW - HOUR, 24 * HOUR);
		const many = prints(MOST_REMEMBERED + 1, () => NOW);
		expect(recall(remember(stored, many, NOW, 24 * HOUR)).size).toBe(MOST_REMEMBERED + 11);
	});

	test('is remembered once, at the time that its row shows now', () => {
		const stored = remember([], prints(10), NOW - HOUR, 0);
		const moved = remember(
			stored,
			prints(10, () => NOW),
			NOW - HOUR,
			0,
		);
		expect(moved.map(([slot, count]) => [slot, count])).toEqual([[slotOf(NOW), 10]]);
	});

	test('moves with its row to a later time, so that it is remembered from then', () => {
		const stored = remember([], prints(10), NOW - HOUR, 0);
		const moved = remember(
			stored,
			prints(5, () => NOW),
			NOW,
			0,
		);
		expect(recall(moved).size).toBe(5);
	});

	test('of a day at 100,000 events takes two thirds of a megabyte', () => {
		let index = 0;
		const day = prints(100_000, () => NOW + (index++ * 24 * HOUR) / 100_000);
		const stored = remember([], day, NOW, 0);
		expect(JSON.stringify(stored).length).toBeLessThan(670_000);
		expect(recall(stored).size).toBe(100_000);
	});
});
