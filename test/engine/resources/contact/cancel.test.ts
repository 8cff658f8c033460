import { Setting } from '../../support/setting';
import { byId, errorsOf, leadParameters, leads, openTask } from './contacts';

let setting: Setting;
beforeAll(async () => {
	setting = await Setting.open({ calls: 10 });
});
afterAll(async () => await setting.close());
beforeEach(async () => await setting.reset());

const cancel = async (phone: string) =>
	await setting.run('cancel', { resource: 'contact', taskId: byId(openTask(setting)), phone });

test.each([200, 204] as const)(
	'a number is not dialled any more (HTTP %i)',
	async (controlStatus) => {
		setting.twin24.readings.controlStatus = controlStatus;
		const taskId = byId(openTask(setting));
		await setting.run('addToTask', { ...leadParameters, taskId }, { items: leads(2) });
		const { items } = await cancel('8 900 100-00-00');
		expect(items.map(({ json }) => json)).toEqual([
			{ taskId: taskId.value, phone: '79001000000', response: null },
		]);
		await setting.run('start', { resource: 'task', taskId });
		expect(setting.twin24.dialler.advance(5).map(({ phone }) => phone)).toEqual(['79001000001']);
	},
);

test('after an unknown outcome the error says that cancelling again does no harm', async () => {
	setting.twin24.faults.add({ kind: 'status', status: 500, service: 'contacts' });
	const result = await cancel('+7 900 100-00-00');
	expect(errorsOf(result)).toContain(
		'The number 79001000000 may or may not be dialled still. Cancel it again: doing so twice does no harm.',
	);
	expect(setting.twin24.log.count('contacts')).toBe(1);
});
