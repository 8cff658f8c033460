import {
	ALL_FIELDS,
	FIELD_NAMES,
	SIMPLIFIED_FIELDS,
} from '../../../../nodes/Twin24/report/catalogue';
import { readFields } from '../../../../nodes/Twin24/resources/call/parameters/fieldSet';
import { refusal } from '../../parameters/refusal';

const fieldsOf = (fieldSet: unknown, fields: unknown) =>
	readFields((name) => (name === 'fieldSet' ? fieldSet : fields));

describe('the fields to return', () => {
	test("are the design's eleven, in the order in which sales reads, the vendor's 28, or those chosen", () => {
		expect(fieldsOf('simplified', undefined)).toEqual([
			'phone',
			'status',
			'createdAt',
			'duration',
			'dialogResults',
			'taskName',
			'recordPath',
			'messagesAsString',
			'externalId',
			'startedAt',
			'id',
		]);
		expect(fieldsOf('all', undefined)).toHaveLength(28);
		expect(fieldsOf('all', undefined)).not.toEqual(expect.arrayContaining(['dialogId']));
		expect(fieldsOf('simplified', ['price'])).toEqual(SIMPLIFIED_FIELDS);
		expect(fieldsOf('all', 'junk')).toEqual(ALL_FIELDS);
	});

	test('come in the order of the catalogue, each once', () => {
		expect(fieldsOf('selected', ['price', 'id', 'price', 'phone'])).toEqual([
			'phone',
			'id',
			'price',
		]);
		expect(fieldsOf('selected', ' price , id,')).toEqual(['id', 'price']);
		expect(fieldsOf('selected', [...FIELD_NAMES].reverse())).toEqual(FIELD_NAMES);
	});

	test('may be the two that not every edition of the API knows', () => {
		expect(fieldsOf('selected', ['markers', 'dialogId'])).toEqual(['markers', 'dialogId']);
	});

	test.each([[''], [' , '], [[]], [undefined], [null]])('are at least one: not %p', (selected) => {
		expect(refusal(() => fieldsOf('selected', selected))).toMatch(
			/^"Fields" is empty \| Choose at least one field/,
		);
	});

	test.each([
		[['id', 'colour'], '"colour"'],
		['id,Phone', '"Phone"'],
		[['id', 7], '"7"'],
	])('are fields of a call: not %p', (selected, named) => {
		expect(refusal(() => fieldsOf('selected', selected))).toBe(
			`"Fields" has an unknown field: ${named} | Use some of: ${FIELD_NAMES.join(', ')}.`,
		);
	});

	test.each([['everything'], [''], [undefined], [null], [['all']]])(
		'are one of three sets: not %p',
		(set) => {
			expect(refusal(() => fieldsOf(set, []))).toMatch(
				/^"Fields to Return" is .* \| Choose one of: simplified, all, selected\.$/,
			);
		},
	);
});
