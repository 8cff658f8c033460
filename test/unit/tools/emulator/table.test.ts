import * as fc from 'fast-check';

import { DataSet } from '../../../../tools/emulator/data/data-set';
import { CallTable } from '../../../../tools/emulator/table/call-table';
import { PERIOD_FIELDS } from '../../../../nodes/Twin24/report/catalogue';
import { runs } from '../../../support/runs';

const NOW = new Date('2025-03-10T12:00:00Z');
const period = { from: '2025-03-01T00:00:00Z', to: '2025-03-08T00:00:00Z' };

const data = (size: number, options = {}) =>
	new DataSet(size, { ...period, ...options }, 'http://records', NOW);
const table = (size: number, options = {}) => new CallTable(data(size, options), () => NOW);

describe('the data set', () => {
	it('is the same for the same seed, and another for another', () => {
		expect(table(200, { seed: 5 }).all()).toEqual(table(200, { seed: 5 }).all());
		expect(table(200, { seed: 5 }).all()).not.toEqual(table(200, { seed: 6 }).all());
	});

	it('never gives two calls one ID', () => {
		const set = data(200_000);
		const found = new Set<string>();
		for (let row = 0; row < set.size; row++) found.add(set.id(row));
		expect(found.size).toBe(set.size);
	});

	it('looks like calls', () => {
		const all = table(5000).all();
		for (const call of all) {
			expect(call.id).toMatch(
				/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
			);
			expect(call.createdAt).toMatch(/^2025-03-0\dT\d\d:\d\d:\d\d\.000000Z$/);
			expect(call.updatedAt >= call.createdAt).toBe(true);
			expect(call.price).toMatch(/^\d+\.\d\d$/);
			expect(call.phone).toMatch(/^79\d{9}$/);
			expect(call.botDuration + call.operatorDuration).toBe(call.duration);
			if (call.status === 'SCHEDULED') expect(call.startedAt).toBeNull();
			else expect((call.startedAt ?? '') >= call.createdAt).toBe(true);
			if (call.recordPath)
				expect(call.recordPath).toMatch(
					/^http:\/\/records\/records\/\/1758\/2025\/03\/0\d\/[0-9a-f-]+\.mp3$/,
				);
			expect(call.recordPath === null).toBe(call.status !== 'ANSWERED');
			expect(Object.keys(call)).toHaveLength(30);
		}
		const text = all.map(({ messagesAsString }) => messagesAsString).join('');
		for (const sign of ['"', '\n', ';', '«', '👍', '\\']) expect(text).toContain(sign);
		expect(new Set(all.map(({ status }) => status)).size).toBe(17);
		for (const name of ['externalId', 'nps', 'markers', 'dialogResults'] as const)
			expect(all.some((call) => call[name] === null)).toBe(true);
	});

	it('stays within its period, and has the ties asked for', () => {
		const all = table(3000, {
			ties: [
				{ count: 1000, at: '2025-03-02T10:00:00Z' },
				{ count: 500, at: '2025-03-03T10:00:00Z' },
			],
		}).all();
		const times = all.map(({ createdAt }) => createdAt).sort();
		expect(times[0] >= '2025-03-01T00:00:00').toBe(true);
		expect(times[2999] <= '2025-03-08T00:00:00.000000Z').toBe(true);
		const at = (time: string) => times.filter((other) => other === time).length;
		expect(at('2025-03-02T10:00:00.000000Z')).toBeGreaterThanOrEqual(1000);
		expect(at('2025-03-03T10:00:00.000000Z')).toBeGreaterThanOrEqual(500);
	});

	it('may have digits after the second, and a period of one instant', () => {
		const fine = table(50, { fractionalSeconds: true }).all();
		expect(fine.some(({ createdAt }) => !createdAt.endsWith('.000000Z'))).toBe(true);
		const instant = table(50, { from: period.from, to: period.from }).all();
		expect(new Set(instant.map(({ createdAt }) => createdAt))).toEqual(
			new Set(['2025-03-01T00:00:00.000000Z']),
		);
	});

	it('refuses a period that ends before it begins', () => {
		expect(() => data(1, { from: period.to, to: period.from })).toThrow(RangeError);
	});
});

describe('the table', () => {
	it('fills in what an inserted call leaves out', () => {
		const calls = table(0);
		const [call] = calls.insert({ id: 'mine', status: 'BUSY' });
		expect(call).toMatchObject({
			id: 'mine',
			status: 'BUSY',
			createdAt: '2025-03-10T12:00:00.000000Z',
		});
		expect(calls.find('mine')).toEqual(call);
	});

	it('moves updatedAt with a change unless told otherwise', () => {
		const calls = table(1);
		const [{ id }] = calls.all();
		expect(calls.update(id, { nps: '5' })).toMatchObject({
			nps: '5',
			updatedAt: '2025-03-10T12:00:00.000000Z',
		});
		expect(calls.update(id, { updatedAt: '2025-03-09T00:00:00.000000Z' }).updatedAt).toBe(
			'2025-03-09T00:00:00.000000Z',
		);
	});

	it('refuses a second call with one ID, a change of none, and a time that is none', () => {
		const calls = table(0);
		calls.insert({ id: 'a' });
		expect(() => calls.insert({ id: 'a' })).toThrow('already');
		expect(() => calls.update('b', {})).toThrow('no call b');
		expect(() => calls.remove('b')).toThrow('no call b');
		expect(() => calls.insert({ createdAt: 'вчера' })).toThrow('Not a time');
	});

	it('can be replaced as a whole', () => {
		const calls = table(5);
		calls.replaceAll([{ id: 'x' }, { id: 'y' }]);
		expect([calls.size, calls.all().map(({ id }) => id)]).toEqual([2, ['x', 'y']]);
	});

	it('keeps its indexes in order through every change', () => {
		const change = fc.record({
			act: fc.constantFrom('insert', 'update', 'remove', 'arrive'),
			at: fc.nat(30),
			second: fc.nat(5),
		});
		fc.assert(
			fc.property(fc.nat(20), fc.array(change, { maxLength: 30 }), (size, changes) => {
				const calls = table(size, { ties: 5 });
				for (const field of PERIOD_FIELDS) calls.index(field);
				for (const { act, at, second } of changes) {
					const time = `2025-03-04T12:00:0${second}.000000Z`;
					const all = calls.all();
					if (act === 'insert')
						calls.insert({ createdAt: time, startedAt: at % 3 === 0 ? null : time });
					else if (act === 'arrive') calls.arrive(1);
					else if (all.length > 0) {
						const { id } = all[at % all.length];
						if (act === 'remove') calls.remove(id);
						else calls.update(id, { startedAt: at % 3 === 0 ? null : time });
					}
				}
				const all = calls.all();
				expect(calls.size).toBe(all.length);
				for (const field of PERIOD_FIELDS) {
					const index = calls.index(field);
					const found = Array.from(
						index.rows.subarray(0, index.length),
						(slot) => calls.at(slot)[field],
					);
					expect(found).toEqual(
						all
							.map((call) => call[field])
							.filter((time) => time !== null)
							.sort(),
					);
				}
			}),
			runs(200),
		);
	});
});
