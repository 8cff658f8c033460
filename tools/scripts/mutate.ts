/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on the developer's machine, never published */
/**
 * Mutation testing, module by module: `npm run mutate`, or for a part `npm run mutate -- paging transport/limiter`.
 * Of each module the tests of its own are run, so that a mutant takes a second or two instead of a minute.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

import execa from 'execa';

import { REPOSITORY, say } from '../n8n-host';

const FOLDERS = ['paging', 'transport', 'polling'];

/** Milliseconds. */
const SLOW = 1000;

/** The tests of modules that have none of their name: those of what they are a part of. */
const TESTED_BY: Record<string, string[]> = {
	'paging/collect': ['paging/guarantees.test.ts', 'paging/clocks.property.test.ts'],
	'paging/count': ['paging/guarantees.test.ts'],
	'transport/dispatch': ['transport/request.test.ts'],
	'transport/failure': ['transport/request.test.ts'],
	'transport/loginError': ['transport/login.test.ts'],
	'transport/settled': ['transport/request.test.ts'],
};

/** What is read of Stryker's JSON. */
interface Report {
	files: Record<string, { mutants: Array<{ status: string }> }>;
}

/** What is read of Jest's JSON. */
interface TestRun {
	testResults: Array<{ assertionResults: Array<{ fullName: string; duration?: number | null }> }>;
}

/** Mutants of one module by what became of them. */
interface Score {
	seen: number;
	all: number;
	seconds: number;
}

async function main(): Promise<void> {
	const asked = process.argv.slice(2);
	const scores: Record<string, Score> = {};
	for (const name of (asked.length > 0 ? asked : FOLDERS).flatMap(modulesOf)) {
		const tests = testsOf(name);
		if (tests.length === 0) {
			say(`${name}: no tests of its own here`);
			continue;
		}
		const startedAt = Date.now();
		const env = { MUTATE_MODULE: name, MUTATE_TESTS: JSON.stringify(tests), PROPERTY_RUNS: '20' };
		const MUTATE_SLOW = JSON.stringify(await slowTests(env));
		await execa('stryker', ['run'], {
			cwd: REPOSITORY,
			preferLocal: true,
			env: { ...env, MUTATE_SLOW },
			stdio: 'inherit',
		});
		scores[name] = { ...scoreOf(name), seconds: Math.round((Date.now() - startedAt) / 1000) };
	}
	for (const [name, { seen, all, seconds }] of Object.entries(scores))
		say(`${name}: ${seen} of ${all} mutants seen in ${seconds} s`);
}

/** @param name a folder, or a module as `folder/module` */
function modulesOf(name: string): string[] {
	if (!FOLDERS.includes(name)) return [name];
	return readdirSync(join(REPOSITORY, 'nodes/Twin24', name))
		.filter((file) => file.endsWith('.ts'))
		.map((file) => posix.join(name, file.slice(0, -'.ts'.length)));
}

/** Relative to test/unit. */
function testsOf(name: string): string[] {
	const own = [`${name}.test.ts`, `${name}.property.test.ts`];
	const found = own.filter((test) => existsSync(join(REPOSITORY, 'test/unit', test)));
	return [...found, ...(TESTED_BY[name] ?? [])];
}

/**
 * The full names of tests that take longer than a mutant's share. They are left out: of a mutant that
 * only they would see it is said that nothing does.
 */
async function slowTests(env: Record<string, string>): Promise<string[]> {
	const command = ['--config', 'stryker.jest.config.js', '--json'];
	const { stdout } = await execa('jest', command, { cwd: REPOSITORY, preferLocal: true, env });
	const { testResults } = JSON.parse(stdout) as TestRun;
	return testResults
		.flatMap(({ assertionResults }) => assertionResults)
		.filter(({ duration }) => (duration ?? 0) > SLOW)
		.map(({ fullName }) => fullName);
}

/** Time-outs count as seen: most of them are loops without end. */
function scoreOf(name: string): Pick<Score, 'seen' | 'all'> {
	const file = join(REPOSITORY, 'reports/mutation', `${name}.json`);
	const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
	const counts = { seen: 0, all: 0 };
	for (const { mutants } of Object.values(report.files)) {
		for (const { status } of mutants) {
			if (status === 'Ignored' || status === 'CompileError') continue;
			counts.all++;
			if (status === 'Killed' || status === 'Timeout' || status === 'RuntimeError') counts.seen++;
		}
	}
	return counts;
}

void main();
