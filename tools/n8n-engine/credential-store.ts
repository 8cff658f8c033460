import type { ICredentialDataDecryptedObject, ICredentials } from 'n8n-workflow';

import type { N8nModules } from './modules';

/** A credential that n8n has saved: what a node of a workflow refers to. */
export class StoredCredential {
	constructor(
		readonly id: string,
		readonly name: string,
		readonly type: string,
	) {}
}

interface Row extends StoredCredential {
	/** Encrypted, as in n8n's database. */
	data: string;
}

/** n8n's table of credentials, in memory: encrypted by n8n's own cipher, every access counted. */
export class CredentialStore {
	/** How many times n8n has read a credential: once per request at least. */
	reads = 0;

	/** How many times n8n has written a credential anew: once per login. */
	updates = 0;

	private readonly rows = new Map<string, Row>();

	constructor(private readonly n8n: N8nModules) {}

	/** Saves a new credential, as the editor does. */
	async create(type: string, data: ICredentialDataDecryptedObject): Promise<StoredCredential> {
		const id = `credential${this.rows.size + 1}`;
		const stored = new StoredCredential(id, `${type} ${this.rows.size + 1}`, type);
		await this.write(stored, data);
		return stored;
	}

	/** Changes a saved credential as a user does in the editor: the values given, the rest kept, the token too. */
	async edit(stored: StoredCredential, changes: ICredentialDataDecryptedObject): Promise<void> {
		await this.write(stored, { ...(await this.dataOf(stored)), ...changes });
	}

	/** What is saved, decrypted. Not counted. */
	async dataOf({ id, type }: StoredCredential): Promise<ICredentialDataDecryptedObject> {
		return await this.open(id, type).getData();
	}

	/** What is saved, as it lies in the database: encrypted. Not counted. */
	rawOf({ id }: StoredCredential): string {
		return this.row(id).data;
	}

	/** n8n's reading of a credential. */
	read(id: string | null | undefined, type: string): ICredentials {
		if (!id) throw new Error(`Credential of type "${type}" has no ID`);
		this.reads += 1;
		return this.open(id, type);
	}

	/** n8n's writing of a credential after a login. */
	async update(
		id: string | null | undefined,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		const { name } = this.read(id, type);
		await this.write(new StoredCredential(id ?? '', name, type), data);
		this.updates += 1;
	}

	private row(id: string): Row {
		const row = this.rows.get(id);
		if (!row) throw new Error(`Credential with ID "${id}" does not exist`);
		return row;
	}

	private open(id: string, type: string): ICredentials {
		const { name, data } = this.row(id);
		return new this.n8n.core.Credentials({ id, name }, type, data);
	}

	private async write(
		{ id, name, type }: StoredCredential,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		const credentials = new this.n8n.core.Credentials({ id, name }, type);
		await credentials.setData(data);
		this.rows.set(id, { id, name, type, data: credentials.getDataToSave().data ?? '' });
	}
}
