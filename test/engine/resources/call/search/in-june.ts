import type { INodeParameters } from 'n8n-workflow';

import type { Call, Readings } from '../../../../../tools/emulator';
import { Setting } from '../../../support/setting';

export const FROM = '2026-06-01T00:00:00Z';
export const TO = '2026-07-01T00:00:00Z';
export const SIZE = 1500;
export const june = { period: 'custom', from: FROM, to: TO, returnAll: true };

/** What the searches of a test run in; opened by `open`, closed by `close`. */
export let setting: Setting;
/** All calls that there are. */
export let calls: Call[];

/** Opens an emulator at an address of its own, so that nothing that the node has learned of another counts. */
export const open = async (readings: Partial<Readings> = {}) => {
	setting = await Setting.open({ calls: SIZE, data: { from: FROM, to: TO }, readings });
	calls = setting.twin24.table.all();
};
export const close = async () => await setting.close();

export const search = async (parameters: INodeParameters = {}, timezone?: string) =>
	await setting.run(
		'search',
		{ ...june, fieldSet: 'selected', fields: ['id'], ...parameters },
		{ timezone },
	);

/** The ids of the calls that a search finds, in its order. */
export const found = async (parameters: INodeParameters = {}, timezone?: string) => {
	const { items, error } = await search(parameters, timezone);
	expect(error).toBeUndefined();
	return items.map(({ json }) => json.id as string);
};

export const filtered = async (filters: INodeParameters) => await found({ filters });

export const newestFirst = (a: Call, b: Call) => Date.parse(b.createdAt) - Date.parse(a.createdAt);

/**
 * The ids of the calls in the emulator's own table that match, for comparison with those found. There must be some, or
 * a search that finds nothing would do.
 */
export const inTable = (matches: (call: Call) => boolean) => {
	const matching = calls.filter(matches).map(({ id }) => id);
	expect(matching).not.toEqual([]);
	return matching.sort();
};

export const requests = () => setting.twin24.log.count('calls');
