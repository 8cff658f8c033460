/* eslint-disable @n8n/community-nodes/no-restricted-imports -- writes a document on the developer's machine, never published */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { REPOSITORY } from '../n8n-host/paths';

const BEGIN = '<!-- bench:begin (npm run bench -- --write) -->';
const END = '<!-- bench:end -->';

/** Puts the tables between the markers of docs/benchmarks.md. */
export async function writeIntoDocs(text: string): Promise<void> {
	const file = join(REPOSITORY, 'docs', 'benchmarks.md');
	const before = await readFile(file, 'utf8');
	const [begin, end] = [before.indexOf(BEGIN), before.indexOf(END)];
	if (begin < 0 || end < begin)
		throw new Error(`docs/benchmarks.md has lost its markers: ${BEGIN} … ${END}`);
	await writeFile(file, `${before.slice(0, begin)}${BEGIN}\n\n${text}\n\n${before.slice(end)}`);
}
