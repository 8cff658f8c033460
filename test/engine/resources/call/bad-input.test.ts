import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { isN8n1 } from '../../../../tools/n8n-engine';
import type { RunOptions } from '../../../../tools/n8n-engine';
import { Setting } from '../../support/setting';

const FROM = '2026-06-01T00:00:00Z';
const TO = '2026-07-01T00:00:00Z';
const ID = '99c5b0fe-fa95-40e8-8a47-f90774c336cd';

let setting: Setting;
beforeAll(async () => {
	setting = await Setting.open({ calls: 2000, data: { from: FROM, to: TO } });
});
afterAll(async () => await setting.close());
beforeEach(() => setting.twin24.reset());

/** Runs the node, and says what n8n shows: the message, then the description. */
const refusalOf = async (
	operation: string,
	parameters: INodeParameters,
	options?: RunOptions,
): Promise<string> => {
	const { error, items } = await setting.run(operation, parameters, options);
	expect(items).toEqual([]);
	return `${error?.message} | ${error?.description}`;
};

/** An expression that yields a value, as a workflow holds it. */
const yields = (value: unknown) =>
	`={{ ${value === undefined ? 'undefined' : JSON.stringify(value)} }}`;

const june = { period: 'custom', from: FROM, to: TO };
const option = (name: string, value: unknown): INodeParameters => ({
	...june,
	options: { [name]: value } as INodeParameters,
});
const filter = (name: string, value: unknown): INodeParameters => ({
	...june,
	filters: { [name]: value } as INodeParameters,
});
const locator = (value: unknown) => ({ __rl: true, mode: 'id', value });

/** Parameters, and the message with the remedy, that the user is to read. */
type Case = [what: string, parameters: INodeParameters, refusal: RegExp];

