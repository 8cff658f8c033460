import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IAuthenticateGeneric,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IExecuteSingleFunctions,
	IHttpRequestHelper,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
	INodeListSearchResult,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';

/** A credential that exchanges a password for a token. */
export class SampleApi implements ICredentialType {
	name = 'sampleApi';

	displayName = 'Sample API';

	properties: INodeProperties[] = [
		{ displayName: 'URL', name: 'url', type: 'string', default: '' },
		{ displayName: 'Email', name: 'email', type: 'string', default: '' },
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	async preAuthentication(
		this: IHttpRequestHelper,
		{ url, email, password }: ICredentialDataDecryptedObject,
	) {
		const { token } = (await this.helpers.httpRequest({
			method: 'POST',
			url: `${String(url)}/login`,
			body: { email, password },
		})) as IDataObject;
		return { token };
	}

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.token}}' } },
	};

	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.url}}', url: '/things' },
	};
}

/** Names what came, and what the workflow knows. */
async function mark(
	this: IExecuteSingleFunctions,
	_items: INodeExecutionData[],
	{ body }: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	return (body as IDataObject[]).map((thing) => ({
		json: { ...thing, zone: this.getTimezone() },
		pairedItem: { item: this.getItemIndex() },
	}));
}

async function say(
	this: IExecuteSingleFunctions,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	this.logger.warn('sample: asking');
	return request;
}

async function toFile(
	this: IExecuteSingleFunctions,
	_items: INodeExecutionData[],
	{ body }: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	const name = this.getNodeParameter('fileName') as string;
	const data = await this.helpers.prepareBinaryData(body as Buffer, name, 'audio/mpeg');
	return [{ json: {}, binary: { data } }];
}

async function things(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const { url } = await this.getCredentials<{ url: string }>('sampleApi');
	const found = (await this.helpers.httpRequestWithAuthentication.call(this, 'sampleApi', {
		url: `${url}/things`,
		qs: { name: this.getCurrentNodeParameter('name') },
	})) as IDataObject[];
	return {
		results: found.map(({ name = '', id }) => ({
			name: `${String(name)} ${filter} ${paginationToken}`,
			value: id as number,
		})),
	};
}

/** A declarative node with a list, a file and a request without end. */
export class SampleNode implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Sample',
		name: 'sample',
		group: ['input'],
		version: 1,
		usableAsTool: true,
		description: 'Shows what the harness does',
		defaults: { name: 'Sample' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sampleApi', required: true }],
		requestDefaults: { baseURL: '={{$credentials.url}}' },
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				default: 'things',
				options: [
					{
						name: 'Things',
						value: 'things',
						routing: {
							request: { url: '/things' },
							send: { preSend: [say] },
							output: { postReceive: [mark] },
						},
					},
					{ name: 'Slow', value: 'slow', routing: { request: { url: '/slow' } } },
					{
						name: 'File',
						value: 'file',
						routing: {
							request: { url: '/file', encoding: 'arraybuffer' },
							output: { postReceive: [toFile] },
						},
					},
				],
			},
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: 'thing',
				routing: { send: { type: 'query', property: 'name' } },
			},
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				required: true,
				default: '',
				displayOptions: { show: { resource: ['file'] } },
			},
		],
	};

	methods = { listSearch: { things } };
}

/** A polling node that counts its polls. */
export class SampleTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Sample Trigger',
		name: 'sampleTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Counts its polls',
		defaults: { name: 'Sample Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		polling: true,
		credentials: [{ name: 'sampleApi', required: true }],
		properties: [{ displayName: 'Name', name: 'name', type: 'string', default: '' }],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const memory = this.getWorkflowStaticData('node');
		memory.polls = ((memory.polls as number) ?? 0) + 1;
		const { url } = await this.getCredentials<{ url: string }>('sampleApi');
		const name = this.getNodeParameter('name');
		const found = (await this.helpers.httpRequestWithAuthentication.call(this, 'sampleApi', {
			url: `${url}/things`,
			qs: { name },
		})) as IDataObject[];
		if (name === 'nothing') return null;
		return [found.map((thing) => ({ json: { ...thing, mode: this.getMode() } }))];
	}
}
