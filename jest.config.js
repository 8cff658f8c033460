/** Three kinds of test: `unit` (no n8n), `engine` (real n8n-core over HTTP), `e2e` (real n8n, real browser). */
const project = (name, extra = {}) => ({
	displayName: name,
	rootDir: __dirname,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	testEnvironment: 'node',
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.json', diagnostics: false }] },
	...extra,
});

module.exports = {
	testTimeout: 120_000,
	projects: [project('unit'), project('engine'), project('e2e')],
};
