import type { IDataObject, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import type { Connection } from '../transport/request';

/**
 * What the user set under n8n's own "Request Options", for a list in the editor. For an operation
 * n8n's routing reads it; for a list nobody does.
 *
 * @returns nothing of a proxy that is no address: the operation says what is wrong with it
 */
export const listConnection = (context: ILoadOptionsFunctions): Connection => {
	const options = (context.getCurrentNodeParameter('requestOptions') ?? {}) as IDataObject;
	const { proxy, allowUnauthorizedCerts, timeout } = options;
	return {
		proxy: typeof proxy === 'string' ? proxyAt(proxy) : undefined,
		skipSslCertificateValidation: allowUnauthorizedCerts === true || undefined,
		timeout: typeof timeout === 'number' && timeout > 0 ? timeout : undefined,
	};
};

const proxyAt = (address: string): IHttpRequestOptions['proxy'] => {
	if (!URL.canParse(address)) return undefined;
	const { protocol, hostname, port, username, password } = new URL(address);
	return {
		protocol: protocol.replace(/:$/, ''),
		host: hostname,
		port: Number(port) || (protocol === 'https:' ? 443 : 80),
		...(username === ''
			? {}
			: {
					auth: {
						username: decodeURIComponent(username),
						password: decodeURIComponent(password),
					},
				}),
	};
};
