const { TestEnvironment } = require('jest-environment-node');

const slow = new Set(JSON.parse(process.env.MUTATE_SLOW ?? '[]'));

/** The mutant that a test has seen already. Outside of the tests' own modules, so that all files share it. */
let seen;

/**
 * Skips the slow tests, and what is left once a test has failed: Jest's own `bail` is not to be had where
 * Stryker calls it.
 */
module.exports = class extends TestEnvironment {
	async handleTestEvent({ name, test }) {
		if (name === 'test_start' && slow.has(fullNameOf(test))) test.mode = 'skip';
		const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
		if (mutant === undefined) return;
		if (name === 'test_fn_failure') seen = mutant;
		if (name === 'test_start' && seen === mutant) test.mode = 'skip';
	}
};

/** As Jest's reports have it; the outermost of the blocks is Jest's own. */
const fullNameOf = ({ name, parent }) => (parent?.parent ? `${fullNameOf(parent)} ${name}` : name);
