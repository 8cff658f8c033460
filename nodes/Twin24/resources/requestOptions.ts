import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import type { Connection } from '../transport/request';

/**
 * What the user set under n8n's own "Request Options", for operations and for the lists in the editor.
 * n8n's routing reads it too, for operations only: there it refuses a proxy that is no address, and
 * puts in five minutes where no time-out is set; ours is shorter, because a request that hangs is asked
 * again.
 *
 * @param requestOptions n8n's parameter of that name; undefined where the node has none
 * @returns nothing of a proxy that is no address: for a list nobody says so, the operation does
 */
export const connectionOf = (requestOptions: unknown): Connection => {
	const { proxy, allowUnauthorizedCerts, timeout } = (requestOptions ?? {}) as IDataObject;
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
