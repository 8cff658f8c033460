const { appendFileSync } = require('node:fs');

/** Adds a line "passed failed skipped" to the file named by TWIN24_TEST_COUNTS: several runs of jest make one sum. */
module.exports = class CountReporter {
	onRunComplete(_contexts, results) {
		const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
		const line = [results.numPassedTests, failed, results.numPendingTests].join(' ');
		appendFileSync(process.env.TWIN24_TEST_COUNTS, `${line}\n`);
	}
};
