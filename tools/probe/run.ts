/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a program of its own on somebody's machine, never published */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { version } from '../../package.json';
import { readCommand } from './command-line';
import type { Questions } from './command-line';
import { probe } from './probe';
import { markdown, resultFile, summary } from './report';
import { EXIT_CODES } from './stop';

export const REPORT_FILE = 'probe-report.md';
export const RESULT_FILE = 'probe-result.json';

/**
 * The whole program: asks, writes both files, says what was found.
 *
 * @param say takes lines for the person
 * @returns the exit code
 * @throws Error with a sentence when it cannot begin
 */
export async function run(
	args: string[],
	env: Record<string, string | undefined>,
	questions: Questions,
	say: (line: string) => void,
): Promise<number> {
	const { out, ...options } = await readCommand(args, env, questions);
	const result = await probe({ ...options, progress: (group) => say(`Asking: ${group}`) });
	await mkdir(out, { recursive: true });
	await writeFile(join(out, REPORT_FILE), markdown(result, version));
	await writeFile(join(out, RESULT_FILE), resultFile(result));
	say(`\n${summary(result)}\n`);
	say(`Written: ${join(out, REPORT_FILE)}, ${join(out, RESULT_FILE)}`);
	return EXIT_CODES[result.ending];
}
