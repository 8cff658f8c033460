/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the examples for `npm start`, never published */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { REPOSITORY, type WorkflowFile } from '../../n8n-host';
import { fitForDemo } from './stand-ins';
import type { Twin24 } from './twin24';

const EXAMPLES = join(REPOSITORY, 'examples');
const SEARCH_EXAMPLE = 'search-calls.json';

/** The node of the search example that searches. */
export const SEARCH_NODE = 'Search calls';

/** Enough of a real account's calls for a first look. */
const REAL_LIMIT = 50;

/** The examples to import, and which of them is the search that is shown. */
export interface Examples {
	all: WorkflowFile[];
	search: WorkflowFile;
}

/**
 * Reads the examples. Against an emulated TWIN24 they are made to run at once; against the real one the search is
 * limited to the newest 50 calls.
 */
export async function readExamples({ emulated }: Pick<Twin24, 'emulated'>): Promise<Examples> {
	const names = (await readdir(EXAMPLES)).filter((file) => file.endsWith('.json')).sort();
	const all = await Promise.all(
		names.map(async (name) => {
			const file = JSON.parse(await readFile(join(EXAMPLES, name), 'utf8')) as WorkflowFile;
			return emulated ? fitForDemo(name, file, emulated) : file;
		}),
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
