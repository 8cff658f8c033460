import fc from 'fast-check';

import { CALL_STATUSES, FIELD_NAMES } from '../../../nodes/Twin24/report/catalogue';
import { otherFieldsOf } from '../../../nodes/Twin24/resources/call/routing';
import {
	callIdsOf,
	idOf,
	keywordOf,
	phoneOf,
	statusesOf,
	taskIdOf,
} from '../../../nodes/Twin24/resources/call/values/filters';
import { refusal } from './refusal';

const ID = '99c5b0fe-fa95-40e8-8a47-f90774c336cd';
const OTHER_ID = '819206ed-2391-4e8d-b8c3-8ec6ebf08f20';

describe('a phone', () => {
	test.each([
		['79991234567'],
		['+79991234567'],
		['+7 (999) 123-45-67'],
		['7 999 123 45 67'],
		['8 (999) 123-45-67'],
		['8-999-123-45-67'],
		['89991234567'],
		['9991234567'],
		['(999) 123-45-67'],
		['+7.999.123.45.67'],
		['  +7 999 123‑45‑67  '],
		['+7\u00a0999\u202f123\u201345\u201467'],
		['(+7) 999 123 45 67'],
		['\u202a+7 999 123-45-67\u202c'],
		['+7 999 123\u221245\u221267'],
		['tel:+79991234567'],
		['tel:+7-999-123-45-67'],
		[79991234567],
		[89991234567],
		[9991234567],
	])('may be written %p', (written) => {
		expect(phoneOf(written)).toBe('79991234567');
	});

	test.each([
		['+49 30 123456', '4930123456'],
		['(+49) 30 123456', '4930123456'],
		['+375 29 123-45-67', '375291234567'],
		['+84 91 234 56 78', '84912345678'],
		['+998 90 123 45 67', '998901234567'],
	])('with a plus is taken to the letter, wherever it is from: %s', (written, digits) => {
		expect(phoneOf(written)).toBe(digits);
	});

	test('gives the same digits however the same number is laid out', () => {
		const separator = fc.constantFrom(
			'',
			' ',
			'-',
			'.',
			' - ',
			'\u00a0',
			'\u2013',
			'\u202f',
			') ',
			' (',
		);
		const number = fc.integer({ min: 3_000_000_000, max: 9_999_999_999 }).map(String);
		const prefix = fc.constantFrom('', '+7', '7', '8');
		fc.assert(
			fc.property(
				number,
				prefix,
				fc.array(separator, { minLength: 10, maxLength: 10 }),
				(ten, begin, gaps) => {
					const written =
						begin +
						[...ten].map((digit, index) => (begin || index ? gaps[index] : '') + digit).join('');
					expect(phoneOf(written)).toBe(`7${ten}`);
				},
			),
			{ numRuns: 500 },
		);
	});

	test.each([
		['999'],
		['+7 999 123 45'],
		['1234567890123456'],
		['+7 999 ABC 45 67'],
		['79991234567, 79991234568'],
		['+7 999 123+45 67'],
		['anna@example.com'],
		[true],
		[null],
		[undefined],
		[{}],
		[[79991234567]],
		[-79991234567],
		[7.5],
		[NaN],
	])('is not %p', (written) => {
		expect(refusal(() => phoneOf(written))).toMatch(
			/^"Phone" is not a phone number: .+ \| Give it with its country code, e\.g\. \+7 999 999-99-99\.$/,
		);
	});

	test.each([[''], ['   ']])('is not empty (%p)', (written) => {
		expect(refusal(() => phoneOf(written))).toMatch(/^"Phone" is empty \| Give it/);
	});
});

describe('an ID', () => {
	test("is the API's, in small letters and without spaces around it", () => {
		expect(idOf('Call ID', ` ${ID.toUpperCase()}\n`)).toBe(ID);
	});

	test.each([
		['abc'],
		[ID.slice(1)],
		[`${ID}0`],
		[`{${ID}}`],
		[`${ID},${OTHER_ID}`],
		[ID.replace('9', 'g')],
		[42],
		[true],
		[null],
		[{ id: ID }],
		[[ID]],
	])('is not %p', (value) => {
		expect(refusal(() => idOf('Call ID', value))).toMatch(
			/^"Call ID" is not an ID: .+ \| An ID looks like 99c5b0fe-/,
		);
	});

	test.each([[''], ['  '], [undefined]])('is not empty (%p)', (value) => {
		expect(refusal(() => taskIdOf(value))).toMatch(
			/^"Task" is empty \| .+ the field "taskId" of its calls/,
		);
	});
});

