import fc from 'fast-check';

import { proofOf, UnprovenFilterError } from '../../../nodes/Twin24/report/proof';
import type { CallFilters } from '../../../nodes/Twin24/report/query';

const NONE: CallFilters = { statuses: [], ids: [], equal: {} };

/** Whether a call with this value passes a filter by one field. */
const passes = (field: string, wanted: string, value: unknown) =>
	proofOf({ ...NONE, equal: { [field]: wanted } }).keep!({ id: 'x', [field]: value });

test('without a filter there is nothing to prove, nor with a keyword', () => {
	expect(proofOf(NONE)).toMatchObject({ fields: [] });
	expect(proofOf({ ...NONE, keyword: 'callback' }).keep).toBeUndefined();
});

test('names the fields by which it is told', () => {
	const { fields } = proofOf({ ...NONE, statuses: ['BUSY'], ids: ['a'], equal: { phone: '7' } });
	expect(fields).toEqual(['status', 'id', 'phone']);
});

test('a status passes by either of its names, an ID in any letters', () => {
	const { keep } = proofOf({ ...NONE, statuses: ['ANSWERED'], ids: ['ab'] });
	expect(keep!({ id: 'AB', status: 'ANSWER' })).toBe(true);
	expect(keep!({ id: 'ab', status: 'BUSY' })).toBe(false);
	expect(keep!({ id: 'cd', status: 'ANSWERED' })).toBe(false);
});

test.each([
	['botName', 'Бот', 'бот '],
	['price', '1.79', '1.790'],
	['duration', '18', 18],
	['duration', '18.0', 18],
	['isFinished', 'yes', true],
	['isFinished', 'false', false],
	['startedAt', '2026-03-01T12:00:00+03:00', '2026-03-01T09:00:00.000000Z'],
	['nps', '5', 5],
])('%s %j is what %j means', (field, wanted, value) => {
	expect(passes(field, wanted, value)).toBe(true);
});

test.each([
	['botName', 'Бот', 'Другой бот'],
	['externalId', '7', '007'],
	['externalId', '7', null],
	['duration', '18', 19],
	['duration', 'long', 'longer'],
	['isFinished', 'true', false],
	['isFinished', 'maybe', false],
	['startedAt', 'soon', 'later'],
	['phone', '79991234567', '79991234568'],
])('%s %j is not what %j means', (field, wanted, value) => {
	expect(passes(field, wanted, value)).toBe(false);
});

test('a value passes the filter by itself, whatever text it is', () => {
	fc.assert(
		fc.property(fc.string(), (text) => {
			expect(passes('additional', text, text)).toBe(true);
		}),
	);
});

test('calls that do not show the field prove nothing, and that is told', () => {
	const { keep, settle } = proofOf({ ...NONE, equal: { botName: 'Бот' } });
	expect(settle).not.toThrow();
	expect(keep!({ id: 'a' })).toBe(false);
	expect(settle).toThrow(UnprovenFilterError);
	keep!({ id: 'b', botName: null });
	expect(settle).not.toThrow();
});
