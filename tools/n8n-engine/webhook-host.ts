/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer’s machine, never published: it is n8n's door for webhooks */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import express from 'express';
import type { Request, Response } from 'express';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	IWebhookData,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';

import type { N8nModules } from './modules';

export interface WebhookHostOptions {
	/** The workflow's static data from before. */
	staticData?: IDataObject;
	/** `trigger`: the production URL of an active workflow; `manual`: "Listen for test event". */
	mode?: 'trigger' | 'manual';
	/** N8N_PROXY_HOPS. */
	proxyHops?: number;
	/** N8N_PAYLOAD_SIZE_MAX, in bytes; n8n's 16 MB unless given. */
	limit?: number;
	/** Where n8n would save the execution; what it throws n8n answers with 500. */
	onExecution?: (items: INodeExecutionData[]) => Promise<void> | void;
	/** Another one is as another process: what a node keeps in memory by workflow and node begins anew. */
	workflowId?: string;
}

/** What the host needs of the engine. */
export interface WebhookNode {
	n8n: N8nModules;
	type: INodeType;
	/** The workflow as n8n builds it for each request, from what is saved. */
	workflow: (staticData: IDataObject) => Workflow;
	node: INode;
	additionalData: () => IWorkflowExecuteAdditionalData;
}

/** A request with what n8n's server adds to it. */
type HookRequest = Request & {
	rawBody?: Buffer;
	readRawBody?: () => Promise<void>;
};

/** n8n's default. */
const LIMIT = 16 * 1024 * 1024;

/**
 * Serves a node's webhook over HTTP as n8n 2.41 does (`LiveWebhooks`, `webhook-helpers`, `body-parser`): the
 * static data are read anew for each request; the body is parsed before the node sees it, unless the
 * node's option `binaryData` is set; the answer is given once the execution and the static data are saved.
 */
export class WebhookHost {
	/** What each execution was started with. */
	executions: INodeExecutionData[][] = [];
	/** The errors with which requests have failed. */
	errors: Error[] = [];
	/** What is saved of the workflow: what a restarted n8n, or another process, would read. */
	staticData: IDataObject;
	private readonly server;

	private constructor(
		private readonly of: WebhookNode,
		private readonly options: WebhookHostOptions,
	) {
		this.staticData = options.staticData ?? {};
		const app = express();
		if (options.proxyHops) app.set('trust proxy', options.proxyHops);
		const read = express.raw({ type: () => true, limit: options.limit ?? LIMIT });
		app.post('/webhook', (request: HookRequest, response: Response) => {
			request.readRawBody = async () => {
				if (request.rawBody) return;
				await new Promise<void>((resolve, reject) =>
					read(request, response, (error?: unknown) => (error ? reject(error) : resolve())),
				);
				request.rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
				request.body = undefined;
			};
			void this.handle(request, response);
		});
		this.server = createServer(app);
	}

	static async open(of: WebhookNode, options: WebhookHostOptions): Promise<WebhookHost> {
		const host = new WebhookHost(of, options);
		await new Promise<void>((resolve) => host.server.listen(0, '127.0.0.1', resolve));
		return host;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/webhook`;
	}

	/** All items that executions were started with. */
	get items(): IDataObject[] {
		return this.executions.flat().map(({ json }) => json);
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}

	private async handle(request: HookRequest, response: Response): Promise<void> {
		const { deepCopy } = this.of.n8n.workflow;
		const workflow = this.of.workflow(deepCopy(this.staticData));
		try {
			await this.parse(request, workflow);
			const result = await this.run(request, response, workflow);
			const items = result.workflowData?.[0];
			if (items) {
				await this.options.onExecution?.(items);
				this.executions.push(items);
			}
			this.save(workflow);
			if (result.noWebhookResponse) return;
			response.send(result.webhookResponse ?? { message: 'Workflow was started' });
		} catch (error) {
			this.errors.push(error as Error);
			const status = (error as { status?: number }).status ?? 500;
			response.status(status).json({ code: 0, message: 'Workflow could not be started!' });
		}
	}

	/** As of a node of version 1. */
	private async parse(request: HookRequest, workflow: Workflow): Promise<void> {
		const isLeftAlone = workflow.expression.getSimpleParameterValue(
			workflow.getNode(this.of.node.name)!,
			'={{$parameter["options"]["binaryData"]}}',
			this.mode,
			{},
			undefined,
			false,
		);
		if (isLeftAlone) return;
		await request.readRawBody?.();
		if (!request.is('application/json')) return;
		try {
			request.body = JSON.parse(String(request.rawBody));
		} catch {
			throw Object.assign(new Error('Failed to parse request body'), { status: 422 });
		}
	}

	private async run(
		request: Request,
		response: Response,
		workflow: Workflow,
	): Promise<IWebhookResponseData> {
		const { core } = this.of.n8n;
		const additionalData = this.of.additionalData();
		Object.assign(additionalData, { httpRequest: request, httpResponse: response });
		const webhookData: IWebhookData = {
			httpMethod: 'POST',
			node: this.of.node.name,
			path: 'webhook',
			webhookDescription: this.of.type.description.webhooks![0],
			workflowId: workflow.id,
			workflowExecuteAdditionalData: additionalData,
		};
		const node = workflow.getNode(this.of.node.name)!;
		const context = new core.WebhookContext(
			workflow,
			node,
			additionalData,
			this.mode,
			webhookData,
			[],
			null,
		);
		return (await this.of.type.webhook!.call(context)) as IWebhookResponseData;
	}

	private get mode() {
		return this.options.mode === 'manual' ? 'manual' : 'webhook';
	}

	/** Whatever of it has changed, all is written: of requests side by side the last one wins. */
	private save(workflow: Workflow): void {
		if (this.mode === 'manual' || workflow.staticData.__dataChanged !== true) return;
		this.staticData = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
	}
}
