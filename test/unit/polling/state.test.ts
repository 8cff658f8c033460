import { createHash } from 'node:crypto';

import { fingerprint } from '../../../nodes/Twin24/polling/fingerprint';
import { recall } from '../../../nodes/Twin24/polling/memory';
import { stateIn } from '../../../nodes/Twin24/polling/state';

const NOW = Date.UTC(2026, 0, 5, 9, 30);

describe('a state', () => {
	const state = {
		version: 2,
		event: 'born',
		began: NOW,
		from: NOW,
		seen: [[1, 1, 'abcdefgh']],
		lead: { by: 1, provenAt: NOW },
		unreadable: [[NOW, NOW]],
		since: NOW,
	};

	test('is read as it was written', () => {
		expect(stateIn(JSON.parse(JSON.stringify(state)), 'born')).toEqual(state);
	});

	test.each([
		['another event', state, 'changed'],
		['another version', { ...state, version: 3 }, 'born'],
		['no time', { ...state, from: null }, 'born'],
		['no beginning', { ...state, began: undefined }, 'born'],
		['a memory that is no list', { ...state, seen: { length: 0 } }, 'born'],
		['a broken memory', { ...state, seen: ['abc'] }, 'born'],
		['a memory that is broken in part', { ...state, seen: [...state.seen, ['1', 1, 'a']] }, 'born'],
		['a memory without a number', { ...state, seen: [[1, null, 'a']] }, 'born'],
		['a memory without its prints', { ...state, seen: [[1, 1, 7]] }, 'born'],
		['a time that is none', { ...state, from: 'today' }, 'born'],
		['a memory of the first version', { ...state, seen: [[1, 'abcdefghij']] }, 'born'],
		['nothing', undefined, 'born'],
	])('of %s is none', (_what, stored, event) => {
		expect(stateIn(stored, event)).toBeUndefined();
	});

	test.each(['lead', 'unreadable', 'since'])('without a sound "%s" does without it', (name) => {
		const broken = { ...state, [name]: 'x' };
		const sound = Object.fromEntries(Object.entries(state).filter(([key]) => key !== name));
		expect(stateIn(broken, 'born')).toEqual(sound);
	});

	test.each([
		['lead', { by: 1 }],
		['lead', { provenAt: NOW }],
		['unreadable', [[NOW, NOW], 'x']],
		['unreadable', [[NOW, null]]],
		['unreadable', [['x', NOW]]],
	])('does without a %s that is sound in part: %j', (name, value) => {
		expect(stateIn({ ...state, [name]: value }, 'born')).not.toHaveProperty(name);
	});

	test.each([[{ length: 0 }], [['abc']], [[[1, 7]]], [[['1', 'abcdefghij']]], [[[1, 'a'], 'b']]])(
		'of the first version with a broken memory is none: %j',
		(seen) => {
			expect(stateIn({ version: 1, event: 'born', from: NOW, seen }, 'born')).toBeUndefined();
		},
	);

	test('of the first version is taken over with all that it remembers', () => {
		const first = (key: string) =>
			createHash('sha256').update(key).digest('base64url').slice(0, 10);
		const seen = [
			[100, first('a') + first('b')],
			[101, first('c')],
			[200, first('d')],
		];
		const taken = stateIn({ version: 1, event: 'born', from: NOW, since: NOW, seen }, 'born')!;
		expect(taken).toMatchObject({ version: 2, event: 'born', began: 0, from: NOW, since: NOW });
		expect(recall(taken.seen)).toEqual(new Set(['a', 'b', 'c', 'd'].map(fingerprint)));
		expect(taken.seen.map(([slot, count]) => [slot, count])).toEqual([
			[33, 3],
			[66, 1],
		]);
	});
});