describe('several call IDs', () => {
	test.each([
		['with commas', `${ID},${OTHER_ID}`],
		['with semicolons, line breaks and spaces', ` ${ID} ;\n ${OTHER_ID}\n`],
		['as an array', [ID, OTHER_ID]],
		['twice, in other letters', [ID, OTHER_ID, ID.toUpperCase()]],
		['with empty entries between', `${ID},,${OTHER_ID},`],
	])('come %s', (_how, value) => {
		expect(callIdsOf(value)).toEqual([ID, OTHER_ID]);
	});

	test('name the one that is none', () => {
		expect(refusal(() => callIdsOf(`${ID}, 123`))).toMatch(/^"Call IDs" is not an ID: "123" \|/);
		expect(refusal(() => callIdsOf([ID, { id: OTHER_ID }]))).toMatch(
			/^"Call IDs" has an entry that is no text: \{"id"/,
		);
		expect(refusal(() => callIdsOf([ID, null]))).toMatch(
			/^"Call IDs" has an entry that is no text: null/,
		);
	});

	test.each([[''], [' , ;\n'], [[]], [['', ' ']]])('are at least one (%p)', (value) => {
		expect(refusal(() => callIdsOf(value))).toMatch(
			/^"Call IDs" is empty \| Give one ID or more, or remove the filter/,
		);
	});

	test.each([[undefined], [null], [true], [{ id: ID }]])('are text or a list, not %p', (value) => {
		expect(refusal(() => callIdsOf(value))).toMatch(
			/^"Call IDs" is neither text nor a list: .+ \| Separate several values by commas/,
		);
	});
});

describe('statuses', () => {
	test('are those of the catalogue, in any letters, each once', () => {
		expect(statusesOf(['BUSY', 'answered', 'BUSY'])).toEqual(['BUSY', 'ANSWERED']);
		expect(statusesOf('noanswer, FZ230')).toEqual(['NOANSWER', 'FZ230']);
		expect(statusesOf(CALL_STATUSES.map(({ value }) => value))).toHaveLength(CALL_STATUSES.length);
	});

	test("ANSWER is the vendor's other name of ANSWERED", () => {
		expect(statusesOf(['ANSWER', 'ANSWERED'])).toEqual(['ANSWERED']);
	});

	test.each([['LOST'], [['BUSY', 'ANSWERED CALL']]])('no others: %p', (value) => {
		expect(refusal(() => statusesOf(value))).toMatch(
			/^"Status" has a value that TWIN24 does not know: .+ \| Use one or more of: ANSWERED, NOANSWER, /,
		);
	});

	test.each([[''], [[]]])('at least one (%p)', (value) => {
		expect(refusal(() => statusesOf(value))).toMatch(
			/^"Status" is empty \| Choose one or more, or remove the filter/,
		);
	});

	test.each([[null], [undefined], [{}], [true]])('as a list, not %p', (value) => {
		expect(refusal(() => statusesOf(value))).toMatch(/^"Status" is neither text nor a list/);
	});
});

describe('a keyword', () => {
	test('is text without spaces around it', () => {
		expect(keywordOf(' перезвонить ')).toBe('перезвонить');
		expect(keywordOf(1758)).toBe('1758');
	});

	test.each([[''], ['  ']])('is not empty (%p)', (value) => {
		expect(refusal(() => keywordOf(value))).toMatch(
			/^"Keyword" is empty \| Type a word, or remove the filter/,
		);
	});

	test.each([[undefined], [null], [true], [['a']], [{}], [NaN]])('is text, not %p', (value) => {
		expect(refusal(() => keywordOf(value))).toMatch(/^"Keyword" is not text: /);
	});
});

describe('other fields', () => {
	const others = (...field: Array<{ name?: unknown; value?: unknown }>) => otherFieldsOf({ field });

	test('become query parameters of their names', () => {
		expect(
			others(
				{ name: 'botName', value: ' Бот ' },
				{ name: 'isFinished', value: true },
				{ name: 'regionId', value: 0 },
			),
		).toEqual({
			botName: 'Бот',
			isFinished: 'true',
			regionId: '0',
		});
	});

	test('are none when nothing was added', () => {
		expect(otherFieldsOf(undefined)).toEqual({});
		expect(otherFieldsOf({})).toEqual({});
		expect(others()).toEqual({});
	});

	test.each([['colour'], [''], [undefined], [5], ['limit'], ['from'], ['BotName']])(
		'are fields of a call, not %p',
		(name) => {
			expect(refusal(() => others({ name, value: 'x' }))).toBe(
				`"Other Fields" has an unknown field: ${JSON.stringify(name)} | Use one of: ${FIELD_NAMES.join(', ')}.`,
			);
		},
	);

	test.each([
		['id', 'Call IDs'],
		['phone', 'Phone'],
		['status', 'Status'],
		['taskId', 'Task'],
	])('leave "%s" to its own filter', (name, filter) => {
		expect(refusal(() => others({ name, value: 'x' }))).toBe(
			`"Other Fields" has the field "${name}" | Use the filter "${filter}" for it.`,
		);
	});

	test.each([[''], ['  '], [undefined], [null], [{}], [['x']], [NaN]])(
		'have a value that is plain: not %p',
		(value) => {
			expect(refusal(() => others({ name: 'botName', value }))).toMatch(
				/^"Other Fields" has no plain value for the field "botName" \| Fill in/,
			);
		},
	);

	test('name each field once: a call cannot have two values in it', () => {
		expect(
			refusal(() => others({ name: 'botName', value: 'a' }, { name: 'botName', value: 'b' })),
		).toMatch(/^"Other Fields" has the field "botName" twice \| Remove one of them/);
	});

	test.each([
		['text'],
		[7],
		[null],
		[['a']],
		[{ field: 'x' }],
		[{ field: [null] }],
		[{ field: { name: 'botName' } }],
	])('are a list of names and values, not %p', (collected) => {
		expect(refusal(() => otherFieldsOf(collected))).toMatch(
			/^"Other Fields" is not a list of names and values: /,
		);
	});
});
