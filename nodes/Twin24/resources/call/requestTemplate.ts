import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { REQUEST_TIMEOUT } from '../../transport/request';

/** A request of n8n's without its query. */
export type RequestTemplate = IHttpRequestOptions & { qs?: undefined };

/**
 * What n8n's routing made of the node's "requestOptions" (proxy, certificates, time-out), for every
 * request of an operation. n8n puts in five minutes where the user set no time-out; ours is shorter,
 * because a request that hangs is asked again.
 */
export function requestTemplate(
	this: IExecuteSingleFunctions,
	options: DeclarativeRestApiSettings.HttpRequestOptions,
): RequestTemplate {
	const { timeout } = this.getNodeParameter('requestOptions', {}) as IDataObject;
	return {
		...(options as IHttpRequestOptions),
		url: options.url ?? '',
		qs: undefined,
		timeout: typeof timeout === 'number' && timeout > 0 ? timeout : REQUEST_TIMEOUT,
	};
}