const SEARCHES: Case[] = [
	['a limit of 0', { limit: 0 }, /^"Limit" is 0 \| Give a whole number, 1 or more\.$/],
	['a negative limit', { limit: -5 }, /^"Limit" is -5 \| Give a whole number/],
	['a fraction as limit', { limit: 2.5 }, /^"Limit" is 2\.5 \| Give a whole number/],
	['a text as limit', { limit: yields('many') }, /^"Limit" is "many" \| Give a whole number/],
	['no limit', { limit: yields(null) }, /^"Limit" is null \| Give a whole number/],
	['a list as limit', { limit: yields([5]) }, /^"Limit" is \[5\] \| Give a whole number/],
	[
		'an unknown period',
		{ period: yields('lastYear'), from: FROM },
		/^"Period" is "lastYear" \| Choose one of: today, yesterday, /,
	],
	['no period', { period: yields(null), from: FROM }, /^"Period" is null \| Choose one of/],
	[
		'no begin',
		{ period: 'custom', from: yields('') },
		/^"From" is empty \| Pick the date and time/,
	],
	[
		'a begin that is no date',
		{ period: 'custom', from: '31.12.2025' },
		/^"From" is not a date: "31\.12\.2025" \| Pick one, or give it as e\.g\./,
	],
	[
		'a begin that does not exist',
		{ period: 'custom', from: '2026-02-30' },
		/^"From" is not a date: "2026-02-30" \|/,
	],
	[
		'a begin as a number',
		{ period: 'custom', from: yields(1751328000) },
		/^"From" is not a date: 1751328000 \|/,
	],
	[
		'a begin in the future',
		{ period: 'custom', from: '2099-01-01' },
		/^"From" is in the future \(2099-01-01.*\) \| Pick a date that has passed/,
	],
	[
		'an end that is no date',
		{ period: 'custom', from: FROM, to: 'tomorrow' },
		/^"To" is not a date: "tomorrow" \| Pick one/,
	],
	[
		'an end of the wrong type',
		{ period: 'custom', from: FROM, to: yields(true) },
		/^"To" is not a date: true \|/,
	],
	[
		'an end before the begin',
		{ period: 'custom', from: TO, to: FROM },
		/^"From" \(.*\) is not before "To" \(.*\) \| Swap the two dates/,
	],
	[
		'an unknown set of fields',
		{ fieldSet: yields('most') },
		/^"Fields to Return" is "most" \| Choose one of: simplified, all, selected\.$/,
	],
	[
		'no fields',
		{ fieldSet: 'selected', fields: [] },
		/^"Fields" is empty \| Choose at least one field/,
	],
	[
		'an unknown field',
		{ fieldSet: 'selected', fields: ['id', 'colour'] },
		/^"Fields" has an unknown field: "colour" \| Use some of: phone, status, /,
	],
	[
		'fields of the wrong type',
		{ fieldSet: 'selected', fields: yields(7) },
		/^"Fields" has an unknown field: "7" \|/,
	],
	[
		'an unknown status',
		filter('status', ['LOST']),
		/^"Status" has a value that TWIN24 does not know: "LOST" \| Use one or more of: ANSWERED, /,
	],
	[
		'no status',
		filter('status', []),
		/^"Status" is empty \| Choose one or more, or remove the filter/,
	],
	[
		'statuses of the wrong type',
		filter('status', yields({ a: 1 })),
		/^"Status" is neither text nor a list: \{"a":1\} \|/,
	],
	[
		'half a phone',
		filter('phone', '999-99'),
		/^"Phone" is not a phone number: "999-99" \| Give it with its country code/,
	],
	['an empty phone', filter('phone', ''), /^"Phone" is empty \| Give it/],
	[
		'a phone that an expression does not find',
		filter('phone', yields(null)),
		/^"Phone" is empty \|/,
	],
	[
		'a phone of the wrong type',
		filter('phone', yields([79991234567])),
		/^"Phone" is not a phone number: \[79991234567\] \|/,
	],
	['an empty task', filter('taskId', locator('')), /^"Task" is empty \| Choose a task/],
	[
		"a task's name for its ID",
		filter('taskId', locator('Обзвон')),
		/^"Task" is not an ID: "Обзвон" \| Choose a task/,
	],
	['a task of the wrong type', filter('taskId', locator(yields(5))), /^"Task" is not an ID: 5 \|/],
	[
		'empty call IDs',
		filter('callIds', ''),
		/^"Call IDs" is empty \| Give one ID or more, or remove the filter/,
	],
	['an empty list of call IDs', filter('callIds', yields([])), /^"Call IDs" is empty \|/],
	[
		'a malformed one among the call IDs',
		filter('callIds', `${ID}, 12`),
		/^"Call IDs" is not an ID: "12" \| An ID looks like/,
	],
	[
		'a list of calls for their IDs',
		filter('callIds', yields([{ id: ID }])),
		/^"Call IDs" has an entry that is no text: \{"id":.* \| Give a list of plain values/,
	],
	['call IDs of the wrong type', filter('callIds', yields(null)), /^"Call IDs" is empty \|/],
	[
		'an empty keyword',
		filter('keyword', '  '),
		/^"Keyword" is empty \| Type a word, or remove the filter/,
	],
	[
		'a keyword of the wrong type',
		filter('keyword', yields({ word: 1 })),
		/^"Keyword" is not text: \{"word":1\} \|/,
	],
	[
		'an unknown other field',
		filter('otherFields', { field: [{ name: 'colour', value: 'red' }] }),
		/^"Other Fields" has an unknown field: "colour" \| Use one of: /,
	],
	[
		'a field that has its own filter',
		filter('otherFields', { field: [{ name: 'phone', value: '79991234567' }] }),
		/^"Other Fields" has the field "phone" \| Use the filter "Phone" for it/,
	],
	[
		'an other field without a value',
		filter('otherFields', { field: [{ name: 'botName', value: '' }] }),
		/^"Other Fields" has no plain value for the field "botName" \| Fill in/,
	],
	[
		'an other field twice',
		filter('otherFields', {
			field: [
				{ name: 'nps', value: '1' },
				{ name: 'nps', value: '2' },
			],
		}),
		/^"Other Fields" has the field "nps" twice \| Remove one/,
	],
	[
		'an unknown time to filter by',
		option('filterPeriodBy', yields('endedAt')),
		/^"Filter Period By" is "endedAt" \| Choose one of: createdAt, startedAt, updatedAt\.$/,
	],
	[
		'a time zone that is none',
		option('timezone', 'Moscow'),
		/^"Timezone" is not a time zone: "Moscow" \| Give its name, e\.g\. Europe\/Moscow/,
	],
	[
		'a time zone of the wrong type',
		option('timezone', yields(3)),
		/^"Timezone" is not a time zone: 3 \|/,
	],
	[
		'a negative offset',
		option('offset', -1),
		/^"Offset" is -1 \| Give a whole number, 0 or more\.$/,
	],
	['a fraction as offset', option('offset', 0.5), /^"Offset" is 0\.5 \|/],
	['a text as offset', option('offset', yields('ten')), /^"Offset" is "ten" \|/],
	['page 0', option('page', 0), /^"Page" is 0 \| Give a whole number, 1 or more\.$/],
	['a page of the wrong type', option('page', yields(true)), /^"Page" is true \|/],
	[
		'no parallel requests',
		option('parallelRequests', 0),
		/^"Parallel Requests" is 0 \| Give a whole number, from 1 to 10\.$/,
	],
	[
		'too many parallel requests',
		option('parallelRequests', 11),
		/^"Parallel Requests" is 11 \| Give a whole number, from 1 to 10\.$/,
	],
	[
		'parallel requests of the wrong type',
		option('parallelRequests', yields([])),
		/^"Parallel Requests" is \[\] \|/,
	],
	[
		'an unknown sort field',
		option('sortBy', yields('price')),
		/^"Sort By" is "price" \| Choose one of: createdAt, duration, startedAt, updatedAt\.$/,
	],
	[
		'an unknown sort direction',
		option('sortDirection', yields('up')),
		/^"Sort Direction" is "up" \| Choose one of: asc, desc\.$/,
	],
];

const GETS: Case[] = [
	['an empty ID', { callId: yields('') }, /^"Call ID" is empty \| An ID looks like 99c5b0fe-/],
	['an ID that an expression does not find', { callId: yields(null) }, /^"Call ID" is empty \|/],
	['a malformed ID', { callId: '12345' }, /^"Call ID" is not an ID: "12345" \| An ID looks like/],
	['two IDs', { callId: `${ID},${ID}` }, /^"Call ID" is not an ID: "/],
	['a call for its ID', { callId: yields({ id: ID }) }, /^"Call ID" is not an ID: \{"id"/],
	[
		'an unknown set of fields',
		{ callId: ID, fieldSet: yields('none') },
		/^"Fields to Return" is "none" \| Choose one of/,
	],
	[
		'an unknown field',
		{ callId: ID, fieldSet: 'selected', fields: ['colour'] },
		/^"Fields" has an unknown field: "colour" \|/,
	],
	['no fields', { callId: ID, fieldSet: 'selected', fields: [] }, /^"Fields" is empty \|/],
];

describe('search refuses, naming the parameter and the remedy, before any request:', () => {
	test.each(SEARCHES)('%s', async (_what, parameters, refusal) => {
		expect(await refusalOf('search', parameters)).toMatch(refusal);
		expect(setting.twin24.log.count()).toBe(0);
	});
});

describe('get refuses, naming the parameter and the remedy, before any request:', () => {
	test.each(GETS)('%s', async (_what, parameters, refusal) => {
		expect(await refusalOf('get', parameters)).toMatch(refusal);
		expect(setting.twin24.log.count()).toBe(0);
	});
});

test('what n8n itself requires it refuses itself, and nobody is asked', async () => {
	expect((await setting.run('get', { callId: '' })).error?.name).toBe('WorkflowHasIssuesError');
	expect(setting.twin24.log.count()).toBe(0);
});

test('get of an unknown ID names the ID', async () => {
	expect(await refusalOf('get', { callId: ID.toUpperCase() })).toMatch(
		new RegExp(
			`^"Call ID" names no call: TWIN24 does not know ${ID} \\| Check the ID and the account of the credential`,
		),
	);
});

describe('1,000 input items at once', () => {
	const thousand = (json: (index: number) => IDataObject) =>
		Array.from({ length: 1000 }, (_, index) => json(index));
	const indexOf = ({ pairedItem }: { pairedItem?: unknown }) =>
		(pairedItem as { item: number }).item;

	test('get: each its own call, in the order of the items', async () => {
		const ids = setting.twin24.table.all().map(({ id }) => id);
		const { items, error } = await setting.run(
			'get',
			{ callId: '={{ $json.id }}' },
			{ items: thousand((index) => ({ id: ids[index] })) },
		);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.id)).toEqual(ids.slice(0, 1000));
		expect(items.map(indexOf)).toEqual(ids.slice(0, 1000).map((_, index) => index));
		expect(setting.twin24.log.count('calls')).toBeLessThanOrEqual(15);
		expect(setting.twin24.log.maxInFlight('calls')).toBeLessThanOrEqual(4);
	});

	test('search: each its own calls, paired with its item', async () => {
		const calls = setting.twin24.table.all().slice(0, 1000);
		const parameters = { ...june, filters: { callIds: '={{ $json.id }}' } };
		const { items, error } = await setting.run('search', parameters, {
			items: thousand((index) => ({ id: calls[index].id })),
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual(
			calls.map(({ id }, index) => [id, { item: index }]),
		);
		expect(setting.twin24.log.maxInFlight('calls')).toBeLessThanOrEqual(4);
	});

	test('"Continue" gives one error item for each one that failed, in its place, and the others their calls', async () => {
		const ids = setting.twin24.table.all().map(({ id }) => id);
		const { items } = await setting.run(
			'get',
			{ callId: '={{ $json.id }}' },
			{
				items: thousand((index) => ({ id: index % 100 === 7 ? `bad ${index}` : ids[index] })),
				continueOnFail: true,
			},
		);
		expect(items).toHaveLength(1000);
		const failed = items.flatMap((item, index) => (item.json.error === undefined ? [] : [index]));
		expect(failed).toEqual(Array.from({ length: 10 }, (_, hundred) => hundred * 100 + 7));
		for (const index of failed)
			expect(items[index].json).toEqual({
				id: `bad ${index}`,
				error: expect.stringMatching(`^"Call ID" is not an ID: "bad ${index}". An ID looks like`),
			});
		expect(items.map(indexOf)).toEqual(items.map((_, index) => index));
		expect(setting.twin24.log.count('calls')).toBeLessThanOrEqual(15);
	});

	test('"Continue (using error output)" sends the failed ones there', async () => {
		const { items, errorItems } = await setting.run(
			'search',
			{ ...june, limit: '={{ $json.limit }}' },
			{
				items: [{ limit: 2 }, { limit: 0 }, { limit: 3 }],
				continueOnFail: 'error',
			},
		);
		expect(items.map(indexOf)).toEqual([0, 0, 2, 2, 2]);
		expect(errorItems).toHaveLength(1);
		if (!isN8n1())
			expect(errorItems[0].json.error).toBe('"Limit" is 0. Give a whole number, 1 or more.');
		expect(indexOf(errorItems[0])).toBe(1);
	});
});

test('without "Continue" the error tells which item it was', async () => {
	const { error } = await setting.run(
		'search',
		{ ...june, limit: '={{ $json.limit }}' },
		{ items: [{ limit: 1 }, { limit: 0 }] },
	);
	expect(error?.message).toBe('"Limit" is 0');
	expect(error?.context).toMatchObject({ itemIndex: 1 });
});
