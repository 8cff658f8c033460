import { probed, RICH } from './support';
import { EXIT_CODES } from '../../../../tools/probe/stop';
import { markdown } from '../../../../tools/probe/report';

describe('a probe that cannot go on', () => {
	it('says so of a wrong password, after one login and never a second', async () => {
		const { result, emulator } = await probed({}, RICH, {}, (twin24) => twin24.accounts.splice(0));
		expect(result).toMatchObject({
			ending: 'wrongPassword',
			sentence: 'TWIN24 refuses this e-mail and password (401).',
			readings: {},
		});
		expect(emulator.log.entries.filter(({ method }) => method === 'POST')).toHaveLength(1);
		expect(emulator.log.count('calls')).toBe(0);
	});

	it.each([401, 402, 403])(
		'says so of an account that may not read the report (%d)',
		async (status) => {
			const { result } = await probed({}, RICH, {}, ({ faults }) =>
				faults.add({ kind: 'status', status, service: 'calls' }),
			);
			expect(result).toMatchObject({
				ending: 'noAccess',
				sentence: `TWIN24 does not let this user read the calls report (${status}).`,
				readings: { hosts: 'both', loginPassword: 'plain' },
			});
		},
	);

	it('finds in an empty account what rests on no rows', async () => {
		const { result } = await probed({ emptyItems: 'null', fieldsRequired: true }, { calls: 0 });
		expect(result).toMatchObject({
			ending: 'emptyAccount',
			sentence: 'The account has no calls: what rests on rows stays open.',
			readings: {
				emptyItems: 'null',
				fieldsRequired: true,
				unknownField: 'error',
				pastCap: 'error',
			},
		});
		expect(result.readings).not.toHaveProperty('from');
	});

	it.each([
		['errors', { kind: 'status', status: 503 } as const],
		['cut connections', { kind: 'reset' } as const],
		['half an answer', { kind: 'cutOff' } as const],
	])('keeps what was found until the API breaks off with %s', async (_what, fault) => {
		let calls = 0;
		const { result, emulator } = await probed({ fieldsRequired: true }, RICH, {}, ({ faults }) =>
			faults.add({ ...fault, match: (_query, { service }) => service === 'calls' && ++calls > 8 }),
		);
		expect(result.ending).toBe('brokeOff');
		expect(result.sentence).toMatch(/^The API broke off: .*, 3 times in a row\.$/);
		expect(result.readings).toMatchObject({ fieldsRequired: true, hosts: 'both' });
		expect(emulator.log.count('calls')).toBe(8 + 3);
		expect(markdown(result, '0')).toContain(`**It ended early.** ${result.sentence}`);
	});

	it('keeps what was found when pages that are asked for at once are cut', async () => {
		// The four single pages before them ask alike.
		let alike = 0;
		const { result } = await probed({}, RICH, {}, ({ faults }) =>
			faults.add({
				kind: 'reset',
				match: ({ fields, limit, from, sort }, { service }) =>
					service === 'calls' &&
					fields === 'id' &&
					limit === '1000' &&
					from === undefined &&
					sort === 'createdAt' &&
					++alike > 4,
			}),
		);
		expect(result).toMatchObject({
			ending: 'brokeOff',
			sentence: 'Of 4 requests at once, not all were answered.',
			readings: { from: 'inclusive' },
		});
	});

	it('is not misled by a gate that asks for a token everywhere', async () => {
		const gate = { kind: 'status', status: 401, service: 'other' } as const;
		const { result } = await probed({ hosts: 'oneHost' }, { calls: 0 }, {}, ({ faults }) =>
			faults.add(gate),
		);
		expect(result).toMatchObject({ ending: 'emptyAccount', readings: { hosts: 'oneHost' } });
	});

	it('passes over one failure', async () => {
		const { result } = await probed({}, RICH, {}, ({ faults }) =>
			faults.add({ kind: 'status', status: 502, times: 1, service: 'calls' }),
		);
		expect(result.ending).toBe('whole');
	});

	it('says so when nobody is there', async () => {
		const { result } = await probed({}, RICH, {
			account: { email: 'a', password: 'b', host: 'http://127.0.0.1:9' },
		});
		expect(result).toMatchObject({ ending: 'brokeOff', readings: {} });
	});

	it('has an exit code of its own for each', () => {
		const codes = Object.values(EXIT_CODES);
		expect(new Set(codes).size).toBe(codes.length);
		expect(EXIT_CODES.whole).toBe(0);
	});
});

describe('what a probe sends', () => {
	it('is one login and otherwise GETs, no more than the budget, one at a time but for one look at 4', async () => {
		const { result, emulator } = await probed();
		const { log } = emulator;
		expect(log.entries.filter(({ method }) => method !== 'GET').map(({ path }) => path)).toEqual([
			expect.stringMatching(/\/auth\/login$/),
		]);
		expect(log.entries).toHaveLength(result.requests.length);
		expect(log.maxInFlight()).toBeLessThanOrEqual(4);
	});

	it('ends at its budget with what was found until then', async () => {
		const { result, emulator } = await probed({}, RICH, { budget: 20 });
		expect(emulator.log.entries).toHaveLength(20);
		expect(result.sentence).toBe('The budget of requests is used up.');
		expect(result.readings).toHaveProperty('maxPageSize', 1000);
	});
});
