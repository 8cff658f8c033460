import type { INodeParameters } from 'n8n-workflow';

import type { RunOptions } from '../../../../tools/n8n-engine';
import { Setting } from '../../support/setting';
import { byId, doneOf, errorsOf, leadParameters, leads, ledgerOf } from '../contact/contacts';

let setting: Setting;
beforeAll(async () => {
	setting = await Setting.open({ calls: 10 });
});
afterAll(async () => await setting.close());
beforeEach(async () => await setting.reset());

const start = async (parameters: INodeParameters, options: RunOptions) =>
	await setting.run(
		'start',
		{ ...leadParameters, resource: 'call', botId: byId(setting.twin24.bots[0].id), ...parameters },
		options,
	);
const requests = () => setting.twin24.log.entries.filter(({ service }) => service === 'contacts');
const withTemplate = (id: string): INodeParameters => ({ options: { templateId: id } });

describe.each(['identity', 'ids', 'empty', 'emptyList', 'noContent'] as const)(
	'a person is phoned at once where TWIN24 answers "%s"',
	(singleAnswer) => {
		beforeEach(() => {
			setting.twin24.readings.singleAnswer = singleAnswer;
		});

		test('by the default template', async () => {
			const result = await start({}, { items: leads(2) });
			expect(errorsOf(result)).toBe('');
			expect(doneOf(result)).toEqual(['lead-0', 'lead-1']);
			const dialled = setting.twin24.dialler.advance(5);
			expect(dialled.map(({ externalId }) => externalId)).toEqual(['lead-0', 'lead-1']);
			expect(result.items[0].json.taskId).toBe(singleAnswer === 'ids' ? dialled[0].taskId : null);
			expect(requests().map(({ path }) => path.split('/').at(-1))).toEqual(['single', 'single']);
		});
	},
);

test.each(['perRequest', 'perTemplateAndBot', 'perDay'] as const)(
	'a person is phoned at once by a template (%s)',
	async (singleBatchTask) => {
		setting.twin24.readings.singleBatchTask = singleBatchTask;
		const [, template] = setting.twin24.dialler.templates;
		const result = await start(withTemplate(template.id), { items: leads(2) });
		expect(errorsOf(result)).toBe('');
		expect(setting.twin24.dialler.advance(5)).toHaveLength(2);
		expect(requests().every(({ path }) => path.endsWith('single/batch'))).toBe(true);
	},
);

test.each([400, 404, 422] as const)(
	'without a default template (HTTP %i): an error, and nobody else is tried',
	async (unknownReference) => {
		Object.assign(setting.twin24.readings, { unknownReference, defaultTemplate: false });
		const result = await start({}, { items: leads(3) });
		expect(errorsOf(result)).toContain('Not phoned: external ID lead-0.');
		expect(errorsOf(result)).toContain('Not sent: external ID lead-1, lead-2.');
		expect(requests()).toHaveLength(1);
	},
);

test.each([
	[
		'external ID',
		{ id: 'lead-0', phone: '+7 999 000 00 00' },
		/"External ID" "lead-0" is given twice/,
	],
	[
		'phone',
		{ id: 'lead-x', phone: '+7 900 100 00 00' },
		/"Phone" 79001000000 is given twice: by item 0/,
	],
])('two of the same %s: nobody is phoned', async (_what, item, message) => {
	const result = await start({}, { items: [...leads(2), item] });
	expect(errorsOf(result)).toMatch(message);
	expect(requests()).toEqual([]);
});

describe.each([true, false])('after an unknown outcome (carried out: %s)', (carriedOut) => {
	beforeEach(() => {
		setting.twin24.faults.add({
			kind: 'status',
			status: 504,
			carriedOut,
			service: 'contacts',
			skip: 1,
			times: 1,
		});
	});

	test.each([undefined, { maxTries: 3, waitBetweenTries: 0 }])(
		'nobody is phoned twice',
		async (retry) => {
			const result = await start({}, { items: leads(4), retry });
			expect(errorsOf(result)).toMatch(/may or may not have been phoned/i);
			for (const times of ledgerOf(setting).timesSent.values()) expect(times).toBe(1);
			expect(requests()).toHaveLength(2);
		},
	);

	test('with "Continue" the others are phoned', async () => {
		const result = await start({}, { items: leads(4), continueOnFail: true });
		expect(doneOf(result)).toEqual(['lead-0', 'lead-2', 'lead-3']);
		expect(errorsOf(result)).toContain('The contact "lead-1" may or may not have been phoned.');
		for (const times of ledgerOf(setting).timesSent.values()) expect(times).toBe(1);
	});
});
