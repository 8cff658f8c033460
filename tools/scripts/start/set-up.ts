/* eslint-disable @n8n/community-nodes/no-restricted-imports -- sets up the n8n of `npm start`, never published */
import { isDeepStrictEqual } from 'node:util';

import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';

import { Twin24Api } from '../../../credentials/Twin24Api.credentials';
import {
	CREDENTIAL_TYPE,
	N8nClient,
	type SavedCredential,
	type WorkflowFile,
} from '../../n8n-host';
import type { Examples } from './example';
import { demoCredential } from './twin24';

/** The demo's owner. It listens on 127.0.0.1 only, so this is no secret. Nothing like TWIN24's login. */
export const LOGIN = { email: 'owner@n8n.test', password: 'N8n-password-1' };

export const CREDENTIAL_NAME = 'TWIN24 API';

/** What a start has found in n8n, and done there. */
export interface SetUp {
	/** The signed-in client; none if n8n has another owner than the demo's. */
	client?: N8nClient;
	/** The id of the workflow that searches calls, if it is there. */
	search?: string;
	/** Whether that workflow and its credential are as they were imported. */
	isSearchOurs: boolean;
	/** How many workflows were imported now. */
	imported: number;
	/** Names of what somebody has changed since, and which was left so. */
	leftAlone: string[];
}

/**
 * Signs in to n8n, saves the credential, and imports the examples that are not there yet. What somebody has changed
 * since the last start stays as it is.
 *
 * @param url n8n's address
 */
export async function setUp(
	url: string,
	data: ICredentialDataDecryptedObject,
	examples: Examples,
): Promise<SetUp> {
	const client = new N8nClient(url);
	if (!(await isOwner(client))) return { isSearchOurs: false, imported: 0, leftAlone: [] };

	const { credential, isOurs } = await keepCredential(client, data);
	const setting: SetUp = {
		client,
		isSearchOurs: isOurs,
		imported: 0,
		leftAlone: isOurs ? [] : [`credential "${CREDENTIAL_NAME}"`],
	};
	for (const example of examples.all) {
		const found = await client.findWorkflow(example.name);
		const id = found ?? (await client.importWorkflow(example, [credential]));
		if (found === undefined) setting.imported++;
		const isChanged = found !== undefined && !(await isAsImported(client, found, example));
		if (isChanged) setting.leftAlone.push(`workflow "${example.name}"`);
		if (example !== examples.search) continue;
		setting.search = id;
		if (isChanged) setting.isSearchOurs = false;
	}
	return setting;
}

/** Signs in, unless n8n's owner is another than the demo's. */
async function isOwner(client: N8nClient): Promise<boolean> {
	return await client.signIn(LOGIN).then(
		() => true,
		async (error: Error) =>
			/\/login: 401/.test(error.message) ? false : await Promise.reject(error),
	);
}

/** Saves the demo's credential, unless somebody has put another account or address into it. */
async function keepCredential(
	client: N8nClient,
	data: ICredentialDataDecryptedObject,
): Promise<{ credential: SavedCredential; isOurs: boolean }> {
	const all = await client.rest<SavedCredential[]>('GET', '/credentials');
	const saved = all.find(({ name, type }) => name === CREDENTIAL_NAME && type === CREDENTIAL_TYPE);
	if (saved) {
		const { data: there } = await client.rest<{ data: ICredentialDataDecryptedObject }>(
			'GET',
			`/credentials/${saved.id}?includeData=true`,
		);
		const ours = [data, demoCredential('')].map(essence);
		if (!ours.some((one) => isDeepStrictEqual(one, essence(there))))
			return {
				credential: { id: saved.id, name: CREDENTIAL_NAME, type: CREDENTIAL_TYPE },
				isOurs: false,
			};
	}
	const credential = await client.saveCredential(CREDENTIAL_NAME, CREDENTIAL_TYPE, data);
	return { credential, isOurs: true };
}

/** A machine's own address: the emulator's port may be another at every start. */
const LOCAL = /^http:\/\/127\.0\.0\.1:\d+$/;

/** What a credential says of account and address, apart from its secrets and what is at its default. */
function essence(data: ICredentialDataDecryptedObject): object {
	const said = new Twin24Api().properties.flatMap(({ name, type, typeOptions, ...property }) => {
		const value = data[name];
		const isSecret = type === 'hidden' || typeOptions?.password;
		if (isSecret || value === undefined || value === property.default) return [];
		return [[name, LOCAL.test(String(value)) ? '' : value] as const];
	});
	return Object.fromEntries(said.filter(([, value]) => value !== ''));
}

/** Whether a workflow in n8n still does what the example does; where its nodes stand is of no matter. */
async function isAsImported(
	client: N8nClient,
	id: string,
	example: WorkflowFile,
): Promise<boolean> {
	const there = await client.rest<WorkflowFile & { isArchived?: boolean }>(
		'GET',
		`/workflows/${id}`,
	);
	const deeds = ({ nodes, connections }: WorkflowFile) => ({
		nodes: Object.fromEntries(nodes.map((node) => [node.name, deed(node)])),
		connections,
	});
	return !there.isArchived && isDeepStrictEqual(deeds(there), deeds(example));
}

const deed = ({ type, typeVersion, parameters, disabled = false }: INode) => ({
	type,
	typeVersion,
	parameters,
	disabled,
});
