import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { DEFAULT_TOKEN_TTL } from '../nodes/Twin24/transport/account';
import { authenticate } from '../nodes/Twin24/transport/authenticate';
import { ENDPOINTS, urlExpression } from '../nodes/Twin24/transport/endpoints';
import type { Service } from '../nodes/Twin24/transport/endpoints';
import { login } from '../nodes/Twin24/transport/login';

const showWithCustomUrls = { show: { customUrls: [true] } };

/** A number of seconds and no secret, though its name, by which rules go, has "token" in it. */
const tokenLifetime: INodeProperties = {
	displayName: 'Token Lifetime (Seconds)',
	name: 'tokenTtl',
	type: 'number',
	typeOptions: { minValue: 60 },
	default: DEFAULT_TOKEN_TTL,
	description: 'How long a login is valid. A new login is made by itself when it has run out.',
};

/** No secret either, though its name has "auth" in it. */
const ignoreSslIssues: INodeProperties = {
	displayName: 'Ignore SSL Issues (Insecure)',
	name: 'allowUnauthorizedCerts',
	type: 'boolean',
	default: false,
	description:
		'Whether to connect even if the certificate of a server cannot be checked, e.g. behind a proxy that puts in its own. Anybody on the way can read along then.',
};

/** The field for a service's own address. */
const urlField = (service: Service, description: string): INodeProperties => {
	const { label, field, url } = ENDPOINTS[service];
	return {
		displayName: label,
		name: field,
		type: 'string',
		displayOptions: showWithCustomUrls,
		default: '',
		placeholder: `e.g. ${url}`,
		description: `${description}. Leave it empty for the usual place at the Host URL.`,
	};
};

export class Twin24Api implements ICredentialType {
	name = 'twin24Api';

	displayName = 'Twin24 API';

	icon: Icon = {
		light: 'file:../nodes/Twin24/twin24.svg',
		dark: 'file:../nodes/Twin24/twin24.dark.svg',
	};

	documentationUrl = 'https://github.com/twin24-community/n8n-nodes-twin24#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Token',
			name: 'token',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			placeholder: 'name@email.com',
			required: true,
			default: '',
			description: 'The e-mail address with which you sign in to TWIN24',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The password with which you sign in to TWIN24',
		},
		{
			displayName: 'Company ID',
			name: 'companyId',
			type: 'string',
			placeholder: 'e.g. 1758',
			default: '',
			description:
				'Only for accounts that belong to several companies: the one whose calls you want',
		},
		tokenLifetime,
		ignoreSslIssues,
		{
			displayName: 'Use Other Addresses',
			name: 'customUrls',
			type: 'boolean',
			default: false,
			description:
				'Whether your account lives at other addresses than twin24.ai, e.g. at twin-ai.com',
		},
		{
			displayName: 'Host URL',
			name: 'hostUrl',
			type: 'string',
			displayOptions: showWithCustomUrls,
			default: '',
			placeholder: 'e.g. https://twin-ai.com',
			description:
				'The one address under which all services are: the calls report at /analyse, the login at /iam, the dial tasks at /cis, the bots at /bot',
		},
		urlField('analyse', 'Address of the calls report, if it is another'),
		urlField('iam', 'Address of the login, if it is another'),
		urlField('cis', 'Address of the dial tasks, if it is another'),
		urlField('bot', 'Address of the bots, if it is another'),
	];

	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		return { token: await login(this, credentials) };
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return authenticate(credentials, requestOptions);
	}

	/** One row of the calls report: proves the login and the access to the report. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: urlExpression('analyse'),
			url: '/api/v1/search/cis/calls',
			qs: { fields: 'id', limit: 1 },
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'The login worked, but the calls report does not accept it. Check that Base URL and Auth URL belong together.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 402,
					message: 'TWIN24 refuses because of the account balance. Top up the TWIN24 account.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The login worked, but this account may not read the calls report, or a firewall in front of TWIN24 refuses. Ask the administrator of your TWIN24 account for access to statistics.',
				},
			},
			{
				type: 'responseCode',
				properties: { value: 404, message: 'There is no calls report at the Base URL. Check it.' },
			},
			{
				// A web page answers every address with status 200, and has no list of calls.
				type: 'responseSuccessBody',
				properties: {
					key: 'items',
					value: undefined,
					message: 'The Base URL answers, but not with a calls report. Check it.',
				},
			},
			// n8n's types want all rules to be of one kind; n8n itself looks at each.
		] as ICredentialTestRequest['rules'],
	};
}
