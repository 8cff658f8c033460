/* eslint-disable @n8n/community-nodes/no-restricted-imports, @typescript-eslint/no-require-imports -- loads the compiled package and n8n's own nodes, never published */
import { join } from 'node:path';

import type { ICredentialType, INodeType } from 'n8n-workflow';

import { DEMO_ACCOUNT } from '../emulator';
import { emulatorCredential } from '../n8n-host/emulator-credential';
import { createEngine, shareModules } from '../n8n-engine';
import type { ClassOf, Engine, RunResult } from '../n8n-engine';
import type { Task } from './work';

export const credentialFor = (url: string) => emulatorCredential(url, DEMO_ACCOUNT);

/** @throws Error with n8n's message when the execution failed */
export const succeeded = (result: RunResult): RunResult => {
	if (result.error)
		throw new Error(`The execution failed: ${result.error.message}`, { cause: result.error });
	return result;
};

/** n8n's engine with the package as it is published, compiled, and n8n's HTTP Request node where it is wanted. */
export async function openEngine(task: Pick<Task, 'package' | 'n8nNodes'>): Promise<Engine> {
	// n8n's nodes lie in another folder than ours.
	shareModules();
	const { Twin24Calls } = require(join(task.package, 'nodes/Twin24/Twin24Calls.node.js')) as {
		Twin24Calls: ClassOf<INodeType>;
	};
	const { Twin24Api } = require(join(task.package, 'credentials/Twin24Api.credentials.js')) as {
		Twin24Api: ClassOf<ICredentialType>;
	};
	const nodes = [Twin24Calls];
	if (task.n8nNodes) {
		const file = join(task.n8nNodes, 'dist/nodes/HttpRequest/HttpRequest.node.js');
		nodes.push((require(file) as { HttpRequest: ClassOf<INodeType> }).HttpRequest);
	}
	return await createEngine({ nodes, credentials: [Twin24Api] });
}
