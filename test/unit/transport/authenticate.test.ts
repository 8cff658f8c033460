import type { IHttpRequestOptions } from 'n8n-workflow';

import { accountOf } from '../../../nodes/Twin24/transport/account';
import { authenticate } from '../../../nodes/Twin24/transport/authenticate';
import { login } from '../../../nodes/Twin24/transport/login';

describe('authenticate', () => {
	const account = { email: 'name@email.com', password: 'secret' };
	const signedIn = async () => {
		const helpers = { httpRequest: async () => ({ token: 'abc' }) } as unknown as Parameters<
			typeof login
		>[0]['helpers'];
		return { ...account, token: await login({ helpers }, account) };
	};
	const { baseUrl } = accountOf(account);

	test.each([
		['url', { url: `${baseUrl}/api/v1/search/cis/calls` }],
		['url below baseURL', { baseURL: baseUrl, url: '/api/v1/search/cis/calls' }],
		['uri, as the HTTP Request node has it', { uri: `${baseUrl}/api/v1/search/cis/calls` }],
	])('adds the token to a request with its address in %s', async (_name, options) => {
		const { headers } = authenticate(await signedIn(), options as IHttpRequestOptions);
		expect(headers).toEqual({ Authorization: 'Bearer abc' });
	});

	test.each(['url', 'uri'])('refuses another host in %s', async (name) => {
		const options = { [name]: 'https://example.com/api' } as unknown as IHttpRequestOptions;
		expect(() => authenticate(account, options)).toThrow(
			'The TWIN24 login is not sent to example.com',
		);
	});
});
