/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- builds a small house in a folder of its own and runs the linter on it */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

import execa from 'execa';

const REPOSITORY = resolve(__dirname, '../..');
const CONFIG = join(REPOSITORY, '.dependency-cruiser.cjs');
const NODE = 'nodes/Twin24';

/** A file that imports the one that imports it. */
const BACK = 'z';

/** By rule: imports that break it, each as `importing file -> what it imports`. */
const BROKEN: Record<string, string[]> = {
	'no-circles': [`${NODE}/resources/call/x -> ${NODE}/resources/call/${BACK}`],
	'cores-import-nothing-of-the-house': [
		`${NODE}/paging/x -> ${NODE}/polling/y`,
		`${NODE}/paging/x -> ${NODE}/transport/y`,
		`${NODE}/polling/x -> ${NODE}/paging/y`,
		`${NODE}/polling/x -> ${NODE}/report/y`,
		`${NODE}/polling/x -> credentials/y`,
	],
	'cores-know-no-n8n': [`${NODE}/paging/x -> n8n-workflow`, `${NODE}/polling/x -> n8n-workflow`],
	'tools-of-the-node-stand-alone': ['transport', 'files', 'parameters'].flatMap((room) => [
		`${NODE}/${room}/x -> ${NODE}/paging/y`,
		`${NODE}/${room}/x -> ${NODE}/report/y`,
		`${NODE}/${room}/x -> ${NODE}/resources/call/y`,
	]),
	'report-uses-paging-and-transport-only': [
		`${NODE}/report/x -> ${NODE}/parameters/y`,
		`${NODE}/report/x -> ${NODE}/files/y`,
		`${NODE}/report/x -> ${NODE}/polling/y`,
		`${NODE}/report/x -> ${NODE}/resources/call/y`,
		`${NODE}/report/x -> ${NODE}/triggers/calls/y`,
	],
	'published-without-development': [
		`${NODE}/resources/call/x -> tools/emulator/y`,
		`${NODE}/triggers/calls/x -> test/unit/y`,
		'credentials/x -> tools/emulator/y',
	],
	'published-without-dependencies': [
		`${NODE}/resources/call/x -> execa`,
		`${NODE}/transport/x -> node:fs`,
		'credentials/x -> node:http',
	],
	'tools-without-tests': ['tools/scripts/x -> test/unit/y'],
	'packages-are-declared': ['tools/scripts/x -> undeclared', 'test/unit/x -> undeclared'],
};

const ALLOWED = [
	`${NODE}/paging/x -> ${NODE}/paging/y`,
	`${NODE}/report/x -> ${NODE}/paging/y`,
	`${NODE}/report/x -> ${NODE}/transport/y`,
	`${NODE}/parameters/x -> n8n-workflow`,
	`${NODE}/parameters/x -> luxon`,
	`${NODE}/transport/x -> node:crypto`,
	...['report', 'parameters', 'files', 'paging', 'transport'].map(
		(room) => `${NODE}/resources/call/x -> ${NODE}/${room}/y`,
	),
	...['report', 'parameters', 'polling', 'paging', 'transport'].map(
		(room) => `${NODE}/triggers/calls/x -> ${NODE}/${room}/y`,
	),
	`credentials/x -> ${NODE}/transport/y`,
	`tools/scripts/x -> ${NODE}/report/y`,
	'tools/scripts/x -> execa',
	'test/unit/x -> tools/emulator/y',
];

const PACKAGES = ['n8n-workflow', 'luxon', 'execa', 'undeclared'];

/** What the linter finds in a house in which each of these files imports just this: `rule: file -> import`. */
async function violations(imports: string[], kind: 'import' | 'import type'): Promise<string[]> {
	const folder = mkdtempSync(join(tmpdir(), 'twin24-house-'));
	const write = (path: string, content: string) => {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), content);
	};
	try {
		const dependencies = Object.fromEntries(PACKAGES.slice(0, -1).map((name) => [name, '*']));
		write('package.json', JSON.stringify({ dependencies }));
		for (const name of PACKAGES) {
			write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
			write(`node_modules/${name}/index.js`, '');
		}
		const nameOf = new Map<string, string>();
		imports.forEach((arrow, index) => {
			const [from, to] = arrow.split(' -> ');
			const file = `${from}${index}.ts`;
			const up = '../'.repeat(from.split('/').length - 1);
			const target = /^(nodes|credentials|tools|test)\//.test(to) ? `${up}${to}` : to;
			nameOf.set(file, arrow);
			write(file, `${kind} { a } from '${target}';\nexport type B = typeof a;\n`);
			if (to.endsWith(BACK)) {
				const back = `./${basename(file, '.ts')}`;
				write(`${to}.ts`, `import type { B } from '${back}';\nexport const a = 1 as B;\n`);
			} else if (target !== to) write(`${to}.ts`, 'export const a = 1;\n');
		});
		const rooms = ['nodes', 'credentials', 'tools', 'test'];
		for (const room of rooms) write(`${room}/empty.ts`, 'export {};\n');
		const depcruise = join(REPOSITORY, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
		const args = [depcruise, ...rooms, '--config', CONFIG, '--output-type', 'json'];
		const { stdout } = await execa.node(args[0], args.slice(1), { cwd: folder, reject: false });
		const found = JSON.parse(stdout) as {
			summary: { violations: Array<{ from: string; rule: { name: string } }> };
		};
		return found.summary.violations
			.filter(({ from }) => nameOf.has(from))
			.map(({ from, rule }) => `${rule.name}: ${nameOf.get(from)}`);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

const broken = Object.entries(BROKEN).flatMap(([rule, imports]) =>
	imports.map((arrow) => `${rule}: ${arrow}`),
);

describe('npm run lint', () => {
	test.each(['import', 'import type'] as const)(
		'refuses every import that breaks a rule of the house, and no other (%s)',
		async (kind) => {
			const imports = [...Object.values(BROKEN).flat(), ...ALLOWED];
			expect((await violations(imports, kind)).sort()).toEqual([...broken].sort());
		},
	);

	test('has no rule that is not shown to work here', () => {
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- a configuration file, which is JavaScript
		const { forbidden } = require(CONFIG) as { forbidden: Array<{ name: string }> };
		expect(forbidden.map(({ name }) => name)).toEqual(Object.keys(BROKEN));
	});
});
