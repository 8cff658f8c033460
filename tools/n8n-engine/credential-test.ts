import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestRequest,
	INode,
	INodeCredentialTestResult,
	INodeType,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import type { StoredCredential } from './credential-store';
import type { MemoryCredentialsHelper } from './credentials-helper';
import type { N8nModules } from './modules';
import type { LoadedTypes } from './node-types';

/** What the test needs of the engine. */
export interface CredentialTestHost {
	n8n: N8nModules;
	types: LoadedTypes;
	helper: MemoryCredentialsHelper;
	additionalData: () => IWorkflowExecuteAdditionalData;
}

interface FailedRequest extends Error {
	cause?: { code?: string; response?: { status: number; statusText: string } };
}

/** What n8n's dialog makes of a test that failed. */
function asShown(
	error: FailedRequest,
	rules: ICredentialTestRequest['rules'],
): INodeCredentialTestResult {
	const response = error.cause?.response;
	if (response) {
		for (const rule of rules ?? []) {
			if (rule.type === 'responseCode' && rule.properties.value === response.status) {
				return { status: 'Error', message: rule.properties.message };
			}
		}
		if (response.status < 199 || response.status > 299) {
			const fallback = `Received HTTP status code: ${response.status}`;
			return { status: 'Error', message: response.statusText || fallback };
		}
	} else if (error.cause?.code) {
		return { status: 'Error', message: error.cause.code };
	}
	return { status: 'Error', message: error.message.toString() };
}

/** A value deep in an object, by a path with dots. */
function valueAt(body: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], body);
}

/**
 * Runs the `test` request of a credential as n8n's dialog does when the credential is saved
 * (packages/cli/src/services/credentials-tester.service.ts, 2.41): a node that does nothing gets the
 * credential and the request as its routing, and the routing engine runs it.
 */
export async function runCredentialTest(
	{ n8n, types, helper, additionalData }: CredentialTestHost,
	stored: StoredCredential,
	given: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const { test } = types.getCredentialType(stored.type);
	if (!test) return { status: 'Error', message: 'No testing function found for this credential.' };
	let data: ICredentialDataDecryptedObject;
	try {
		data = await helper.applyDefaults(additionalData(), given, stored.type, 'internal');
	} catch (error) {
		return { status: 'Error', message: (error as Error).message };
	}
	const decrypted: ICredentialsDecrypted = { ...stored, data };
	const noOp = types.getByNameAndVersion('n8n-nodes-base.noOp');
	const node: INode = {
		id: 'temp',
		parameters: {},
		name: 'Temp-Node',
		// The short name, as in n8n: there the type of the test's node carries no package name.
		type: noOp.description.name,
		typeVersion: 1,
		position: [0, 0],
		credentials: { [stored.type]: { id: stored.id, name: stored.name } },
	};
	const type: INodeType = {
		description: {
			...noOp.description,
			credentials: [{ name: stored.type, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: test.request },
					default: '',
				},
			],
		},
	};
	const nodeTypes = {
		getKnownTypes: () => ({}),
		getByName: () => type,
		getByNameAndVersion: () => type,
	} as INodeTypes;
	const workflow = new n8n.workflow.Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
	});
	const base = additionalData();
	base.currentNodeParameters = node.parameters;
	base.credentialsHelper = new Proxy(helper, {
		get(target, name) {
			if (name === 'getDecrypted') {
				return async (...args: Parameters<typeof helper.getDecrypted>) =>
					args[5] ? await target.getDecrypted(...args) : data;
			}
			const value: unknown = Reflect.get(target, name);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
	const context = new n8n.core.ExecuteContext(
		workflow,
		node,
		base,
		'internal',
		{ resultData: { runData: {} } } as ConstructorParameters<typeof n8n.core.ExecuteContext>[4],
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	try {
		const response = await new n8n.core.RoutingNode(context, type, decrypted).runNode();
		for (const rule of test.rules ?? []) {
			if (rule.type !== 'responseSuccessBody') continue;
			const body = response?.[0][0].json;
			if (valueAt(body, rule.properties.key) === rule.properties.value) {
				return { status: 'Error', message: rule.properties.message };
			}
		}
	} catch (error) {
		n8n.di.Container.get(n8n.core.ErrorReporter).error(error);
		return asShown(error as FailedRequest, test.rules);
	}
	return { status: 'OK', message: 'Connection successful!' };
}
