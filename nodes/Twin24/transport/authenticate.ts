import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { accountOf } from './account';
import { ENDPOINTS, SERVICES } from './endpoints';
import { tokenOf } from './login';

/** Says "log in again" in the way that n8n understands: like an answer with status 401. */
class TokenMissingError extends Error {
	readonly response = { status: 401 };
}

/**
 * Adds the bearer token to a request. The token goes to the hosts of the credential only, on
 * redirects too.
 *
 * @throws TokenMissingError, upon which n8n logs in and tries again, when there is no token for the
 *   account that the credential holds now, or only one that was refused
 * @throws Error when the request goes to another host
 */
export const authenticate = (
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): IHttpRequestOptions => {
	const account = accountOf(credentials);
	const hosts = SERVICES.map((service) => new URL(account[ENDPOINTS[service].field]).origin);
	const target = targetOf(options);
	if (!hosts.includes(target.origin)) {
		throw new Error(
			`The TWIN24 login is not sent to ${target.host}. It is meant for ${[...new Set(hosts)].join(', ')} only; choose "Authentication: None" for other addresses.`,
		);
	}
	const token = tokenOf(credentials);
	if (token === undefined) throw new TokenMissingError('There is no token for this account yet');
	return {
		...options,
		...(account.allowUnauthorizedCerts ? { skipSslCertificateValidation: true } : {}),
		headers: { ...options.headers, Authorization: `Bearer ${token}` },
		sendCredentialsOnCrossOriginRedirect: false,
	};
};

/** n8n's HTTP Request node, which this credential may be chosen in, still says `uri` for `url`. */
const targetOf = ({ url, uri, baseURL }: IHttpRequestOptions & { uri?: string }) =>
	new URL(url ?? uri, baseURL);
