/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the examples for `npm start`, never published */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { REPOSITORY, type WorkflowFile } from '../../n8n-host';

const EXAMPLES = join(REPOSITORY, 'examples');
const SEARCH_EXAMPLE = 'search-calls.json';

/** The node of the search example that searches. */
export const SEARCH_NODE = 'Search calls';

/** Enough of a real account's calls for a first look. */
const REAL_LIMIT = 50;

/**
 * The examples to import, and which of them is the search that is shown.
 *
 * @param emulated against the real TWIN24 the search is limited to the newest 50 calls
 */
export async function readExamples(
	emulated: boolean,
): Promise<{ all: WorkflowFile[]; search: WorkflowFile }> {
	const names = (await readdir(EXAMPLES)).filter((file) => file.endsWith('.json'));
	const all = await Promise.all(
		names.map(
			async (name) => JSON.parse(await readFile(join(EXAMPLES, name), 'utf8')) as WorkflowFile,
		),
	);
	const search = all[names.indexOf(SEARCH_EXAMPLE)];
	if (!emulated) limit(search);
	return { all, search };
}

function limit(example: WorkflowFile): void {
	example.name += ` (newest ${REAL_LIMIT})`;
	for (const node of example.nodes) {
		if (node.parameters.returnAll)
			Object.assign(node.parameters, { returnAll: false, limit: REAL_LIMIT });
	}
}
