import { rowsOf, runBench } from './support/run-bench';

/** The benchmark fails by itself unless every lane brings the very 2,000 calls; how long they take is not asked here. */
test('npm run bench -- --quick measures every lane to its end', async () => {
	const [compared, files] = rowsOf(await runBench('--quick'), '2,000');

	for (const figure of [...compared.slice(2), ...files.slice(1)])
		expect(figure).toMatch(/^[\d.]+ (s|×|MB)$/);
});
