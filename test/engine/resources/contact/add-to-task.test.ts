import type { INodeParameters } from 'n8n-workflow';

import type { RunOptions } from '../../../../tools/n8n-engine';
import { Setting } from '../../support/setting';
import { byId, doneOf, errorsOf, leadParameters, leads, ledgerOf, openTask } from './contacts';

let setting: Setting;
beforeAll(async () => {
	setting = await Setting.open({ calls: 10 });
});
afterAll(async () => await setting.close());
beforeEach(async () => await setting.reset());

const add = async (parameters: INodeParameters, options: RunOptions) =>
	await setting.run(
		'addToTask',
		{ ...leadParameters, taskId: byId(openTask(setting)), ...parameters },
		options,
	);
const requests = () => setting.twin24.log.entries.filter(({ service }) => service === 'contacts');

describe('people of several items', () => {
	test('go together: 1,000 of them in ten requests, one at a time, in their order', async () => {
		const items = leads(1000);
		const result = await add({}, { items });
		expect(errorsOf(result)).toBe('');
		expect(requests()).toHaveLength(10);
		expect(setting.twin24.log.maxInFlight('contacts')).toBe(1);
		expect(setting.twin24.dialler.ledger().sent.map(({ externalId }) => externalId)).toEqual(
			items.map(({ id }) => id),
		);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
	});
	test('yield an item each, which says what TWIN24 answered', async () => {
		setting.twin24.readings.batchAnswer = 'identities';
		const taskId = openTask(setting);
		const { items } = await add(
			{ phone: '={{ $json.phone }}, 8 (800) 555-35-35' },
			{ items: leads(1) },
		);
		const [{ id }] = setting.twin24.dialler.candidates;
		expect(items.map(({ json }) => json)).toEqual([
			{
				taskId,
				externalId: 'lead-0',
				phone: '79001000000',
				phones: ['79001000000', '78005553535'],
				contactId: id,
				response: { id: { identity: id } },
			},
		]);
	});
});
