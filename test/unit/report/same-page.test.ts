import type { Page } from '../../../nodes/Twin24/paging/page';
import { samePage } from '../../../nodes/Twin24/report/samePage';
import { CancelledError } from '../../../nodes/Twin24/transport/cancellation';

/** A source whose answers come when they are told to. */
class Source {
	readonly signals: Array<AbortSignal | undefined> = [];
	private readonly answers: Array<(page: Page) => void> = [];

	readonly fetch = async (unwanted?: AbortSignal): Promise<Page> => {
		this.signals.push(unwanted);
		return await new Promise((resolve) => this.answers.push(resolve));
	};

	answer(index: number): void {
		this.answers[index]({ count: 1, items: [{ id: `call ${index}` }] });
	}

	get asked(): number {
		return this.signals.length;
	}
}

describe('the same page, asked for by several input items', () => {
	let execution: object;
	let source: Source;
	beforeEach(() => {
		execution = {};
		source = new Source();
	});

	test('is fetched once, and each has rows of its own', async () => {
		const all = ['a', 'a', 'b', 'a'].map(
			async (key) => await samePage(execution, key, source.fetch),
		);
		source.answer(0);
		source.answer(1);
		const pages = await Promise.all(all);
		expect(source.asked).toBe(2);
		expect(pages.map(({ items: [{ id }] }) => id)).toEqual([
			'call 0',
			'call 0',
			'call 1',
			'call 0',
		]);
		expect(new Set(pages.map(({ items: [row] }) => row)).size).toBe(4);
	});

	test('is fetched anew once it has come: it may have changed', async () => {
		const first = samePage(execution, 'a', source.fetch);
		source.answer(0);
		await first;
		const second = samePage(execution, 'a', source.fetch);
		source.answer(1);
		expect((await second).items).toEqual([{ id: 'call 1' }]);
	});

	test.each([
		['of another execution', {}],
		['where n8n does not say of which execution', undefined],
	])('is nobody else’s: %s', (_what, other) => {
		void samePage(execution, 'a', source.fetch);
		void samePage(other, 'a', source.fetch);
		void samePage(other && {}, 'a', source.fetch);
		expect(source.asked).toBe(3);
	});

	test('goes on for the others when one does not wait any more', async () => {
		const unwanted = new AbortController();
		const given = samePage(execution, 'a', source.fetch, unwanted.signal);
		const kept = samePage(execution, 'a', source.fetch, new AbortController().signal);
		unwanted.abort();
		await expect(given).rejects.toBeInstanceOf(CancelledError);
		expect(source.signals[0]?.aborted).toBe(false);
		source.answer(0);
		expect((await kept).items).toEqual([{ id: 'call 0' }]);
	});

	test('is given up when nobody waits any more, and then joined by nobody', async () => {
		const unwanted = new AbortController();
		const { signal } = unwanted;
		const given = [1, 2].map(async () => await samePage(execution, 'a', source.fetch, signal));
		unwanted.abort();
		for (const one of given) await expect(one).rejects.toBeInstanceOf(CancelledError);
		expect(source.signals[0]?.aborted).toBe(true);
		const anew = samePage(execution, 'a', source.fetch, new AbortController().signal);
		source.answer(1);
		expect((await anew).items).toEqual([{ id: 'call 1' }]);
	});

	test('that fails, fails for all, and is then asked for anew', async () => {
		const failing = async (): Promise<Page> => await Promise.reject(new Error('refused'));
		const both = [1, 2].map(async () => await samePage(execution, 'a', failing));
		for (const one of both) await expect(one).rejects.toThrow('refused');
		const anew = samePage(execution, 'a', source.fetch);
		source.answer(0);
		expect((await anew).items).toHaveLength(1);
	});
});
