/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a support file of the tests: it starts a program of the repository */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

/**
 * Runs `npm run bench` with these options to its end.
 * @returns the Markdown that it prints
 * @throws when it fails, with what it wrote to stderr
 */
export async function runBench(...options: string[]): Promise<string> {
	const args = ['--import', 'tsx', 'tools/bench/index.ts', ...options];
	const { stdout } = await promisify(execFile)(process.execPath, args, {
		cwd: resolve(__dirname, '../../..'),
	});
	return stdout;
}

/** The cells of the table rows whose first cell is this one. */
export const rowsOf = (markdown: string, first: string): string[][] =>
	markdown
		.split('\n')
		.filter((line) => line.startsWith(`| ${first} |`))
		.map((line) =>
			line
				.split('|')
				.slice(1, -1)
				.map((cell) => cell.trim()),
		);
