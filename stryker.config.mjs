/** For one module, that tools/scripts/mutate.ts names: `npm run mutate`. */
const name = process.env.MUTATE_MODULE;

export default {
	testRunner: 'jest',
	// Related tests would be those of all that uses the module, too, every file loaded anew for every mutant.
	jest: { configFile: 'stryker.jest.config.js', enableFindRelatedTests: false },
	coverageAnalysis: 'perTest',
	mutate: [`nodes/Twin24/${name}.ts`],
	ignorePatterns: ['dist', 'docs', 'examples', 'test/e2e', 'test/engine', 'test/queue'],
	reporters: ['clear-text', 'html', 'json', 'progress'],
	htmlReporter: { fileName: `reports/mutation/${name}.html` },
	jsonReporter: { fileName: `reports/mutation/${name}.json` },
	clearTextReporter: { logTests: false, allowColor: false, reportTests: false },
	tempDirName: '.stryker-tmp',
	// What is left of a run that failed would be linted, too.
	cleanTempDir: 'always',
	concurrency: 1,
	// A mutant whose failure nobody awaits must not end the process in which the tests run.
	testRunnerNodeArgs: ['--unhandled-rejections=warn'],
	timeoutMS: 5_000,
};
