import type { INodeParameters } from 'n8n-workflow';

import type { FaultKind } from '../../../../tools/emulator/faults';
import { DEFAULT_READINGS, READINGS } from '../../../../tools/emulator/readings';
import type { Readings } from '../../../../tools/emulator/readings';
import { Setting } from '../../support/setting';
import { byId, doneOf, errorsOf, leadParameters, leads, ledgerOf, openTask } from './contacts';

let setting: Setting;
beforeAll(async () => {
	setting = await Setting.open({ calls: 10 });
});
afterAll(async () => await setting.close());
beforeEach(async () => await setting.reset());

/** What the facts leave unsure about people and tasks, each in every reading that the emulator has. */
const SWITCHES = [
	'batchAnswer',
	'duplicates',
	'badNumber',
	'badNumberStatus',
	'checkPhone',
	'overCeiling',
	'addToStopped',
	'forceStartWakes',
	'timezoneUnit',
	'tasksShape',
	'controlStatus',
	'hosts',
	'idlePlay',
	'finishedStatus',
] as const satisfies ReadonlyArray<keyof Readings>;

const readings = SWITCHES.flatMap((name) =>
	READINGS[name].values.map((value) => [name, value] as const),
);

/** What happens to the second request. */
const FAULTS: Array<[string, FaultKind | undefined]> = [
	['nothing', undefined],
	['a 400', { kind: 'status', status: 400 }],
	['a 500', { kind: 'status', status: 500 }],
	['a cut-off answer', { kind: 'cutOff' }],
];

describe.each(readings)('where %s is %s', (name, value) => {
	test.each(FAULTS)(
		'and with %s, everybody is added once or has an error that names them',
		async (_what, fault) => {
			Object.assign(setting.twin24.readings, DEFAULT_READINGS, { batchCeiling: 4, [name]: value });
			const isOneHost = value === 'oneHost';
			const credential = isOneHost
				? setting.credential({
						hostUrl: setting.twin24.url,
						baseUrl: '',
						authUrl: '',
						tasksUrl: '',
						botsUrl: '',
					})
				: setting.credential();
			if (fault)
				setting.twin24.faults.add({
					...fault,
					service: 'contacts',
					skip: 2,
					times: 1,
					carriedOut: fault.kind !== 'status' || fault.status >= 500,
				});
			const items = leads(12);
			const parameters: INodeParameters = {
				...leadParameters,
				taskId: byId(openTask(setting)),
				options: { batchSize: 5, timezone: '+05:00' },
			};
			const result = await setting.run('addToTask', parameters, {
				items,
				continueOnFail: true,
				credentials: { twin24Api: credential },
			});
			const { timesSent, accepted } = ledgerOf(setting);
			for (const times of timesSent.values()) expect(times).toBeLessThanOrEqual(1);
			const done = doneOf(result);
			for (const { id } of items) {
				const isTold = errorsOf(result).includes(`"${String(id)}"`);
				expect([id, done.includes(String(id)) !== isTold]).toEqual([id, true]);
			}
			// Nobody counts as added who was not.
			for (const id of done) expect(accepted).toContain(id);
		},
	);
});
