/** The tests that are run for each mutant of one module: see tools/scripts/mutate.ts, which names them. */
const { projects, testTimeout } = require('./jest.config.js');

const { displayName, ...unit } = projects.find(({ displayName }) => displayName === 'unit');
const tests = JSON.parse(process.env.MUTATE_TESTS ?? '[]');

module.exports = {
	...unit,
	testTimeout,
	rootDir: __dirname,
	// Searched anew for each mutant, so no more of it than needed.
	roots: ['nodes', 'credentials', 'tools/emulator', 'test/unit'].map((part) => `<rootDir>/${part}`),
	testMatch: tests.map((test) => `<rootDir>/test/unit/${test}`),
	testEnvironment: require.resolve('./tools/scripts/mutate/environment.cjs'),
	setupFiles: ['<rootDir>/tools/scripts/mutate/properties.cjs'],
};
