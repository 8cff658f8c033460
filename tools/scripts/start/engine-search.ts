import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Engine } from '../../n8n-engine';
import { CREDENTIAL_TYPE, type WorkflowFile } from '../../n8n-host';
import { SEARCH_NODE } from './example';
import type { Found } from './report';

/** Runs the search of the example in n8n's engine, which `npm ci` has installed: n8n without its editor. */
export async function searchInEngine(
	engine: Engine,
	example: WorkflowFile,
	credential: ICredentialDataDecryptedObject,
): Promise<Found> {
	const { type, parameters } = example.nodes.find(({ name }) => name === SEARCH_NODE)!;
	const { items, error } = await engine.run({
		node: type,
		parameters,
		credentials: { [CREDENTIAL_TYPE]: credential },
		timezone: example.settings?.timezone,
	});
	return { calls: items.map(({ json }) => json), error };
}
