import type {
	ExecutionError,
	ExecutionStatus,
	ICredentialDataDecryptedObject,
	IDataObject,
	ILoadOptionsFunctions,
	INode,
	INodeCredentials,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	IRun,
	IRunData,
	IRunExecutionData,
	IWorkflowExecuteAdditionalData,
	OnError,
	Workflow,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { CredentialStore, StoredCredential } from './credential-store';
import { runCredentialTest } from './credential-test';
import { MemoryCredentialsHelper } from './credentials-helper';
import { startInstance, type Instance, type LogLine } from './instance';
import type { N8nModules } from './modules';
import { LoadedTypes, type TypesToLoad } from './node-types';
import { WebhookHost, type WebhookHostOptions } from './webhook-host';

/** By credential type: the values to save anew, or a credential that is saved already. */
export type GivenCredentials = Record<string, ICredentialDataDecryptedObject | StoredCredential>;

/** What a node of a workflow is set to. */
export interface NodeSettings {
	/** As the workflow holds them: only what differs from the defaults; expressions begin with `=`. */
	parameters?: INodeParameters;
	credentials?: GivenCredentials;
	/** The node's short name; the first node that the package names unless given. */
	node?: string;
	/** The node's version; the newest unless given. */
	typeVersion?: number;
}

export interface RunOptions extends NodeSettings {
	/** The json of each input item; one empty item unless given. */
	items?: IDataObject[];
	/** The workflow's time zone; n8n's default (America/New_York) unless given. */
	timezone?: string;
	/** "On Error": `regular` or true: Continue; `error`: Continue (using error output). */
	continueOnFail?: 'regular' | 'error' | boolean;
	/** "Retry On Fail", with n8n's settings for it. */
	retry?: { maxTries: number; waitBetweenTries: number };
	/** How the run was started; `manual` unless given. */
	mode?: WorkflowExecuteMode;
	/** Aborting it stops the execution as the stop button does. */
	signal?: AbortSignal;
}

export interface RunResult {
	/** What came out of the node's (first) output. */
	items: INodeExecutionData[];
	/** What came out of its error output, with `continueOnFail: 'error'`. */
	errorItems: INodeExecutionData[];
	/** The error that stopped the run, as n8n saves and shows it: a plain copy, without its class. */
	error?: ExecutionError;
	/** `success`, `error` or `canceled`. */
	status: ExecutionStatus;
	/** Everything that the run left behind, by node name. */
	runData: IRunData;
	/** The credentials used, to be given to a later run. */
	credentials: Record<string, StoredCredential>;
}

/** A run under way. */
export interface Execution {
	/** Stops it as the stop button does. */
	cancel: () => void;
	/** Never rejects: an error is part of the result. */
	result: Promise<RunResult>;
}

export interface PollOptions extends NodeSettings {
	/** The workflow's static data from before, all of it; not changed: the result holds the new one. */
	staticData?: IDataObject;
	/** With n8n's durable cursors: the node's own data, which n8n keeps by the node's id then. */
	cursor?: IDataObject;
	/** The node's name in the workflow; another one from poll to poll is as if it were renamed. */
	name?: string;
	/** `trigger`: as the active workflow does; `manual`: as a test in the editor does. */
	mode?: 'trigger' | 'manual';
	/** Why the workflow was activated. */
	activation?: WorkflowActivateMode;
	timezone?: string;
}

export interface PollResult {
	/** The items emitted, or null if the poll emitted nothing and so started no execution. */
	items: INodeExecutionData[] | null;
	/** What the poll threw, itself. In `manual` mode: a plain copy, as in a run. */
	error?: Error;
	/** The workflow's static data afterwards, as long as the process lives: also after an error. */
	staticData: IDataObject;
	/** The cursor that n8n would keep, if the poll was given one. */
	cursor?: IDataObject;
	/** What a restarted n8n would read: n8n saves only when a poll of an active workflow emitted items. */
	savedStaticData: IDataObject;
	credentials: Record<string, StoredCredential>;
}

export interface SearchOptions extends NodeSettings {
	filter?: string;
	paginationToken?: string;
	/** The path of the parameter whose list is opened. */
	path?: string;
}

export interface WebhookOptions extends NodeSettings, WebhookHostOptions {
	/** The node's name in the workflow; another one from time to time is as if it were renamed. */
	name?: string;
}

const start = 'Start';
const nodeName = 'TWIN24';

const onError: Record<'regular' | 'error', OnError> = {
	regular: 'continueRegularOutput',
	error: 'continueErrorOutput',
};

/** n8n-core, running our node. One per test file is enough; close it at the end. */
export class Engine {
	readonly credentialStore: CredentialStore;

	private readonly types: LoadedTypes;

	private readonly helper: MemoryCredentialsHelper;

	private executions = 0;

	constructor(
		private readonly instance: Instance,
		types: TypesToLoad,
	) {
		this.types = new LoadedTypes(instance.n8n, types);
		this.credentialStore = new CredentialStore(instance.n8n);
		this.helper = new MemoryCredentialsHelper(instance.n8n, this.types, this.credentialStore);
	}

	/** n8n's own modules, for their values (classes of errors, helpers). */
	get n8n(): N8nModules {
		return this.instance.n8n;
	}

	/** What n8n and the nodes have logged since the start, or since the last `clearLogs()`. */
	logs(level?: LogLine['level']): LogLine[] {
		return this.instance.logs.filter((line) => level === undefined || line.level === level);
	}

	clearLogs(): void {
		this.instance.logs.length = 0;
	}

	/** The bytes of an item's file, wherever n8n keeps them. */
	async readBinary(item: INodeExecutionData, property = 'data'): Promise<Buffer> {
		const data = item.binary?.[property];
		if (!data) throw new Error(`The item has no binary field "${property}"`);
		const { Container } = this.n8n.di;
		return await Container.get(this.n8n.core.BinaryDataService).getAsBuffer(data);
	}

	/** Runs the node once and waits for the end. */
	async run(options: RunOptions = {}): Promise<RunResult> {
		return await (
			await this.start(options)
		).result;
	}

	/** Starts a workflow of two nodes, one that gives the items and ours, and hands back the means to stop it. */
	async start(options: RunOptions = {}): Promise<Execution> {
		const credentials = await this.save(options.credentials);
		const node = this.node(options, credentials);
		const { continueOnFail = false } = options;
		if (continueOnFail)
			node.onError = onError[continueOnFail === true ? 'regular' : continueOnFail];
		if (options.retry) Object.assign(node, { retryOnFail: true, ...options.retry });
		const starter: INode = {
			id: 'start',
			name: start,
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const workflow = this.workflow([starter, node], options.timezone);
		const items = (options.items ?? [{}]).map((json) => ({ json }));
		return this.execute(
			workflow,
			starter,
			items,
			options.mode ?? 'manual',
			credentials,
			options.signal,
		);
	}

	/** Tests a credential as the dialog does after saving it, and says what the dialog shows. */
	async testCredential(
		credential: ICredentialDataDecryptedObject | StoredCredential,
		type = 'twin24Api',
	): Promise<INodeCredentialTestResult> {
		const stored = (await this.save({ [type]: credential }))[type];
		return await runCredentialTest(
			{
				n8n: this.n8n,
				types: this.types,
				helper: this.helper,
				additionalData: () => this.additionalData(),
			},
			stored,
			await this.credentialStore.dataOf(stored),
		);
	}

	/** Asks for the entries of a resource locator's list, as the editor does. Throws what the method throws. */
	async listSearch(method: string, options: SearchOptions = {}): Promise<INodeListSearchResult> {
		const { type, context } = await this.loadOptionsContext(options);
		const search = type.methods?.listSearch?.[method];
		if (!search) throw new Error(`The node has no listSearch method "${method}"`);
		return await search.call(context, options.filter, options.paginationToken);
	}

	/** Lets a polling node poll once, as an active workflow or as a test in the editor. */
	async poll(name: string, options: PollOptions = {}): Promise<PollResult> {
		const credentials = await this.save(options.credentials);
		const node = this.node({ ...options, node: name }, credentials);
		node.name = options.name ?? node.name;
		const { deepCopy } = this.n8n.workflow;
		const before = deepCopy(options.staticData ?? {});
		const workflow = this.workflow([node], options.timezone, deepCopy(before));
		const cursor = options.cursor && deepCopy(options.cursor);
		const remembered = () => JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
		const rest = { credentials, savedStaticData: before, cursor: options.cursor };
		if (options.mode === 'manual') {
			const execution = this.execute(workflow, node, [], 'manual', credentials);
			const { items, error } = await execution.result;
			return {
				...rest,
				items: items.length > 0 ? items : null,
				error,
				staticData: remembered(),
			};
		}
		try {
			const activation = options.activation ?? 'activate';
			const emitted = await this.runPoll(workflow, node, activation, cursor);
			const staticData = remembered();
			const isSaved = emitted !== null && workflow.staticData.__dataChanged === true;
			return {
				credentials,
				items: emitted?.[0] ?? null,
				staticData,
				savedStaticData: isSaved ? staticData : before,
				cursor: cursor && (JSON.parse(JSON.stringify(cursor)) as IDataObject),
			};
		} catch (error) {
			return { ...rest, items: null, error: error as Error, staticData: remembered() };
		}
	}

	/** Serves the URL of a webhook node, as n8n does for an active workflow; close it at the end. */
	async serveWebhook(name: string, options: WebhookOptions = {}): Promise<WebhookHost> {
		const credentials = await this.save(options.credentials);
		const node = this.node({ ...options, node: name }, credentials);
		node.name = options.name ?? node.name;
		return await WebhookHost.open(
			{
				n8n: this.n8n,
				type: this.types.getByNameAndVersion(node.type, node.typeVersion),
				node,
				workflow: (staticData) =>
					this.workflow([node], undefined, staticData, options.workflowId ?? 'workflow'),
				additionalData: () => this.additionalData(),
			},
			options,
		);
	}

	/** Ends the engine and removes its folder. */
	close(): void {
		this.instance.close();
	}

	private async save(given: GivenCredentials = {}): Promise<Record<string, StoredCredential>> {
		const saved: Record<string, StoredCredential> = {};
		for (const [type, credential] of Object.entries(given)) {
			saved[type] =
				credential instanceof StoredCredential
					? credential
					: await this.credentialStore.create(type, credential);
		}
		return saved;
	}

	private node(
		{ node, typeVersion, parameters = {} }: NodeSettings,
		credentials: Record<string, StoredCredential>,
	): INode {
		const type = this.types.fullName(node ?? this.types.nodeNames()[0]);
		const { version } = this.types.getByNameAndVersion(type).description;
		const references: INodeCredentials = {};
		for (const { id, name, type: credentialType } of Object.values(credentials)) {
			references[credentialType] = { id, name };
		}
		return {
			id: 'node',
			name: nodeName,
			type,
			typeVersion: typeVersion ?? (Array.isArray(version) ? version[version.length - 1] : version),
			position: [200, 0],
			parameters: this.n8n.workflow.deepCopy(parameters),
			...(Object.keys(references).length > 0 && { credentials: references }),
		};
	}

	private workflow(
		nodes: INode[],
		timezone?: string,
		staticData?: IDataObject,
		id = 'workflow',
	): Workflow {
		const [first, second] = nodes;
		const { Workflow: WorkflowClass } = this.n8n.workflow;
		return new WorkflowClass({
			id,
			name: 'Harness',
			nodes,
			connections: second
				? { [first.name]: { main: [[{ node: second.name, type: 'main', index: 0 }]] } }
				: {},
			active: false,
			nodeTypes: this.types,
			staticData,
			settings: { executionOrder: 'v1', ...(timezone && { timezone }) },
		});
	}

	/** As n8n's workflow runner: the items on the stack of the first node, the engine does the rest. */
	private execute(
		workflow: Workflow,
		first: INode,
		items: INodeExecutionData[],
		mode: WorkflowExecuteMode,
		credentials: Record<string, StoredCredential>,
		signal?: AbortSignal,
	): Execution {
		const { core } = this.n8n;
		const additionalData = this.additionalData();
		const executionId = additionalData.executionId ?? '';
		additionalData.hooks = new core.ExecutionLifecycleHooks(mode, executionId, {
			id: 'workflow',
			name: 'Harness',
			active: false,
			isArchived: false,
			activeVersionId: null,
			createdAt: new Date(),
			updatedAt: new Date(),
			nodes: Object.values(workflow.nodes),
			connections: workflow.connectionsBySourceNode,
		} as ConstructorParameters<typeof core.ExecutionLifecycleHooks>[2]);
		const data = this.runExecutionData(first, items);
		const finish = (run: Pick<IRun, 'data' | 'status'>): RunResult => {
			const { runData, error } = run.data.resultData;
			const outputs = runData[nodeName]?.at(-1)?.data?.main ?? [];
			return {
				items: outputs[0] ?? [],
				errorItems: outputs[1] ?? [],
				error,
				// 1.x leaves it to n8n's hooks to call a failed run failed.
				status: error && run.status === 'running' ? 'error' : run.status,
				runData,
				credentials,
			};
		};
		try {
			const run = new core.WorkflowExecute(additionalData, mode, data).processRunExecutionData(
				workflow,
			);
			const cancel = () => run.cancel();
			signal?.addEventListener('abort', cancel, { once: true });
			if (signal?.aborted) cancel();
			const result = run.then(finish).finally(() => signal?.removeEventListener('abort', cancel));
			return { cancel, result };
		} catch (error) {
			// What n8n refuses before it starts, such as a required parameter left empty.
			data.resultData.error = error as ExecutionError;
			return { cancel: () => {}, result: Promise.resolve(finish({ data, status: 'error' })) };
		}
	}

	private runExecutionData(first: INode, items: INodeExecutionData[]): IRunExecutionData {
		const { createRunExecutionData } = this.n8n.workflow;
		const nodeExecutionStack = [{ node: first, data: { main: [items] }, source: null }];
		if (createRunExecutionData) {
			return createRunExecutionData({ executionData: { nodeExecutionStack } });
		}
		return {
			startData: {},
			resultData: { runData: {} },
			executionData: {
				contextData: {},
				metadata: {},
				nodeExecutionStack,
				waitingExecution: {},
				waitingExecutionSource: {},
			},
		} as unknown as IRunExecutionData;
	}

	private async runPoll(
		workflow: Workflow,
		node: INode,
		activation: WorkflowActivateMode,
		cursor?: IDataObject,
	): Promise<INodeExecutionData[][] | null> {
		const { core, di } = this.n8n;
		const hooks = [undefined, undefined, undefined, undefined] as const;
		const context = new core.PollContext(
			workflow,
			node,
			this.additionalData(),
			'trigger',
			activation,
			...hooks,
			cursor && (() => cursor),
		);
		const isThere = 'TriggersAndPollers' in core;
		if (isThere && 'runPollFunction' in core.TriggersAndPollers.prototype) {
			const pollers = di.Container.get(core.TriggersAndPollers);
			return await pollers.runPollFunction(workflow, node, context);
		}
		// Older engines do not hand out that class, or name the method otherwise; all that it does is this.
		const { poll } = this.types.getByNameAndVersion(node.type, node.typeVersion);
		if (!poll) throw new Error('Node type does not have a poll function defined');
		return await poll.call(context);
	}

	/** The editor asks for lists with a workflow of one node, which knows nothing of the real one's settings. */
	private async loadOptionsContext(options: SearchOptions) {
		const credentials = await this.save(options.credentials);
		const node = this.node(options, credentials);
		const workflow = this.workflow([node]);
		const additionalData = this.additionalData();
		additionalData.currentNodeParameters = options.parameters ?? {};
		const { LoadOptionsContext } = this.n8n.core;
		const path = options.path ?? '';
		const context = new LoadOptionsContext(workflow, node, additionalData, path);
		return {
			type: this.types.getByNameAndVersion(node.type, node.typeVersion),
			context: context as ILoadOptionsFunctions,
		};
	}

	private additionalData(): IWorkflowExecuteAdditionalData {
		const url = 'http://localhost:5678/';
		const notHere = async (): Promise<never> => {
			throw new Error('The test harness runs one workflow and nothing else');
		};
		this.executions += 1;
		return {
			currentNodeExecutionIndex: 0,
			credentialsHelper: this.helper,
			executionId: String(this.executions),
			executeWorkflow: notHere,
			getRunExecutionData: async () => undefined,
			getRuntimeCredential: async () => undefined,
			startRunnerTask: notHere,
			logAiEvent: () => {},
			setExecutionStatus: () => {},
			sendDataToUI: () => {},
			variables: {},
			externalSecretsProxy: this.n8n.di.Container.get(this.n8n.core.ExternalSecretsProxy),
			userId: 'user',
			instanceBaseUrl: url,
			restApiUrl: `${url}rest`,
			formBaseUrl: `${url}form`,
			formWaitingBaseUrl: `${url}form-waiting`,
			formTestBaseUrl: `${url}form-test`,
			webhookBaseUrl: `${url}webhook`,
			webhookWaitingBaseUrl: `${url}webhook-waiting`,
			webhookTestBaseUrl: `${url}webhook-test`,
			mcpBaseUrl: `${url}mcp`,
			mcpTestBaseUrl: `${url}mcp-test`,
		};
	}
}

/**
 * Starts n8n's engine with the package's nodes and credentials, from their sources; or with the
 * classes given.
 *
 * @example
 * const engine = await createEngine();
 * const { items, error } = await engine.run({
 * 	parameters: { operation: 'search', period: 'allTime' },
 * 	credentials: { twin24Api: { email, password, customUrls: true, baseUrl, authUrl } },
 * });
 * engine.close();
 */
export async function createEngine(types: TypesToLoad = {}): Promise<Engine> {
	return new Engine(await startInstance(), types);
}
