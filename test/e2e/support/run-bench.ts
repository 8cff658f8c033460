import execa from 'execa';

import { REPOSITORY } from '../../../tools/n8n-host';

/**
 * Runs `npm run bench` with these options to its end.
 * @returns the Markdown that it prints
 * @throws when it fails, with what it wrote to stderr
 */
export async function runBench(...options: string[]): Promise<string> {
	const { stdout } = await execa.node('tools/bench/index.ts', options, {
		cwd: REPOSITORY,
		nodeOptions: ['--import', 'tsx'],
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
