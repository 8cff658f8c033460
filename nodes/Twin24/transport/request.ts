import type {
	IAllExecuteFunctions,
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestMethods,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { accountOf } from './account';
import type { Account } from './account';
import { contentOf } from './apiWords';
import { backoff } from './backoff';
import { pause } from './cancellation';
import { dispatch, REQUEST_TIMEOUT, UnusableAnswerError } from './dispatch';
import type { Connection, Context, Priority } from './dispatch';
import { ENDPOINTS } from './endpoints';
import type { Service } from './endpoints';
import { contentFailure, failureOf } from './failure';
import { acceptToken, NONE_ACCEPTED, refuseToken } from './login';
import { RequestError } from './retry';
import { settled } from './settled';

export { RequestError };
export type { Connection, Context, Priority };

export const CREDENTIAL = 'twin24Api';

/**
 * How many times the allowed silence one attempt may take as a whole: five minutes unless the user
 * set a time-out. An answer that comes drop by drop is never silent.
 */
const SILENCES_PER_ATTEMPT = 2.5;

/** How often n8n's helper is called for an attempt that TWIN24 keeps refusing with 401; each time with new tokens. */
const LOGIN_ATTEMPTS = 4;

/** A request to a service of TWIN24. */
export interface ApiRequest {
	/** Whose address. */
	service: Service;
	/** E.g. `/api/v1/search/cis/calls`. */
	path: string;
	/** GET unless given. */
	method?: IHttpRequestMethods;
	query?: IDataObject;
	body?: IDataObject | IDataObject[];
	/** `json` unless given; `bytes`: the answer is a Buffer. */
	as?: 'json' | 'bytes';
	/**
	 * Whether asking again can do no harm; unless given: for GET and HEAD only. A request that is not
	 * repeatable is sent again only when TWIN24 certainly has not carried it out.
	 */
	repeatable?: boolean;
	/**
	 * `content` unless given: an answer in which `read` finds nothing counts as failed. `anything`: any
	 * answer with a status of success will do, an empty one too.
	 */
	accepts?: 'content' | 'anything';
}

/** Makes requests for one piece of work: one input item, one poll, one list. */
export interface Requester {
	readonly account: Account;
	/** n8n's data of this execution of the node: the same object for all of its input items. */
	readonly execution?: object;
	/**
	 * @param read takes what is needed from the answer, or returns undefined when it is not there
	 * @throws RequestError when the API refuses, or when it still fails after all retries
	 * @throws CancelledError when the execution is stopped, or the request is unwanted
	 */
	request<T>(
		request: ApiRequest,
		read: (body: unknown) => T | undefined,
		waiting?: Waiting,
	): Promise<T>;
}

/** Who waits for an answer. */
export interface Waiting {
	/** Fires when nobody does any more: the request is aborted then. */
	unwanted?: AbortSignal;
	/** Told when an answer is there and only has to be read; returns whether another request takes its place. */
	received?: () => boolean;
}

/** Whether the API understood the request and did not accept a value in it. */
export const wasNotAccepted = (error: unknown): boolean =>
	error instanceof RequestError &&
	!error.isWebPage &&
	(error.status === 400 || error.status === 422);

/** @throws Error that names the field of the credential that is wrong */
export const createRequester = async (context: Context, priority: Priority): Promise<Requester> => {
	const stored = new StoredCredential(context);
	const account = accountOf(await stored.read());
	const {
		proxy,
		skipSslCertificateValidation,
		timeout = REQUEST_TIMEOUT,
	} = priority.connection ?? {};

	const request: Requester['request'] = async <T>(
		{ service, path, method = 'GET', query, body, as = 'json', ...rest }: ApiRequest,
		read: (body: unknown) => T | undefined,
		waiting: Waiting = {},
	): Promise<T> => {
		const { repeatable = method === 'GET' || method === 'HEAD', accepts = 'content' } = rest;
		const baseURL = account[ENDPOINTS[service].field];
		const options: IHttpRequestOptions = {
			proxy,
			skipSslCertificateValidation,
			timeout,
			baseURL,
			url: path,
			method,
			qs: query,
			body,
			// Not `json: true`, with which the answer would be parsed before its place is free again.
			encoding: 'arraybuffer',
			...(as === 'json' ? { headers: { Accept: 'application/json' } } : {}),
			returnFullResponse: false,
			disableFollowRedirect: true,
		};
		return await dispatch(context, priority, {
			party: service,
			queue: JSON.stringify([account.email, account.companyId, new URL(baseURL).host]),
			timeLimit: timeout * SILENCES_PER_ATTEMPT,
			repeatable,
			...waiting,
			send: async (signal) => await sendSignedIn(context, service, options, signal, stored),
			read: (answer) => {
				const content = as === 'json' ? contentOf(answer) : answer;
				const value = read(content);
				if (value === undefined && accepts === 'content')
					throw new UnusableAnswerError(contentFailure(service, content));
				return value as T;
			},
		});
	};

	const execution = 'getExecuteData' in context ? context.getExecuteData() : undefined;
	return { account, execution, request };
};

/**
 * Sends a request with a token, and again with new ones while TWIN24 refuses them with 401: it has not
 * carried the request out then. n8n's helper does so once by itself.
 * @throws what n8n's helper throws
 */
const sendSignedIn = async (
	context: Context,
	service: Service,
	options: IHttpRequestOptions,
	signal: AbortSignal,
	stored: StoredCredential,
): Promise<unknown> => {
	let refusal: unknown;
	for (let attempt = 1; ; attempt++) {
		const used: UsedCredential = {};
		const own = contextOfRequest(context, options, signal, used, stored);
		const sending: Promise<unknown> = own.helpers.httpRequestWithAuthentication.call(
			own as IAllExecuteFunctions,
			CREDENTIAL,
			{ ...options, abortSignal: signal },
		);
		const result = await settled(sending);
		if (result.status === 'fulfilled') {
			acceptToken(used.credential);
			stored.keep(used.credential);
			return result.value;
		}
		const { message, status, isWebPage } = failureOf(service, result.reason);
		// The service's own words say more.
		if (message === NONE_ACCEPTED.message) throw refusal ?? result.reason;
		if (status !== 401 || isWebPage) {
			if (status !== undefined && !isWebPage) acceptToken(used.credential);
			throw result.reason;
		}
		refuseToken(used.credential);
		stored.forget();
		refusal = result.reason;
		if (attempt === LOGIN_ATTEMPTS) throw refusal;
		if (attempt > 1) await pause(backoff(attempt - 1), signal);
	}
};

/**
 * The credential for one piece of work. n8n takes it from its database and decrypts it each time that
 * it is asked, some four milliseconds of processor for every page; here it is asked again only once a
 * token was refused: another execution may have stored a new one.
 */
class StoredCredential {
	private known?: ICredentialDataDecryptedObject;

	constructor(private readonly context: Context) {}

	/** @returns a copy: n8n puts the token of a login into it */
	async read(): Promise<ICredentialDataDecryptedObject> {
		this.known ??= await this.context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL);
		return { ...this.known };
	}

	/** @param credential one that was accepted, with its token */
	keep(credential?: ICredentialDataDecryptedObject): void {
		this.known = credential ?? this.known;
	}

	forget(): void {
		this.known = undefined;
	}
}

interface UsedCredential {
	/** The object that n8n puts the token into, so that it tells afterwards which one was sent. */
	credential?: ICredentialDataDecryptedObject;
}

/**
 * n8n's context as one request sees it. n8n's helper overwrites the abort signal of a request with that
 * of the execution, hands the login (`preAuthentication`) nothing of the node's Request Options, and
 * tells nobody which token was refused; all three it takes from its context.
 */
const contextOfRequest = (
	context: Context,
	{ proxy, skipSslCertificateValidation }: IHttpRequestOptions,
	signal: AbortSignal,
	used: UsedCredential,
	stored: StoredCredential,
): Context => {
	const helpers = {
		...context.helpers,
		httpRequest: async (login: IHttpRequestOptions): Promise<unknown> =>
			await context.helpers.httpRequest({
				...login,
				proxy,
				skipSslCertificateValidation:
					login.skipSslCertificateValidation === true || skipSslCertificateValidation,
			}),
	};
	const getCredentials = async () => (used.credential = await stored.read());
	return Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
		getCredentials: { value: getCredentials },
		helpers: { value: helpers },
	}) as Context;
};
