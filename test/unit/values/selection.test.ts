import { ALL_FIELDS, FIELD_NAMES, SIMPLIFIED_FIELDS } from '../../../nodes/Twin24/report/catalogue';
import { quote } from '../../../nodes/Twin24/resources/call/values/parameterError';
import {
	fieldsOf,
	periodFieldOf,
	sortOf,
	wholeNumberOf,
} from '../../../nodes/Twin24/resources/call/values/selection';
import { refusal } from './refusal';

describe('the fields to return', () => {
	test("are the design's ten, the vendor's 28, or those chosen", () => {
		expect(fieldsOf('simplified', undefined)).toEqual([
			'id',
			'externalId',
			'phone',
			'startedAt',
			'status',
			'duration',
			'dialogResults',
			'taskName',
			'recordPath',
			'messagesAsString',
		]);
		expect(fieldsOf('all', undefined)).toHaveLength(28);
		expect(fieldsOf('all', undefined)).not.toEqual(expect.arrayContaining(['dialogId']));
		expect(fieldsOf('simplified', ['price'])).toEqual(SIMPLIFIED_FIELDS);
		expect(fieldsOf('all', 'junk')).toEqual(ALL_FIELDS);
	});

	test('come in the order of the catalogue, each once', () => {
		expect(fieldsOf('selected', ['price', 'id', 'price', 'phone'])).toEqual([
			'id',
			'phone',
			'price',
		]);
		expect(fieldsOf('selected', ' price , id,')).toEqual(['id', 'price']);
		expect(fieldsOf('selected', [...FIELD_NAMES].reverse())).toEqual(FIELD_NAMES);
	});

	test('may be the two that not every edition of the API knows', () => {
		expect(fieldsOf('selected', ['markers', 'dialogId'])).toEqual(['markers', 'dialogId']);
	});

	test.each([[''], [' , '], [[]], [undefined], [null], [5], [{ id: true }]])(
		'are at least one: not %p',
		(selected) => {
			expect(refusal(() => fieldsOf('selected', selected))).toMatch(
				/^"Fields" is empty \| Choose at least one field/,
			);
		},
	);

	test.each([
		[['id', 'colour'], '"colour"'],
		['id,Phone', '"Phone"'],
		[['id', 7], '7'],
		[['id', null], 'null'],
		[[['id']], '["id"]'],
	])('are fields of a call: not %p', (selected, named) => {
		expect(refusal(() => fieldsOf('selected', selected))).toBe(
			`"Fields" has an unknown field: ${named} | Use some of: ${FIELD_NAMES.join(', ')}.`,
		);
	});

	test.each([['everything'], [''], [undefined], [null], [['all']]])(
		'are one of three sets: not %p',
		(set) => {
			expect(refusal(() => fieldsOf(set, []))).toMatch(
				/^"Return" is .* \| Choose one of: simplified, all, selected\.$/,
			);
		},
	);
});

describe('a whole number', () => {
	test.each([
		[1, 1],
		['25', 25],
		[' 7 ', 7],
		[100_000, 100_000],
	])('may be %p', (given, number) => {
		expect(wholeNumberOf('Limit', given, 1)).toBe(number);
	});

	test.each([
		[0],
		[-1],
		[1.5],
		['1.5'],
		['ten'],
		[''],
		['  '],
		['5 calls'],
		['0x10'],
		['1e3'],
		[NaN],
		[Infinity],
		[2 ** 53],
		[true],
		[null],
		[undefined],
		[[5]],
		[{}],
	])('is not %p', (given) => {
		expect(refusal(() => wholeNumberOf('Limit', given, 1))).toBe(
			`"Limit" is ${quote(given)} | Give a whole number, 1 or more.`,
		);
	});

	test('keeps within its bounds, which the remedy names', () => {
		expect(wholeNumberOf('Parallel Requests', 10, 1, 10)).toBe(10);
		expect(refusal(() => wholeNumberOf('Parallel Requests', 11, 1, 10))).toBe(
			'"Parallel Requests" is 11 | Give a whole number, from 1 to 10.',
		);
		expect(wholeNumberOf('Offset', 0, 0)).toBe(0);
	});
});

describe("the period's field and the order", () => {
	test.each([['createdAt'], ['updatedAt'], ['startedAt']])('a period may apply to %s', (field) => {
		expect(periodFieldOf(field)).toBe(field);
	});

	test.each([['duration'], ['created_at'], [''], [undefined], [['createdAt']]])(
		'a period does not apply to %p',
		(field) => {
			expect(refusal(() => periodFieldOf(field))).toMatch(
				/^"Filter Period By" is .* \| Choose one of: createdAt, updatedAt, startedAt\.$/,
			);
		},
	);

	test('sorting takes four fields and two directions', () => {
		expect(sortOf('duration', 'asc')).toEqual({ field: 'duration', direction: 'asc' });
		expect(refusal(() => sortOf('price', 'asc'))).toBe(
			'"Sort By" is "price" | Choose one of: createdAt, updatedAt, startedAt, duration.',
		);
		expect(refusal(() => sortOf('-createdAt', 'asc'))).toMatch(/^"Sort By" is "-createdAt"/);
		expect(refusal(() => sortOf('createdAt', 'down'))).toBe(
			'"Sort Direction" is "down" | Choose one of: asc, desc.',
		);
	});
});

describe('a value in a message', () => {
	test.each([
		['text', '"text"'],
		[5, '5'],
		[NaN, 'NaN'],
		[Infinity, 'Infinity'],
		[undefined, 'undefined'],
		[null, 'null'],
		[{ a: 1 }, '{"a":1}'],
		[10n, '10'],
	])('%p is shown as %s', (value, shown) => {
		expect(quote(value)).toBe(shown);
	});

	test('is cut when it is long, and never fails', () => {
		expect(quote('я'.repeat(500))).toHaveLength(81);
		const ring: Record<string, unknown> = {};
		ring.self = ring;
		expect(quote(ring)).toBe('[object Object]');
	});
});
