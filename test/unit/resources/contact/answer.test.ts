import { readAnswer, readRefusal } from '../../../../nodes/Twin24/resources/contact/answer';
import type { Person } from '../../../../nodes/Twin24/resources/contact/person';

const people: Person[] = ['a', 'b', 'c'].map((externalId, index) => ({
	externalId,
	phones: [`7900000000${index}`],
	details: {},
}));

/** What the answer says of each, in a word or in TWIN24's. */
const said = (body: unknown) =>
	readAnswer(body, people)?.map((one) => (one.kind === 'refused' ? one.words : one.kind));

const TAKEN = ['taken', 'taken', 'taken'];
const UNKNOWN = ['unknown', 'unknown', 'unknown'];

test.each([[undefined], [null], [''], [[]], [{}], [{ count: 3 }], [{ status: 'ok' }]])(
	'%j: all were taken',
	(body) => {
		expect(said(body)).toEqual(TAKEN);
	},
);

test('IDs belong to people in the order sent', () => {
	const body = [{ id: { identity: '1' } }, { id: '2' }, { id: { identity: '3' } }];
	expect(readAnswer(body, people)).toEqual(
		['1', '2', '3'].map((candidateId, index) => ({
			kind: 'taken',
			candidateId,
			response: body[index],
		})),
	);
});

test('the ID of one person', () => {
	const body = { id: 'c-1', autoCallId: 't-1' };
	expect(readAnswer(body, people.slice(0, 1))).toEqual([
		{ kind: 'taken', candidateId: 'c-1', response: body },
	]);
});

test.each([
	['fewer by count', { count: 2 }],
	['fewer by IDs', [{ id: '1' }, { id: '2' }]],
	['a refusal without a name', { errors: ['bad number'] }],
	['a refusal of a stranger', { errors: [{ phone: '79990000000', error: 'bad' }] }],
	['refusals that do not add up', { count: 1, errors: [{ index: 0, error: 'bad' }] }],
	['no success', { success: false }],
	['an error', { error: 'Internal' }],
])('%s: nobody knows who was taken', (_what, body) => {
	expect(said(body)).toEqual(UNKNOWN);
});

test.each([
	['by place', { count: 2, errors: [{ index: 1, error: 'bad' }] }],
	['by number', { errors: [{ phone: ['79000000001'], index: 0, message: 'bad' }] }],
	['by external ID', { refused: [{ clientExternalId: 'b', reason: 'bad' }] }],
	['by the place in a key', { errors: { 'batch.1.phone': ['bad'] } }],
])('a refusal %s belongs to the one whom it names', (_how, body) => {
	expect(said(body)).toEqual(['taken', 'bad', 'taken']);
});

test.each([['text'], [7], [true]])('%j is no answer at all', (body) => {
	expect(readAnswer(body, people)).toBeUndefined();
});

describe('the refusal of a whole request names', () => {
	const named = (body: unknown) => [...readRefusal(body, people)];

	test.each<[how: string, body: unknown]>([
		['by the place in a key', { error: 'Ошибка.', details: { 'batch.1.phone': ['bad'] } }],
		['by a place in a list', { errors: [{ index: 1, message: 'bad' }] }],
		['by the external ID', { details: [{ clientExternalId: 'b', error: 'bad' }] }],
		['by the number', { details: [{ phone: '79000000001', message: 'bad' }] }],
	])('somebody %s', (_how, body) => {
		expect(named(body)).toEqual([[1, 'bad']]);
	});

	test('somebody by a number in its words', () => {
		const error = 'Неверный номер 79000000001.';
		expect(named({ error, details: null })).toEqual([[1, error]]);
	});

	test('several', () => {
		const details = { 'batch.0.phone': ['short'], 'batch.2.timezone': ['none', 'late'] };
		expect(named({ error: 'Ошибка.', details })).toEqual([
			[0, 'short'],
			[2, 'none; late'],
		]);
	});

	test.each<[what: string, body: unknown]>([
		['nothing', undefined],
		['a text', 'bad'],
		['words alone', { error: 'Ошибка валидации.', details: 'Неверный номер.' }],
		['a field of all', { details: { autoCallId: ['bad'] } }],
		['a place that is not among them', { details: { 'batch.3.phone': ['bad'] } }],
		['a count of refusals', { details: { 0: ['bad'] } }],
		['a number of nobody', { error: 'Неверный номер 79990000000.' }],
	])('nobody by %s', (_what, body) => {
		expect(named(body)).toEqual([]);
	});
});
