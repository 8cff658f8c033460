/* eslint-disable @n8n/community-nodes/no-restricted-imports -- drives a real n8n, never published */
import { parse } from 'flatted';
import type {
	ExecutionStatus,
	ICredentialDataDecryptedObject,
	INode,
	IRunExecutionData,
	IWorkflowBase,
} from 'n8n-workflow';

import { waitFor } from './processes';

/** An account of n8n's. */
export interface Login {
	email: string;
	/** n8n wants 8 characters or more, a digit and a capital letter among them. */
	password: string;
}

/** What an n8n workflow file holds, as far as it matters here. */
export type WorkflowFile = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections'> &
	Partial<Pick<IWorkflowBase, 'settings' | 'pinData'>>;

/** A saved credential, as a node refers to it. */
export interface SavedCredential {
	id: string;
	name: string;
	type: string;
}

/** An execution that has ended. */
export interface Execution {
	id: string;
	status: ExecutionStatus;
	data: IRunExecutionData;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** States that an execution does not leave by itself. */
const ENDED = new Set<ExecutionStatus>(['success', 'error', 'canceled', 'crashed']);

const RUN_TIMEOUT = 120_000;

/** A signed-in user of an n8n, who does through the editor's own API what a person does in the editor. */
export class N8nClient {
	private cookie = '';

	/** @param url n8n's address, without a slash at the end */
	constructor(readonly url: string) {}

	/** The session as the `Cookie` header that the editor would send. */
	get session(): string {
		return this.cookie;
	}

	/** Signs in; an n8n that has no owner yet gets this one. */
	async signIn({ email, password }: Login): Promise<void> {
		const { userManagement } = await this.rest<{
			userManagement: { showSetupOnFirstLoad: boolean };
		}>('GET', '/settings');
		if (userManagement.showSetupOnFirstLoad) {
			await this.rest('POST', '/owner/setup', {
				email,
				password,
				firstName: 'Demo',
				lastName: 'Owner',
			});
		} else {
			await this.rest('POST', '/login', { emailOrLdapLoginId: email, password });
		}
	}

