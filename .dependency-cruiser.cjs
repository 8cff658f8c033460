const { join } = require('node:path');

/**
 * Who may import whom, as "The house" in CONTRIBUTING.md and docs/architecture.md tells it. `npm run lint` checks it;
 * test/unit/house.test.ts shows for each rule that it is noticed when it is broken. Imports of types count too.
 */

const PUBLISHED = '^(nodes|credentials)/';
const ROOM = '^nodes/Twin24/$1/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		{
			name: 'no-circles',
			comment: 'Two files that need each other are one, or the third that both need is missing.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'cores-import-nothing-of-the-house',
			comment: 'paging/ and polling/ know neither the vendor nor each other.',
			severity: 'error',
			from: { path: '^nodes/Twin24/(paging|polling)/' },
			to: { path: PUBLISHED, pathNot: ROOM },
		},
		{
			name: 'cores-know-no-n8n',
			comment: 'paging/ and polling/ are plain TypeScript: no n8n, no HTTP.',
			severity: 'error',
			from: { path: '^nodes/Twin24/(paging|polling)/' },
			to: { path: '(^|/)node_modules/n8n-' },
		},
		{
			name: 'tools-of-the-node-stand-alone',
			comment: 'transport/, files/ and parameters/ are used by the others and use none of them.',
			severity: 'error',
			from: { path: '^nodes/Twin24/(transport|files|parameters)/' },
			to: { path: PUBLISHED, pathNot: ROOM },
		},
		{
			name: 'report-uses-paging-and-transport-only',
			comment:
				'report/ knows how the calls report is asked, not who asks or with which parameters.',
			severity: 'error',
			from: { path: '^nodes/Twin24/report/' },
			to: { path: PUBLISHED, pathNot: '^nodes/Twin24/(report|paging|transport)/' },
		},
		{
			name: 'published-without-development',
			comment: 'What is published works without test/ and tools/, which are not.',
			severity: 'error',
			from: { path: PUBLISHED },
			to: { path: '^(test|tools|docs|examples)/' },
		},
		{
			name: 'published-without-dependencies',
			comment:
				'The host n8n provides n8n-workflow and luxon, Node crypto; verification allows no others.',
			severity: 'error',
			from: { path: PUBLISHED },
			to: {
				pathNot: [
					'^(nodes|credentials|test|tools|docs|examples)/',
					'(^|/)node_modules/(@types/)?(n8n-workflow|luxon)/',
					'^(node:)?crypto$',
				],
			},
		},
		{
			name: 'tools-without-tests',
			comment: 'What tests share with bench and scripts stands in tools/.',
			severity: 'error',
			from: { path: '^tools/' },
			to: { path: '^test/' },
		},
		{
			name: 'packages-are-declared',
			comment: 'Whatever is imported stands in package.json, and is there.',
			severity: 'error',
			from: {},
			to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsPreCompilationDeps: true,
		// tools/n8n-host/package.json is that of another package, the pinned n8n.
		combinedDependencies: true,
		tsConfig: { fileName: join(__dirname, 'tsconfig.json') },
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['require', 'node', 'types', 'default'],
		},
	},
};
