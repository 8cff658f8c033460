import fc from 'fast-check';

import { EVENT_FIELDS, flatten } from '../../../../nodes/Twin24/triggers/events/flatten';
import { eventIn } from '../../../../nodes/Twin24/triggers/events/hookEvent';

const read = (body: object) => flatten(eventIn(body)!);
const isRepeat = (first: object, second: object) =>
	JSON.stringify(eventIn(first)!.identity) === JSON.stringify(eventIn(second)!.identity);

/** The sample of the facts. */
const ENDED = {
	event: 'CALL_ENDED',
	type: 'OUTGOING',
	id: 'k-1',
	taskId: 't-1',
	botId: 'b-1',
	status: 'ANSWERED',
	callFrom: '74950000000',
	callTo: '79000000001',
	startedAt: '2026-01-05T10:00:00+00:00',
	finishedAt: '2026-01-05T10:00:40+00:00',
	variables: { name: 'Ann' },
	result: { confirmation: 'yes', initialVariables: { recordPath: 'https://r/1.mp3', city: 'X' } },
	flow: [
		{ messages: [{ author: 'robot', text: 'Hello' }] },
		{ messages: [{ author: 'client', text: 'H\0i' }] },
	],
	callbackData: { row: '7' },
};

describe('a simplified event', () => {
	test('has what the call was about in flat fields, and the rest in "other"', () => {
		expect(read(ENDED)).toEqual({
			event: 'CALL_ENDED',
			callId: 'k-1',
			taskId: 't-1',
			botId: 'b-1',
			phone: '79000000001',
			externalId: null,
			status: 'ANSWERED',
			startedAt: '2026-01-05T10:00:00+00:00',
			finishedAt: '2026-01-05T10:00:40+00:00',
			duration: null,
			price: null,
			result: { confirmation: 'yes' },
			variables: { name: 'Ann' },
			callbackData: { row: '7' },
			transcript: 'robot: Hello\nclient: Hi',
			recordPath: 'https://r/1.mp3',
			other: {
				type: 'OUTGOING',
				callFrom: '74950000000',
				initialVariables: { city: 'X' },
			},
		});
	});

	test('has the same fields whatever is empty, missing or of another shape', () => {
		const value = fc.oneof(fc.constant([]), fc.constant(null), fc.jsonValue());
		const names = [...Object.keys(ENDED), 'lastCallId', 'callId', 'number', 'totalCost', 'flow'];
		const body = fc.dictionary(fc.constantFrom(...names), value);
		fc.assert(
			fc.property(body, (keys) => {
				const event = read({ ...keys, event: 'CALL_ENDED' });
				expect(Object.keys(event)).toEqual(Object.keys(EVENT_FIELDS));
				for (const map of [event.result, event.variables]) expect(Array.isArray(map)).toBe(false);
			}),
		);
	});

	test('has {} where TWIN24 writes an empty object as a list', () => {
		expect(read({ ...ENDED, result: [], variables: [], callbackData: [] })).toMatchObject({
			result: {},
			variables: {},
			callbackData: {},
			recordPath: null,
		});
	});

	test('has the number of the person, who calls or is called', () => {
		expect(read({ ...ENDED, type: 'INCOMING' }).phone).toBe('74950000000');
		expect(read({ callId: 'i-1', number: '7495', callingNumber: '7900' }).phone).toBe('7900');
	});

	test('has the call by which each kind of event names it, and the task of its status', () => {
		const call = (body: object) => {
			const { callId, taskId } = read(body);
			return [callId, taskId];
		};
		expect(call({ event: 'CANDIDATE_CHANGED', taskId: 't', lastCallId: 'k' })).toEqual(['k', 't']);
		expect(call({ event: 'CALL_REDIRECTED', id: 'k' })).toEqual(['k', null]);
		expect(call({ event: 'AUTOCALL_STATUS_CHANGED', id: 't' })).toEqual([null, 't']);
		expect(call({ callId: 'i' })).toEqual(['i', null]);
	});
});

describe('a post', () => {
	test.each([[], 'CALL_ENDED', 7, null, {}, { event: '' }, { event: 7, callId: 'x' }])(
		'that is %j tells of no event',
		(body) => {
			expect(eventIn(body)).toBeUndefined();
		},
	);

	test('tells of an event by its name, of an incoming call also without one', () => {
		expect(eventIn({ event: 'call_ended' })).toMatchObject({ type: 'callEnded' });
		expect(eventIn({ callId: 'x' })).toMatchObject({ type: 'incomingCall' });
		expect(eventIn({ event: 'NEW' })).toMatchObject({ name: 'NEW', type: undefined });
	});

	test('is a repeat when it is of the same call and kind, whatever else is said', () => {
		expect(isRepeat(ENDED, { ...ENDED, duration: 40 })).toBe(true);
		expect(isRepeat(ENDED, { ...ENDED, id: 'k-2' })).toBe(false);
		expect(isRepeat(ENDED, { ...ENDED, event: 'CALL_REDIRECTED' })).toBe(false);
	});

	test('is no repeat where it may be another: a second transfer, a third recall, the last post of a call', () => {
		const to = (id: string) => ({ event: 'CALL_REDIRECTED', id: 'k', redirectDestinationId: id });
		expect(isRepeat(to('a'), to('b'))).toBe(false);
		const recall = (at: string) => ({ event: 'RECALL_SCHEDULED', id: 'person', recallAt: at });
		expect(isRepeat(recall('10:00'), recall('11:00'))).toBe(false);
		expect(isRepeat({ callId: 'i' }, { callId: 'i', recordPath: 'https://r' })).toBe(false);
		const done = (row: string) => ({
			event: 'CANDIDATE_CHANGED',
			taskId: 't',
			callbackData: { row },
		});
		expect(isRepeat(done('1'), done('2'))).toBe(false);
	});
});
