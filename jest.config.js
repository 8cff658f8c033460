/**
 * Four kinds of test: `unit` (no n8n), `engine` (real n8n-core over HTTP), `e2e` (real n8n, real browser),
 * `queue` (n8n in queue mode with Redis and Postgres).
 */
const project = (name, extra = {}) => ({
	displayName: name,
	rootDir: __dirname,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	testEnvironment: 'node',
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	transform: {
		'^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.json', diagnostics: false }],
	},
	...extra,
});

// .ci/run sums up what the several runs of jest found.
const counting = process.env.TWIN24_TEST_COUNTS
	? ['<rootDir>/test/support/count-reporter.cjs']
	: [];

module.exports = {
	reporters: ['default', ...counting],
	testTimeout: 120_000,
	projects: [
		project('unit', { setupFiles: ['<rootDir>/test/support/properties.cjs'] }),
		project('engine'),
		project('e2e'),
		project('queue'),
	],
};
