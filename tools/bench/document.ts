/* eslint-disable @n8n/community-nodes/no-restricted-imports -- writes a document on the developer's machine, never published */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { REPOSITORY } from '../n8n-host/paths';

/** Puts the tables of a script, e.g. `bench`, between its markers in docs/benchmarks.md. */
export async function writeIntoDocs(text: string, script: string): Promise<void> {
	const start = `<!-- ${script}:begin (npm run ${script} -- --write) -->`;
	const stop = `<!-- ${script}:end -->`;
	const file = join(REPOSITORY, 'docs', 'benchmarks.md');
	const before = await readFile(file, 'utf8');
	const [begin, end] = [before.indexOf(start), before.indexOf(stop)];
	if (begin < 0 || end < begin)
		throw new Error(`docs/benchmarks.md has lost its markers: ${start} … ${stop}`);
	await writeFile(file, `${before.slice(0, begin)}${start}\n\n${text}\n\n${before.slice(end)}`);
}
