/* eslint-disable @n8n/community-nodes/no-restricted-imports -- looks at listeners, never published */
import { getEventListeners } from 'node:events';

import {
	CancelledError,
	pause,
	untilAborted,
	withSignals,
} from '../../../nodes/Twin24/transport/cancellation';

const never = async () => await new Promise<never>(() => {});

/** How many listeners a signal has at the moment. */
const listenersOn = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

test('a cancelled execution says so in the word by which n8n knows it', () => {
	expect(new CancelledError().message).toMatch(/\bcanceled\b/);
	expect(new CancelledError().name).toBe('CancelledError');
});

describe('untilAborted', () => {
	test('hands on what comes of the promise', async () => {
		const { signal } = new AbortController();
		expect(await untilAborted(Promise.resolve('value'))).toBe('value');
		expect(await untilAborted(Promise.resolve('value'), signal)).toBe('value');
		await expect(untilAborted(Promise.reject(new Error('lost')), signal)).rejects.toThrow('lost');
	});

	test('waits no longer than until the signal fires', async () => {
		const stop = new AbortController();
		const waiting = untilAborted(never(), stop.signal);
		stop.abort();
		await expect(waiting).rejects.toBeInstanceOf(CancelledError);
	});

	test('does not wait when it has fired already', async () => {
		await expect(untilAborted(never(), AbortSignal.abort())).rejects.toBeInstanceOf(CancelledError);
	});

	test('leaves no listener behind', async () => {
		const { signal } = new AbortController();
		await untilAborted(Promise.resolve(), signal);
		expect(listenersOn(signal)).toBe(0);
	});
});

describe('withSignals', () => {
	test.each([0, 1])('fires as soon as one of the signals does: number %d', async (which) => {
		const stops = [new AbortController(), new AbortController()];
		await withSignals([stops[0].signal, undefined, stops[1].signal], async (signal) => {
			expect(signal.aborted).toBe(false);
			stops[which].abort();
			expect(signal.aborted).toBe(true);
		});
	});

	test('has fired when one of them had', async () => {
		const aborted = await withSignals([AbortSignal.abort()], async (signal) => signal.aborted);
		expect(aborted).toBe(true);
	});

	test('hands on the result, and leaves no listener behind', async () => {
		const { signal } = new AbortController();
		const during = await withSignals([signal], async () => listenersOn(signal));
		expect(during).toBe(1);
		expect(listenersOn(signal)).toBe(0);
	});

	test('nor when the task fails', async () => {
		const { signal } = new AbortController();
		const failing = withSignals([signal], async () => await Promise.reject(new Error('lost')));
		await expect(failing).rejects.toThrow('lost');
		expect(listenersOn(signal)).toBe(0);
	});
});

describe('pause', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	/** Whether a promise is settled yet. */
	const watch = (promise: Promise<unknown>) => {
		const state = { isOver: false };
		void promise.then(
			() => (state.isOver = true),
			() => (state.isOver = true),
		);
		return state;
	};

	test('takes as long as it is told to', async () => {
		const state = watch(pause(2500));
		await jest.advanceTimersByTimeAsync(2499);
		expect(state.isOver).toBe(false);
		await jest.advanceTimersByTimeAsync(1);
		expect(state.isOver).toBe(true);
	});

	test.each([0, -5])('of %d ms is over at the next turn', async (milliseconds) => {
		const state = watch(pause(milliseconds));
		await jest.advanceTimersByTimeAsync(1);
		expect(state.isOver).toBe(true);
	});

	test('ends as soon as the execution is stopped, and soon leaves no timer', async () => {
		const stop = new AbortController();
		const pausing = pause(60_000, stop.signal);
		stop.abort();
		await expect(pausing).rejects.toBeInstanceOf(CancelledError);
		await jest.advanceTimersByTimeAsync(1000);
		expect(jest.getTimerCount()).toBe(0);
	});
});
