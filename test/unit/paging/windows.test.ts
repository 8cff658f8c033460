import fc from 'fast-check';

import { cut, secondsIn } from '../../../nodes/Twin24/paging/windows';

const SECOND = 1000;

describe('cut', () => {
	test('makes touching windows of whole seconds that cover the window, however many are asked for', () => {
		const window = fc
			.tuple(fc.integer({ min: 0, max: 10 ** 12 }), fc.integer({ min: 1, max: 10 ** 9 }))
			.map(([from, length]) => ({ from, to: from + length }));
		fc.assert(
			fc.property(window, fc.integer({ min: 1, max: 300 }), (whole, parts) => {
				const windows = cut(whole, parts);
				expect(windows[0].from).toBe(whole.from);
				expect(windows.at(-1)!.to).toBe(whole.to);
				windows.slice(1).forEach(({ from }, index) => {
					expect(from).toBe(windows[index].to);
					expect(from % SECOND).toBe(0);
				});
				for (const { from, to } of windows) expect(to).toBeGreaterThan(from);
				expect(windows).toHaveLength(Math.min(parts, secondsIn(whole)));
			}),
		);
	});

	test('leaves a window within one second whole', () => {
		expect(cut({ from: 10_200, to: 10_900 }, 4)).toEqual([{ from: 10_200, to: 10_900 }]);
	});

	test('cuts two touched seconds between them, even when together they are shorter than one', () => {
		expect(cut({ from: 10_900, to: 11_100 }, 2)).toEqual([
			{ from: 10_900, to: 11_000 },
			{ from: 11_000, to: 11_100 },
		]);
	});
});
