import { ALL_FIELDS, SIMPLIFIED_FIELDS } from '../../nodes/Twin24/report/catalogue';
import { Setting } from './support/setting';

const FROM = '2026-06-01T00:00:00Z';
const TO = '2026-07-01T00:00:00Z';
const june = { period: 'custom', from: FROM, to: TO };

describe('search', () => {
	let setting: Setting;
	beforeAll(async () => {
		setting = await Setting.open({ calls: 4050, data: { from: FROM, to: TO } });
	});
	afterAll(async () => await setting.close());
	beforeEach(() => setting.twin24.reset());

	test("returns the 4,050 calls of the vendor's example, each once, in at most 6 requests", async () => {
		const { items, error } = await setting.run('search', {
			...june,
			returnAll: true,
			fieldSet: 'all',
		});
		expect(error).toBeUndefined();
		const ids = items.map(({ json }) => json.id);
		expect(new Set(ids).size).toBe(4050);
		expect(items).toHaveLength(4050);
		expect(setting.twin24.log.count('calls')).toBeLessThanOrEqual(6);
		expect(Object.keys(items[0].json)).toEqual(expect.arrayContaining(ALL_FIELDS));
		const byId = new Map(setting.twin24.table.all().map((call) => [call.id, call]));
		for (const { json } of items)
			expect(json.messagesAsString).toBe(byId.get(json.id as string)?.messagesAsString);
	});

	test('returns the newest 50 with the simplified fields unless told otherwise', async () => {
		const { items } = await setting.run('search', june);
		expect(items).toHaveLength(50);
		expect(Object.keys(items[0].json)).toEqual(SIMPLIFIED_FIELDS);
		expect(setting.twin24.log.count('calls')).toBe(1);
		expect(items.every(({ pairedItem }) => (pairedItem as { item: number }).item === 0)).toBe(true);
	});
});
