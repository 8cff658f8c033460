import { rowsOf, runBench } from './support/run-bench';

describe('npm run bench', () => {
	// The benchmark fails unless the very 2,000 calls come: so this shows too that the credential works in that node.
	test("reads 2,000 calls with n8n's own HTTP Request node and the credential", async () => {
		const [compared] = rowsOf(await runBench('--quick', '--only', 'http,fetch'), '2,000');
		const [, , node, http, loop] = compared;
		expect(node).toBe('–');
		for (const time of [http, loop]) expect(time).toMatch(/^\d+\.\d\d s$/);
	});
});
