import { rowsOf, runBench } from '../e2e/support/run-bench';

describe('npm run bench', () => {
	test('measures the node and a bare loop on 2,000 calls, and a CSV file of them', async () => {
		const [compared, files] = rowsOf(
			await runBench('--quick', '--only', 'node,csv,fetch'),
			'2,000',
		);
		const [, latency, node, http, loop, , toLoop, nodeMemory] = compared;
		expect([latency, http]).toEqual(['0', '–']);
		for (const time of [node, loop]) expect(time).toMatch(/^\d+\.\d\d s$/);
		expect(toLoop).toMatch(/^\d+\.\d\d ×$/);
		expect(nodeMemory).toMatch(/^\d+ MB$/);
		for (const figure of files.slice(1)) expect(figure).toMatch(/^[\d.]+ (s|MB)$/);
	});

	test.each([
		[['--calls', 'many'], '"many" is no whole number of 1 or more.'],
		[['--only', 'node,curl'], '"curl" is none of node, csv, http, fetch.'],
		[['--fast'], "Unknown option '--fast'"],
	])('says what is wrong with %j', async (options, message) => {
		await expect(runBench(...options)).rejects.toThrow(message);
	});
});
