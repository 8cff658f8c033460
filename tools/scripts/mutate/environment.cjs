const { TestEnvironment } = require('jest-environment-node');

/** The mutant that a test has seen already. Outside of the tests' own modules, so that all files share it. */
let seen;

/** Skips what is left once a test has failed: Jest's own `bail` is not to be had where Stryker calls it. */
module.exports = class extends TestEnvironment {
	async handleTestEvent({ name, test }) {
		const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
		if (mutant === undefined) return;
		if (name === 'test_fn_failure') seen = mutant;
		if (name === 'test_start' && seen === mutant) test.mode = 'skip';
	}
};
