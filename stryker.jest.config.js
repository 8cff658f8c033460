/** The tests that are run for each mutant of one module: see tools/scripts/mutate.ts, which names them. */
const { projects } = require('./jest.config.js');

const { displayName, ...unit } = projects.find(({ displayName }) => displayName === 'unit');
const tests = JSON.parse(process.env.MUTATE_TESTS ?? '[]');

module.exports = {
	...unit,
	// What waits for ever fails soon, so that Stryker need not start Jest anew after a time-out of its own.
	testTimeout: 5000,
	rootDir: __dirname,
	// Searched anew for each mutant, so no more of it than needed.
	roots: ['nodes', 'credentials', 'tools/emulator', 'test/unit', 'test/support'].map(
		(part) => `<rootDir>/${part}`,
	),
	testMatch: tests.map((test) => `<rootDir>/test/unit/${test}`),
	testEnvironment: require.resolve('./tools/scripts/mutate/environment.cjs'),
	setupFiles: [...unit.setupFiles, '<rootDir>/tools/scripts/mutate/properties.cjs'],
};
