/* eslint-disable @n8n/community-nodes/require-node-api-error -- this is no node: it hands on errors as n8n's helper does */
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsExpressionResolveValues,
	ICredentialsHelper,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import type { CredentialStore } from './credential-store';
import type { N8nModules } from './modules';
import type { LoadedTypes } from './node-types';

const mockNode: INode = {
	id: 'mock',
	name: '',
	typeVersion: 1,
	type: 'mock',
	position: [0, 0],
	parameters: {},
};

const mockNodeTypes = {
	getKnownTypes: () => ({}),
	getByName: () => ({ description: { properties: [] } }),
	getByNameAndVersion: () => ({ description: { properties: [] } }),
} as unknown as INodeTypes;

/**
 * Stands in for the CredentialsHelper of the n8n package (packages/cli/src/credentials-helper.ts,
 * 2.41), which n8n-core calls but does not hold. It keeps to n8n's steps for credentials without
 * OAuth, external secrets and sharing: see each method.
 */
export class MemoryCredentialsHelper implements ICredentialsHelper {
	constructor(
		private readonly n8n: N8nModules,
		private readonly types: LoadedTypes,
		private readonly store: CredentialStore,
	) {}

	getParentTypes(name: string): string[] {
		return this.types.getParentCredentialTypes(name);
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	/** A function is called as it is; a `generic` block is resolved and laid over the request. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.types.getCredentialType(typeName);
		if (!authenticate) return requestOptions;
		if (typeof authenticate === 'function') {
			return await authenticate(credentials, requestOptions);
		}
		if (!workflow || !node) {
			throw new Error('Workflow and node are required for declarative credential authentication');
		}
		requestOptions.headers ??= {};
		const target = requestOptions as unknown as Record<string, Record<string, string>>;
		const resolve = (value: string) => this.resolveValue(value, credentials, workflow, node);
		for (const [part, values] of Object.entries(authenticate.properties)) {
			for (const [key, value] of Object.entries(values as Record<string, string>)) {
				target[part] ??= {};
				target[part][resolve(key)] = resolve(value);
			}
		}
		return requestOptions;
	}

	/**
	 * Asks for a token when the hidden expirable property is empty, or when n8n says that it has
	 * expired; saves what came back, over what is stored.
	 */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.types.getCredentialType(typeName);
		const expirable = type.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		);
		if (expirable === undefined || typeof type.preAuthentication !== 'function') return undefined;
		const isTest = node.parameters?.temp === '' && node.type === 'n8n-nodes-base.noOp';
		if (credentials[expirable.name] !== '' && !credentialsExpired && !isTest) return undefined;
		const output = await type.preAuthentication.call(
			this.restrictToCredentialDomains(helpers, credentials),
			credentials,
		);
		if (output[expirable.name] === undefined || !node.credentials) return undefined;
		const details = node.credentials[type.name];
		const stored = await (await this.getCredentials(details, type.name)).getData();
		const toSave = { ...stored };
		for (const [key, value] of Object.entries(output)) {
			if (key === expirable.name || !this.n8n.workflow.isExpression(stored[key])) {
				toSave[key] = value as ICredentialDataDecryptedObject[string];
			}
		}
		await this.updateCredentials(details, type.name, toSave);
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.types.getCredentialType(typeName);
		if (typeof type.preAuthentication !== 'function') return undefined;
		const restricted = this.restrictToCredentialDomains(helpers, credentials);
		const output = await type.preAuthentication.call(restricted, credentials);
		return output as ICredentialDataDecryptedObject;
	}

	async getCredentials(details: INodeCredentialsDetails, type: string): Promise<ICredentials> {
		return this.store.read(details.id, type);
	}

	/** Reads from the database every time; nothing is kept between two calls. */
	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolveValues?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const data = await (await this.getCredentials(details, type)).getData();
		if (raw === true) return data;
		return await this.applyDefaults(additionalData, data, type, mode, executeData, resolveValues);
	}

	/** Adds defaults, drops what the dialog does not show (display options), resolves expressions. */
	async applyDefaults(
		additionalData: IWorkflowExecuteAdditionalData,
		stored: ICredentialDataDecryptedObject,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		resolveValues?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const { NodeHelpers, Workflow: WorkflowClass } = this.n8n.workflow;
		const data = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			stored as INodeParameters,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		for (const kept of ['allowedHttpRequestDomains', 'allowedDomains']) {
			if (data[kept] === undefined && stored[kept] !== undefined) data[kept] = stored[kept];
		}
		const keys = this.n8n.core.getAdditionalKeys(additionalData, mode, null, {
			isCredential: true,
		});
		if (resolveValues) {
			try {
				return resolveValues.workflow.expression.getParameterValue(
					data as INodeParameters,
					resolveValues.runExecutionData,
					resolveValues.runIndex,
					resolveValues.itemIndex,
					resolveValues.node.name,
					resolveValues.connectionInputData,
					mode,
					keys,
					executeData,
					false,
					data as INodeParameters,
				) as ICredentialDataDecryptedObject;
			} catch (error) {
				(error as Error).message += ' [Error resolving credentials]';
				throw error;
			}
		}
		const workflow = new WorkflowClass({
			nodes: [mockNode],
			connections: {},
			active: false,
			nodeTypes: mockNodeTypes,
		});
		return workflow.expression.getComplexParameterValue(
			mockNode,
			data as INodeParameters,
			mode,
			keys,
			undefined,
			undefined,
			data as INodeParameters,
		) as ICredentialDataDecryptedObject;
	}

	async updateCredentials(
		details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		await this.store.update(details.id, type, data);
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('The test harness knows no OAuth credentials');
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.types.getCredentialType(type).properties;
	}

	/** A credential that its owner has tied to certain hosts logs in at no other. */
	private restrictToCredentialDomains(
		{ helpers }: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): IHttpRequestHelper {
		return {
			helpers: {
				httpRequest: async (request: IHttpRequestOptions) => {
					const allowedDomains =
						this.n8n.workflow.getCredentialOwnRequestAllowedDomains?.(credentials);
					return await helpers.httpRequest(
						allowedDomains === undefined ? request : { ...request, allowedDomains },
					);
				},
			},
		};
	}

	private resolveValue(
		value: string,
		credentials: ICredentialDataDecryptedObject,
		workflow: Workflow,
		node: INode,
	): string {
		if (!this.n8n.workflow.isExpression(value)) return value;
		const keys = { $credentials: credentials };
		const resolved = workflow.expression.getSimpleParameterValue(
			node,
			value,
			'internal',
			keys,
			undefined,
			'',
		);
		return resolved ? resolved.toString() : '';
	}
}
