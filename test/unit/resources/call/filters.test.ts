import { CALL_STATUSES, FIELD_NAMES } from '../../../../nodes/Twin24/report/catalogue';
import { filters, readFilters } from '../../../../nodes/Twin24/resources/call/parameters/filters';
import { refusal } from '../../parameters/refusal';

const ID = '99c5b0fe-fa95-40e8-8a47-f90774c336cd';
const OTHER_ID = '819206ed-2391-4e8d-b8c3-8ec6ebf08f20';

/** What the filters come to when n8n gives this for the parameter "Filters". */
const filtersOf = (filters: unknown) => readFilters(() => filters);
const callIdsOf = (callIds: unknown) => filtersOf({ callIds }).ids;
const statusesOf = (status: unknown) => filtersOf({ status }).statuses;
const keywordOf = (keyword: unknown) => filtersOf({ keyword }).keyword;
const otherFieldsOf = (otherFields: unknown) => filtersOf({ otherFields }).equal;

describe('the filters together', () => {
	test('say nothing when none was added', () => {
		for (const none of [{}, undefined, null, '']) {
			expect(filtersOf(none)).toEqual({ statuses: [], ids: [], equal: {} });
		}
	});

	test.each<[string, unknown]>([
		['added one by one', { taskId: { __rl: true, mode: 'list', value: ID }, status: ['BUSY'] }],
		['given as one expression', { taskId: ID.toUpperCase(), status: 'busy' }],
		['given as JSON text', `{ "taskId": "${ID}", "status": ["BUSY"] }`],
	])('are read when %s', (_how, filters) => {
		expect(filtersOf(filters)).toEqual({ statuses: ['BUSY'], ids: [], equal: { taskId: ID } });
	});

	test('are refused as one expression, which reaches a node as its first character', () => {
		expect(refusal(() => filtersOf({ 0: '=' }))).toMatch(
			/^"Filters" is given as one expression, which n8n does not hand on to nodes \| Add them/,
		);
	});

	test('name a filter that there is not, instead of finding all calls', () => {
		expect(refusal(() => filtersOf({ phone: '+7 999 123-45-67', state: 'BUSY' }))).toBe(
			'"Filters" has an unknown name: "state" | Use some of: botId, callIds, keyword, otherFields, phone, status, taskId.',
		);
	});

	test.each([['BUSY'], [7], [true], [['status']]])('are names and values, not %p', (filters) => {
		expect(refusal(() => filtersOf(filters))).toMatch(
			/^"Filters" is not a set of names and values: .+ \| Add them one by one, or give an object with some of: botId, callIds, /,
		);
	});
});

describe('a bot', () => {
	const underOtherFields = { field: [{ name: 'botId', value: ID }] };

	test('is chosen from a list or named by its ID', () => {
		expect(
			filtersOf({ botId: { __rl: true, mode: 'list', value: ID.toUpperCase() } }).equal,
		).toEqual({ botId: ID });
	});

	test('still filters a workflow that names it under Other Fields, where it is no longer offered', () => {
		expect(otherFieldsOf(underOtherFields)).toEqual({ botId: ID });
		expect(JSON.stringify(filters.property)).not.toContain('"value":"botId"');
	});

	test('is refused where it is given in both places', () => {
		expect(refusal(() => filtersOf({ botId: ID, otherFields: underOtherFields }))).toBe(
			'"Bot" is given twice: as a filter and under Other Fields | Remove it under Other Fields.',
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
	});

	test.each([[''], [' , ;\n'], [[]], [['', ' ']], [undefined], [null], [[null]]])(
		'are at least one (%p)',
		(value) => {
			expect(refusal(() => callIdsOf(value))).toMatch(
				/^"Call IDs" is empty \| Give one ID or more, or remove the filter/,
			);
		},
	);

	test.each([[true], [{ id: ID }]])('are text or a list, not %p', (value) => {
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

	test.each([[''], [[]], [null], [undefined]])('at least one (%p)', (value) => {
		expect(refusal(() => statusesOf(value))).toMatch(
			/^"Status" is empty \| Choose one or more, or remove the filter/,
		);
	});

	test.each([[{}], [true]])('as a list, not %p', (value) => {
		expect(refusal(() => statusesOf(value))).toMatch(/^"Status" is neither text nor a list/);
	});
});

describe('a keyword', () => {
	test('is text without spaces around it', () => {
		expect(keywordOf(' перезвонить ')).toBe('перезвонить');
		expect(keywordOf(1758)).toBe('1758');
	});

	test.each([[''], ['  '], [undefined], [null]])('is not empty (%p)', (value) => {
		expect(refusal(() => keywordOf(value))).toMatch(
			/^"Keyword" is empty \| Type a word, or remove the filter/,
		);
	});

	test.each([[true], [['a']], [{}], [NaN]])('is text, not %p', (value) => {
		expect(refusal(() => keywordOf(value))).toMatch(/^"Keyword" is not text: /);
	});
});

describe('other fields', () => {
	const OFFERED = FIELD_NAMES.filter(
		(name) => !['id', 'phone', 'status', 'taskId', 'botId'].includes(name),
	);
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

	test('may come as a list from an expression', () => {
		expect(otherFieldsOf([{ name: 'botName', value: 'Бот' }])).toEqual({ botName: 'Бот' });
	});

	test.each([[undefined], [null], [{}], [{ field: [] }], [[]]])(
		'are at least one where they were added (%j): n8n makes that of an expression',
		(collected) => {
			expect(refusal(() => otherFieldsOf(collected))).toMatch(
				/^"Other Fields" is empty \| Add a field and its value, or remove the filter/,
			);
		},
	);

	test.each([['colour'], [''], [undefined], [5], ['limit'], ['from'], ['BotName']])(
		'are fields of a call, not %p',
		(name) => {
			expect(refusal(() => others({ name, value: 'x' }))).toBe(
				`"Other Fields" has an unknown field: ${JSON.stringify(name)} | Use one of: ${OFFERED.join(', ')}.`,
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
