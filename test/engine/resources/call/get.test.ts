import { randomUUID } from 'crypto';

import { Setting } from '../../support/setting';

/** A call reaches the report some time after it ended, and its event comes before. */
describe('get with "Wait Minutes"', () => {
	let setting: Setting;

	beforeAll(async () => {
		setting = await Setting.open({ calls: 20 });
	});
	afterEach(async () => await setting.reset());
	afterAll(async () => await setting.close());

	/** Puts the call into the report once it has been asked for in vain. */
	const arriveLate = async (id: string): Promise<void> => {
		while (setting.twin24.log.count('calls') === 0) await new Promise(setImmediate); // eslint-disable-line @n8n/community-nodes/no-restricted-globals -- waits for a state, turn by turn
		setting.twin24.table.insert([
			{ id, createdAt: new Date().toISOString(), status: 'ANSWERED', externalId: 'late' },
		]);
	};

	test('asks again until the call has reached the report', async () => {
		const id = randomUUID();
		const [{ items, error }] = await Promise.all([
			setting.run('get', { callId: id, options: { waitMinutes: 1 } }),
			arriveLate(id),
		]);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => [json.id, json.externalId])).toEqual([[id, 'late']]);
	});

	test('asks again only for those of many that are missing, each with its own item', async () => {
		const id = randomUUID();
		const known = setting.twin24.table.all().slice(0, 3);
		const ids = [known[0].id, id, known[1].id, known[2].id];
		const [{ items }] = await Promise.all([
			setting.run(
				'get',
				{ callId: '={{ $json.call }}', options: { waitMinutes: 1 } },
				{ items: ids.map((call) => ({ call })) },
			),
			arriveLate(id),
		]);
		expect(items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual(
			ids.map((call, item) => [call, { item }]),
		);
		const asked = setting.twin24.log.entries
			.filter(({ service }) => service === 'calls')
			.map(({ query }) => String(query.id));
		expect(asked.at(-1)).toBe(id);
	});

	test('without it a call that is not known is an error at once', async () => {
		const { error } = await setting.run('get', { callId: randomUUID() });
		expect(error?.message).toMatch(/names no call: TWIN24 does not know/);
		expect(setting.twin24.log.count('calls')).toBe(1);
	});
});
