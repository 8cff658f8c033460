/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, no-console -- a developer's tool: copies files, runs jest, prints a table */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Takes one rule after another out of the paging core and tells whether its tests notice:
 * `npm run mutate`. Exit code 1 when a rule can be taken out unnoticed. Works on a copy.
 */

interface Mutation {
	rule: string;
	file: string;
	from: string;
	to: string;
}

const MUTATIONS: Mutation[] = [
	{
		rule: 'every page repeats exactly one row',
		file: 'trust.ts',
		from: 'repeats.some((repeated, index) => repeated !== Math.min(index, 1))',
		to: 'false',
	},
	{
		rule: 'pages must agree on the count',
		file: 'trust.ts',
		from: '(agreed(pages) && placesCovered',
		to: '(placesCovered',
	},
	{
		rule: 'pages must cover as many places as the count says',
		file: 'trust.ts',
		from: 'placesCovered(pages) === wanted',
		to: 'true',
	},
	{
		rule: 'the fresher version wins',
		file: 'trust.ts',
		from: 'known === undefined || !isFresher(known, row)',
		to: 'known === undefined || isFresher(known, row)',
	},
	{
		rule: 'pages overlap by a row',
		file: 'reader.ts',
		from: 'return this.limits.pageSize - 1;',
		to: 'return this.limits.pageSize;',
	},
	{
		rule: 'the end of a window is seen',
		file: 'reader.ts',
		from: 'const end = wanted < upTo ? wanted : wanted - 1;',
		to: 'const end = wanted - 1;',
	},
	{
		rule: 'a count of the cap means more',
		file: 'reader.ts',
		from: '(wanted === total && total >= this.countCap)',
		to: 'false',
	},
	{
		rule: 'a count with a cap of its own is noticed',
		file: 'reader.ts',
		from: 'placesCovered(pages) > count && reading.agreed',
		to: 'false',
	},
	{
		rule: 'a count of the page is noticed',
		file: 'reader.ts',
		from: 'this.countIsOfPage = true',
		to: 'this.countIsOfPage = false',
	},
	{
		rule: 'without a total, no further than the cap',
		file: 'reader.ts',
		from: 'offset >= this.limits.cap - 1',
		to: 'false',
	},
	{
		rule: 'a second more is asked at the start',
		file: 'instant.ts',
		from: 'floorSecond(from) - SECOND',
		to: 'floorSecond(from)',
	},
	{
		rule: 'the end is rounded up',
		file: 'instant.ts',
		from: 'to: ceilSecond(to),',
		to: 'to: floorSecond(to),',
	},
	{
		rule: 'rows outside the period are dropped',
		file: 'collect.ts',
		from: "if (where !== 'inside') this.outside.add(row);",
		to: '',
	},
	{
		rule: 'a row comes once across windows (streaming)',
		file: 'collect.ts',
		from: '!seen.has(id) && seen.add(id)',
		to: 'seen.add(id)',
	},
	{
		rule: 'a window that cannot be trusted is cut',
		file: 'explore.ts',
		from: 'return reading.trusted ? leaf(reading.rows)',
		to: 'return !reading.overCap ? leaf(reading.rows)',
	},
	{
		rule: 'a first page is kept only before its last second',
		file: 'explore.ts',
		from: 'floorSecond(timeOf(last, sort.field)) + SECOND',
		to: 'floorSecond(timeOf(last, sort.field))',
	},
	{
		rule: 'a second that cannot be trusted is an error',
		file: 'explore.ts',
		from: 'throw new IncompleteError(floorSecond(window.from), count, byId.size);',
		to: 'return [...byId.values()];',
	},
	{
		rule: 'readings of a second add up only under one count',
		file: 'explore.ts',
		from: 'if (!reading.agreed) continue;',
		to: '',
	},
	{
		rule: 'windows are taken in the order asked for',
		file: 'explore.ts',
		from: "if (sort.direction === 'desc') windows.reverse();",
		to: '',
	},
	{
		rule: 'streaming reads little ahead of the consumer',
		file: 'explore.ts',
		from: 'streaming ? STREAM_AHEAD : Infinity',
		to: 'Infinity',
	},
	{
		rule: 'the result is sorted across windows',
		file: 'order.ts',
		from: 'if (inOrder(rows, sort)) return rows;',
		to: 'return rows;',
	},
	{
		rule: 'no more in flight than allowed',
		file: 'pool.ts',
		from: 'this.running < this.size && ',
		to: '',
	},
	{
		rule: 'what is needed first is asked first',
		file: 'pool.ts',
		from: 'compare(rank, other.rank) < 0',
		to: 'false',
	},
	{ rule: 'a failure ends the search', file: 'pool.ts', from: 'this.close(error);', to: '' },
];

const root = resolve(__dirname, '../..');
const copy = join(root, '.cache', `mutants-${process.pid}`);
const paging = join(copy, 'nodes', 'Twin24', 'paging');

const prepare = () => {
	rmSync(copy, { recursive: true, force: true });
	mkdirSync(copy, { recursive: true });
	for (const path of ['nodes/Twin24/paging', 'test/unit/paging', 'tsconfig.json']) {
		cpSync(join(root, path), join(copy, path), { recursive: true });
	}
	const config = `module.exports = { rootDir: __dirname, testEnvironment: 'node', testTimeout: 120000,
		transform: { '^.+\\\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.json', diagnostics: false }] } };`;
	writeFileSync(join(copy, 'jest.config.js'), config);
};

/** Longer than all tests of paging take, in milliseconds: a mutant that goes round in circles is noticed too. */
const PATIENCE = 180_000;

/** @returns what noticed: the names of the tests that failed */
const run = (): string[] => {
	const output = join(copy, 'result.json');
	const jest = [
		require.resolve('jest/bin/jest'),
		'--json',
		'--outputFile',
		output,
		'--silent',
		'--runInBand',
	];
	const { error } = spawnSync(process.execPath, jest, {
		cwd: copy,
		timeout: PATIENCE,
		killSignal: 'SIGKILL',
	});
	if (error) return ['it went round in circles'];
	const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as {
		testResults: Array<{ assertionResults: Array<{ status: string; title: string }> }>;
	};
	return testResults.flatMap((file) =>
		file.assertionResults.filter(({ status }) => status === 'failed').map(({ title }) => title),
	);
};

prepare();
if (run().length > 0) throw new Error('The tests of paging fail before any mutation');
let unnoticed = 0;
for (const { rule, file, from, to } of MUTATIONS) {
	const path = join(paging, file);
	const source = readFileSync(path, 'utf8');
	if (source.split(from).length !== 2) throw new Error(`"${from}" is not exactly once in ${file}`);
	writeFileSync(path, source.replace(from, to));
	const failed = run();
	writeFileSync(path, source);
	if (failed.length === 0) unnoticed++;
	const property = failed.some((title) => title.startsWith('returns every call'));
	console.log(
		`${failed.length > 0 ? 'noticed  ' : 'UNNOTICED'}  ${rule} (${failed.length} failed${property ? ', the property among them' : ''})`,
	);
}
rmSync(copy, { recursive: true, force: true });
console.log(`${MUTATIONS.length - unnoticed} passed, ${unnoticed} failed`);
process.exitCode = unnoticed > 0 ? 1 : 0;
