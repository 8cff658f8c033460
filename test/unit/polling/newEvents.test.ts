import type { EventRule } from '../../../nodes/Twin24/polling/eventRule';
import { fingerprint } from '../../../nodes/Twin24/polling/fingerprint';
import { recall, remember } from '../../../nodes/Twin24/polling/memory';
import { NewEvents } from '../../../nodes/Twin24/polling/newEvents';
import { HOUR, MINUTE, SECOND } from './world';

interface Call {
	id: string;
	endedAt: number;
}

const NOW = Date.UTC(2026, 0, 5, 9, 30);

const RULE: EventRule<Call> = {
	name: 'ended',
	timeOf: ({ endedAt }) => endedAt,
	happened: ({ endedAt }) => !Number.isNaN(endedAt),
	keyOf: ({ id }) => id,
	memory: 0,
};

const stateWith = (known: string[], since?: number) => ({
	version: 2 as const,
	event: 'ended',
	began: 0,
	from: NOW - HOUR,
	seen: remember([], new Map(known.map((id) => [fingerprint(id), NOW])), NOW - HOUR, 0),
	...(since === undefined ? {} : { since }),
});

const call = (id: string, endedAt = NOW) => ({ id, endedAt });
const ids = ({ events }: NewEvents<Call>) => events.map(({ id }) => id);

test('an event is new once: not when an earlier poll handed it on, nor when it is read again', () => {
	const found = new NewEvents(stateWith(['known']), RULE);
	found.add([call('known'), call('a'), call('b'), call('a', NOW + 1)]);
	found.add([call('b'), call('c')]);
	expect(ids(found)).toEqual(['a', 'b', 'c']);
	expect(found.rowsRead).toBe(6);
});

test('what has not happened yet is no event, and comes again when it has', () => {
	const found = new NewEvents(stateWith([]), RULE);
	found.add([call('open', NaN)]);
	expect(ids(found)).toEqual([]);
	found.add([call('open')]);
	expect(ids(found)).toEqual(['open']);
});

test('where a state of the first version tells from when on, what is earlier was there before', () => {
	const found = new NewEvents(stateWith([], NOW), RULE);
	found.add([call('before', NOW - 1), call('after', NOW)]);
	expect(ids(found)).toEqual(['after']);
	expect(recall(found.remembered(NOW - HOUR))).toEqual(new Set([fingerprint('after')]));
});

test('all that may be read again is remembered, known or new, a second more than asked for', () => {
	// Where a slot of the memory begins.
	const from = Math.floor(NOW / (15 * MINUTE)) * 15 * MINUTE;
	const found = new NewEvents(stateWith(['known']), RULE);
	found.add([call('edge', from - SECOND), call('new')]);
	expect(recall(found.remembered(from))).toEqual(
		new Set(['known', 'edge', 'new'].map(fingerprint)),
	);
});