	/**
	 * One call to the API of n8n's editor.
	 *
	 * @param path what follows `/rest`, e.g. `/workflows`
	 * @returns the `data` of n8n's answer
	 * @throws Error with n8n's own words if it refuses
	 */
	async rest<T>(method: Method, path: string, body?: object): Promise<T> {
		const response = await fetch(`${this.url}/rest${path}`, {
			method,
			// A connection kept open would be closed by n8n after some seconds, at times just when it is used again.
			headers: { 'content-type': 'application/json', cookie: this.cookie, connection: 'close' },
			body: body && JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok)
			throw new Error(`n8n: ${method} ${path}: ${response.status} ${text.slice(0, 1000)}`);
		for (const cookie of response.headers.getSetCookie()) {
			if (cookie.startsWith('n8n-auth=')) [this.cookie] = cookie.split(';');
		}
		return (JSON.parse(text || '{}') as { data: T }).data;
	}

	/** Saves a credential; one of the same name and type is overwritten. */
	async saveCredential(
		name: string,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<SavedCredential> {
		const saved = await this.rest<SavedCredential[]>('GET', '/credentials');
		const same = saved.find((credential) => credential.name === name && credential.type === type);
		const { id } = same
			? await this.rest<SavedCredential>('PATCH', `/credentials/${same.id}`, { name, type, data })
			: await this.rest<SavedCredential>('POST', '/credentials', { name, type, data });
		return { id, name, type };
	}

	/** The id of the workflow of this name, if there is one. */
	async findWorkflow(name: string): Promise<string | undefined> {
		const workflows = await this.rest<Array<{ id: string; name: string }>>('GET', '/workflows');
		return workflows.find((workflow) => workflow.name === name)?.id;
	}

	/**
	 * Saves a workflow as a new one.
	 *
	 * A node keeps no credential without an id: n8n would refuse to run any step of the workflow.
	 *
	 * @param credentials each takes the place of whatever credential of its type the file's nodes name
	 * @returns the workflow's id
	 */
	async importWorkflow(file: WorkflowFile, credentials: SavedCredential[] = []): Promise<string> {
		const { id } = await this.rest<{ id: string }>('POST', '/workflows', {
			name: file.name,
			nodes: file.nodes.map((node) => withCredentials(node, credentials)),
			connections: file.connections,
			settings: file.settings ?? {},
			pinData: file.pinData ?? {},
		});
		return id;
	}

	/** Publishes a workflow, so that its webhooks and schedules work; a published one is published anew. */
	async publishWorkflow(id: string): Promise<void> {
		const { versionId } = await this.rest<{ versionId: string }>('GET', `/workflows/${id}`);
		await this.rest('POST', `/workflows/${id}/activate`, { versionId });
	}

	/**
	 * Starts a workflow as the editor's "Execute workflow" button does.
	 *
	 * @param trigger name of the node to start from; the workflow's Manual Trigger if not given
	 * @returns the execution's id
	 */
	async startWorkflow(id: string, trigger?: string): Promise<string> {
		const { nodes } = await this.rest<{ nodes: INode[] }>('GET', `/workflows/${id}`);
		const name = trigger ?? nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger')?.name;
		if (!name)
			throw new Error(`Workflow ${id} has no Manual Trigger: say which node to start from`);
		const started = await this.rest<{ executionId: string }>('POST', `/workflows/${id}/run`, {
			triggerToStartFrom: { name },
		});
		return started.executionId;
	}

	/** The state of an execution, one of the newest hundred, now. */
	async executionStatus(id: string): Promise<ExecutionStatus> {
		// Not `/executions/:id`, which carries the whole data.
		const { results } = await this.rest<{
			results: Array<{ id: string; status: ExecutionStatus }>;
		}>('GET', '/executions?limit=100');
		const found = results.find((execution) => String(execution.id) === String(id));
		return found?.status ?? 'new';
	}

	/**
	 * Waits until an execution has ended, well or not.
	 *
	 * @param timeout in milliseconds
	 * @returns it with its data, as n8n has saved it
	 */
	async executionEnd(id: string, timeout = RUN_TIMEOUT): Promise<Execution> {
		await waitFor(`the end of execution ${id}`, timeout, async () =>
			ENDED.has(await this.executionStatus(id)) ? true : undefined,
		);
		const { status, data } = await this.rest<{ status: ExecutionStatus; data: string }>(
			'GET',
			`/executions/${id}`,
		);
		return { id, status, data: parse(data) as IRunExecutionData };
	}

	/** Runs a workflow from its Manual Trigger to its end. */
	async runWorkflow(id: string, { timeout }: { timeout?: number } = {}): Promise<Execution> {
		return await this.executionEnd(await this.startWorkflow(id), timeout);
	}

	/**
	 * Retries an execution that failed, as the list of executions does, and waits for the end.
	 *
	 * @param loadWorkflow whether the workflow is taken as it is saved now, not as it was then
	 */
	async retryExecution(
		id: string,
		{ loadWorkflow, timeout }: { loadWorkflow: boolean; timeout?: number },
	): Promise<Execution> {
		const retry = await this.rest<{ id: string }>('POST', `/executions/${id}/retry`, {
			loadWorkflow,
		});
		return await this.executionEnd(retry.id, timeout);
	}

	/** Stops an execution, as the editor's stop button does. */
	async stopExecution(id: string): Promise<void> {
		await this.rest('POST', `/executions/${id}/stop`);
	}
}

/** The items that a node gave out last in an execution. */
export function itemsOf<T = unknown>({ data }: Execution, node: string): T[] {
	const runs = data.resultData.runData[node] ?? [];
	return (runs.at(-1)?.data?.main[0] ?? []).map(({ json }) => json as T);
}

function withCredentials(node: INode, credentials: SavedCredential[]): INode {
	const replaced = credentials.flatMap(({ id, name, type }) =>
		node.credentials?.[type] ? [[type, { id, name }] as const] : [],
	);
	const real = Object.entries(node.credentials ?? {}).filter(([, { id }]) => id);
	return { ...node, credentials: Object.fromEntries([...real, ...replaced]) };
}
