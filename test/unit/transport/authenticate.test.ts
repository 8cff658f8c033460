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

	test('names each host that the login is meant for once', () => {
		const credentials = { ...account, customUrls: true, hostUrl: 'https://twin-ai.com' };
		expect(() => authenticate(credentials, { url: 'https://example.com/api' })).toThrow(
			'It is meant for https://twin-ai.com only; choose "Authentication: None" for other addresses.',
		);
		expect(() => authenticate(account, { url: 'https://example.com/api' })).toThrow(
			/for https:\/\/\S+, https:\/\/\S+, https:\/\/\S+, https:\/\/\S+ only/,
		);
	});

	test('without a token says what n8n logs in upon', () => {
		const stranger = { email: 'nobody@email.com', password: 'secret' };
		const thrown = (() => {
			try {
				return authenticate(stranger, { url: baseUrl });
			} catch (error) {
				return error;
			}
		})();
		expect(thrown).toMatchObject({
			message: 'There is no token for this account yet',
			response: { status: 401 },
		});
	});

	test('lets no redirect carry the token to another host', async () => {
		const { sendCredentialsOnCrossOriginRedirect } = authenticate(await signedIn(), {
			url: baseUrl,
		});
		expect(sendCredentialsOnCrossOriginRedirect).toBe(false);
	});

	test('skips the check of certificates only where the credential says so', async () => {
		const credentials = await signedIn();
		expect(authenticate(credentials, { url: baseUrl })).not.toHaveProperty(
			'skipSslCertificateValidation',
		);
		const lax = { ...credentials, allowUnauthorizedCerts: true };
		expect(authenticate(lax, { url: baseUrl }).skipSslCertificateValidation).toBe(true);
	});

	test('keeps what else the request says', async () => {
		const options = { url: baseUrl, qs: { limit: 1 }, headers: { Accept: 'text/csv' } };
		expect(authenticate(await signedIn(), options)).toMatchObject({
			qs: { limit: 1 },
			headers: { Accept: 'text/csv', Authorization: 'Bearer abc' },
		});
	});
});
