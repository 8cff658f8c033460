import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { Advice, CREDENTIAL_TYPE, N8nClient } from '../../n8n-host';
import type { readExamples } from './example';

/** The demo's owner. It listens on 127.0.0.1 only, so this is no secret. */
export const LOGIN = { email: 'demo@twin24.test', password: 'Demo-password-1' };

const CREDENTIAL_NAME = 'TWIN24 API';

/**
 * Signs in to n8n, saves the credential, and imports the examples that are not there yet: what somebody has changed
 * since the last start stays.
 *
 * @param folder n8n's user folder, for the advice
 * @returns the signed-in client, and the id of the workflow that searches calls
 */
export async function setUp(
	url: string,
	data: ICredentialDataDecryptedObject,
	examples: Awaited<ReturnType<typeof readExamples>>,
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
	for (const example of examples.all) {
		const id =
			(await client.findWorkflow(example.name)) ??
			(await client.importWorkflow(example, [credential]));
		if (example === examples.search) search = id;
	}
	return { client, search };
}
