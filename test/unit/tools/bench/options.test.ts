/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test on the developer machine, never published */
import { resolve } from 'node:path';

import { readOptions } from '../../../../tools/bench/options';

describe('the options of npm run bench', () => {
	it('pick rows of the large table: what is not said is as usual', () => {
		const { works, rounds, write } = readOptions(['--calls', '50000', '--fields', 'all']);

		expect(works.map(({ calls, fieldSet, latency }) => [calls, fieldSet, latency])).toEqual([
			[50_000, 'all', 0],
			[50_000, 'all', 50],
			[50_000, 'all', 150],
		]);
		expect({ rounds, write }).toEqual({ rounds: 3, write: false });
	});

	it('name a file of readings, wherever the bench is started', () => {
		expect(readOptions(['--readings', 'probe-result.json']).readings).toBe(
			resolve('probe-result.json'),
		);
	});

	it('leave out works for which no lane is left', () => {
		const { works } = readOptions(['--quick', '--only', 'csv']);

		expect(works).toEqual([{ calls: 2000, fieldSet: 'all', latency: 0, lanes: ['csv'] }]);
	});

	it.each([
		[['--calls', 'many'], '"many" is no whole number of 1 or more.'],
		[['--only', 'node,curl'], '"curl" is none of '],
		[['--fast'], "Unknown option '--fast'"],
	])('that make no sense are refused with the usage: %j', (args, message) => {
		expect(() => readOptions(args)).toThrow(message);
		expect(() => readOptions(args)).toThrow('Usage: npm run bench');
	});
});
