/* eslint-disable @n8n/community-nodes/no-restricted-imports -- sets up the demo n8n of `npm start`, never published */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { Advice, CREDENTIAL_TYPE, N8nClient, REPOSITORY, type WorkflowFile } from '../../n8n-host';

/** The demo's owner. It listens on 127.0.0.1 only, so this is no secret. */
export const LOGIN = { email: 'demo@twin24.test', password: 'Demo-password-1' };

/** In milliseconds; the real TWIN24 may take its time. */
export const SEARCH_TIMEOUT = 10 * 60_000;

const CREDENTIAL_NAME = 'TWIN24 API';
const EXAMPLES = join(REPOSITORY, 'examples');
const SEARCH_EXAMPLE = 'search-calls.json';

/** Enough of a real account's calls for a first look. */
const REAL_LIMIT = 50;

/**
 * Signs in to n8n, saves the credential, and imports the examples that are not there yet: what somebody has changed
 * since the last start stays.
 *
 * @param emulated against the real TWIN24 the search is limited to the newest 50 calls
 * @param folder n8n's user folder, for the advice
 * @returns the signed-in client, and the id of the workflow that searches calls
 */
export async function setUp(
	url: string,
	data: ICredentialDataDecryptedObject,
	emulated: boolean,
	folder: string,
): Promise<{ client: N8nClient; search: string }> {
	const client = new N8nClient(url);
	await client.signIn(LOGIN).catch((error: unknown) => {
		throw new Advice(
			`The demo’s n8n does not accept its usual login. Delete ${folder} to begin anew, then run the command again.`,
			{ cause: error },
		);
	});
	const credential = await client.saveCredential(CREDENTIAL_NAME, CREDENTIAL_TYPE, data);

	let search = '';
	for (const name of (await readdir(EXAMPLES)).filter((file) => file.endsWith('.json'))) {
		const example = JSON.parse(await readFile(join(EXAMPLES, name), 'utf8')) as WorkflowFile;
		if (name === SEARCH_EXAMPLE && !emulated) limit(example);
		const id =
			(await client.findWorkflow(example.name)) ??
			(await client.importWorkflow(example, [credential]));
		if (name === SEARCH_EXAMPLE) search = id;
	}
	return { client, search };
}

function limit(example: WorkflowFile): void {
	example.name += ` (newest ${REAL_LIMIT})`;
	for (const node of example.nodes) {
		if (node.parameters.returnAll)
			Object.assign(node.parameters, { returnAll: false, limit: REAL_LIMIT });
	}
}
