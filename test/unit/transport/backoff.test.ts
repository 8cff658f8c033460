import { backoff, retryAfter } from '../../../nodes/Twin24/transport/backoff';

const NOW = Date.parse('2026-03-01T09:00:00Z');

describe('the pause before asking again', () => {
	test('doubles from half a second up to half a minute', () => {
		const longest = () => 1;
		expect([1, 2, 3, 4, 5, 6, 7, 8, 50].map((attempt) => backoff(attempt, longest))).toEqual([
			500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
		]);
	});

	test('is jittered between half and all of it', () => {
		expect(backoff(3, () => 0)).toBe(1000);
		expect(backoff(3, () => 0.5)).toBe(1500);
		const pauses = new Set(Array.from({ length: 20 }, () => backoff(3)));
		expect(pauses.size).toBeGreaterThan(1);
		for (const pause of pauses) {
			expect(pause).toBeGreaterThanOrEqual(1000);
			expect(pause).toBeLessThanOrEqual(2000);
		}
	});
});

describe('Retry-After', () => {
	test.each([
		['0', 0],
		['3', 3000],
		[' 120 ', 120_000],
		['1.5', 1500],
		['12.25', 12_250],
		[7, 7000],
	])('in seconds: %p', (header, milliseconds) => {
		expect(retryAfter(header, NOW)).toBe(milliseconds);
	});

	test.each([
		['Sun, 01 Mar 2026 09:00:30 GMT', 30_000],
		['Sunday, 01-Mar-26 09:00:30 GMT', 30_000],
		['Sun Mar  1 09:00:30 2026', 30_000],
		['Sun, 01 Mar 2026 08:00:00 GMT', 0],
	])('as an HTTP date, never less than nothing: %s', (header, milliseconds) => {
		expect(retryAfter(header, NOW)).toBe(milliseconds);
	});

	test.each([
		[''],
		['soon'],
		['-5'],
		['1 minute'],
		['after 2030'],
		['5s'],
		['2026-03-01'],
		[undefined],
		[null],
		[{}],
		[['3']],
		[NaN],
		[Infinity],
		[-1],
	])('that is junk counts for nothing: %p', (header) => {
		expect(retryAfter(header, NOW)).toBeUndefined();
	});
});
