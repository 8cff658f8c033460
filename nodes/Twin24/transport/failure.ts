import { retryAfter } from './backoff';
import { LoginError } from './loginError';

/** What went wrong with one request, in words for the user; no secret is ever part of it. */
export interface Failure {
	/** What happened. */
	message: string;
	/** What to do, and the API's own words. */
	description: string;
	/** HTTP status, where there was an answer. */
	status?: number;
	/** Whether asking again may help. */
	retryable: boolean;
	/** How long the API asks to wait, in milliseconds. */
	retryAfter?: number;
	/** The API's own words alone. */
	apiWords?: string;
}

/** Status -> what happened, what to do. The last digit-free row is for every other 5xx or 4xx. */
const STATUSES: Record<number, [what: string, remedy: string]> = {
	400: ['TWIN24 did not accept the request', 'Check the fields, filters and dates of this node.'],
	401: [
		'TWIN24 did not accept the login',
		'Open the credential and test it. If the test passes, run the workflow again.',
	],
	402: [
		'TWIN24 refuses because of the account balance',
		'Top up the TWIN24 account, then run the workflow again.',
	],
	403: [
		'This TWIN24 account may not read the calls report',
		'Ask the administrator of your TWIN24 account for access to statistics, or use another credential.',
	],
	404: ['TWIN24 does not know this address', 'Check the URLs in the credential.'],
	405: ['TWIN24 does not know this kind of request', 'Check the URLs in the credential.'],
	408: ['TWIN24 took too long to read the request', 'Try again later.'],
	422: [
		'TWIN24 could not work with the values sent',
		'Check the fields, filters and dates of this node.',
	],
	425: ['TWIN24 was not ready for the request', 'Try again later.'],
	429: [
		'TWIN24 is receiving too many requests',
		'Lower "Parallel Requests" under Options, or run fewer workflows at the same time.',
	],
	504: ['TWIN24 took too long to answer', 'Try again later, or choose a shorter period.'],
};
const SERVER_FAILED: [string, string] = [
	'TWIN24 failed to answer',
	'The error is on the side of TWIN24. Try again later.',
];
const REFUSED: [string, string] = [
	'TWIN24 refused the request',
	'Check the parameters of this node and the credential.',
];
const REDIRECTED: [string, string] = [
	'TWIN24 pointed to another address',
	'Check the URLs in the credential, e.g. https instead of http.',
];

/** Network error code -> what happened, what to do. All of them may pass by themselves. */
const NETWORK: Record<string, [what: string, remedy: string]> = {
	ENOTFOUND: [
		'The address of TWIN24 was not found',
		'Check the URLs in the credential and the network of your n8n.',
	],
	EAI_AGAIN: ['The address of TWIN24 could not be looked up', 'Check the network of your n8n.'],
	ECONNREFUSED: [
		'TWIN24 refused the connection',
		'Check the URLs in the credential, or try again later.',
	],
	ECONNABORTED: ['TWIN24 did not answer in time', 'Try again later, or choose a shorter period.'],
	ETIMEDOUT: ['TWIN24 did not answer in time', 'Try again later, or choose a shorter period.'],
	ECONNRESET: [
		'The connection to TWIN24 broke off',
		'Check the network of your n8n, or try again later.',
	],
	EPIPE: [
		'The connection to TWIN24 broke off',
		'Check the network of your n8n, or try again later.',
	],
	EHOSTUNREACH: ['TWIN24 cannot be reached', 'Check the network of your n8n.'],
	ENETUNREACH: ['TWIN24 cannot be reached', 'Check the network of your n8n.'],
	ERR_BAD_RESPONSE: [
		'The answer of TWIN24 broke off',
		'Check the network of your n8n, or try again later.',
	],
	ERR_STREAM_PREMATURE_CLOSE: [
		'The answer of TWIN24 broke off',
		'Check the network of your n8n, or try again later.',
	],
};

const RETRYABLE_STATUSES = new Set([408, 425, 429]);

/** Longest piece of the API's own words that is shown. */
const LONGEST_QUOTE = 500;

/**
 * The API's own words in an error body: from `error`, `message`, `details`, `detail`, `errors` (as
 * text, list or object, nested or not), or the visible text of an HTML page.
 */
export const apiWords = (body: unknown): string | undefined => {
	const words = [...new Set(collectWords(parsed(body), 0))].join(': ').replace(/\s+/g, ' ').trim();
	return words ? cutShort(words.replace(TOKEN, '(token)')) : undefined;
};

/** A JWT, which an API or a proxy may echo in its complaint. */
const TOKEN = /\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g;

const cutShort = (words: string) =>
	words.length > LONGEST_QUOTE ? `${words.slice(0, LONGEST_QUOTE)}…` : words;

const parsed = (body: unknown): unknown => {
	const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : body;
	if (typeof text !== 'string') return text;
	try {
		return JSON.parse(text);
	} catch {
		return isHtml(text) ? visibleText(text) : text;
	}
};

const collectWords = (value: unknown, depth: number): string[] => {
	if (typeof value === 'string') return value.trim() ? [value.trim()] : [];
	if (depth > 3 || typeof value !== 'object' || value === null) return [];
	if (Array.isArray(value))
		return value.slice(0, 5).flatMap((entry) => collectWords(entry, depth + 1));
	const entries = value as Record<string, unknown>;
	const named = ['error', 'message', 'details', 'detail', 'errors'].flatMap((key) =>
		collectWords(entries[key], depth + 1),
	);
	if (named.length > 0 || depth === 0) return named;
	return Object.values(entries)
		.slice(0, 5)
		.flatMap((entry) => collectWords(entry, depth + 1));
};

export const isHtml = (text: string): boolean =>
	/^\s*(<!doctype html|<html|<head|<body)/i.test(text);

const visibleText = (html: string): string =>
	html
		.slice(0, 20_000)
		.replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
		.replace(/<[^>]*>/g, ' ')
		.replace(/&nbsp;/g, ' ');

const describe = (remedy: string, words?: string) =>
	words ? `${remedy} TWIN24 says: ${words}` : remedy;

/** The failure of an answer with an error status. */
export const statusFailure = (
	status: number,
	body: unknown,
	headers: Record<string, unknown> = {},
): Failure => {
	const fallback = status >= 500 ? SERVER_FAILED : status >= 400 ? REFUSED : REDIRECTED;
	const [what, remedy] = STATUSES[status] ?? fallback;
	const words = apiWords(body);
	return {
		message: `${what} (HTTP ${status})`,
		description: describe(remedy, words),
		status,
		retryable: status >= 500 || RETRYABLE_STATUSES.has(status),
		retryAfter: retryAfter(headers['retry-after']),
		apiWords: words,
	};
};

/** The failure of an answer that came with status 200 and is not what was asked for. */
export const contentFailure = (body: unknown): Failure => {
	const text = typeof body === 'string' ? body : undefined;
	const words = apiWords(body);
	if (text !== undefined && isHtml(text)) {
		return {
			message: 'TWIN24 answered with a web page instead of data',
			description: describe('Check the URLs in the credential, or try again later.', words),
			retryable: true,
			apiWords: words,
		};
	}
	if (text !== undefined) {
		return {
			message: 'The answer of TWIN24 broke off or is not JSON',
			description: 'Try again later, or choose a shorter period.',
			retryable: true,
		};
	}
	return {
		message: 'TWIN24 answered with something else than a list of calls',
		description: describe('Check the URLs in the credential, or try again later.', words),
		retryable: true,
		apiWords: words,
	};
};

/**
 * What n8n throws for a request: an error around the one that happened. n8n up to 2.0 and a little later loses the
 * inner one; what is left of it then is its message, first in `messages`, and an answer that was a JSON object, in
 * `context.data`.
 */
interface RequestError {
	message?: string;
	description?: string;
	httpCode?: string | null;
	code?: string;
	messages?: string[];
	context?: { data?: unknown };
	cause?: {
		name?: string;
		message?: string;
		code?: string;
		response?: { status?: number; data?: unknown; headers?: Record<string, unknown> };
	};
}

/** The failure behind whatever n8n threw for a request. */
export const failureOf = (error: unknown): Failure => {
	const {
		cause,
		httpCode,
		code,
		message = String(error),
		messages,
		description,
		context,
	} = (error ?? {}) as RequestError;
	for (const candidate of [cause, error]) {
		if (LoginError.is(candidate)) {
			return { message: candidate.message, description: candidate.description, retryable: false };
		}
	}
	const status = cause?.response?.status ?? Number(httpCode ?? NaN);
	if (status >= 300) {
		return statusFailure(
			status,
			cause?.response?.data ?? context?.data ?? ownWords(description),
			cause?.response?.headers,
		);
	}

	const innerMessage = cause?.message ?? messages?.[0] ?? message;
	const networkCode = cause?.code ?? code ?? networkCodeIn(innerMessage);
	const known = networkCode === undefined ? undefined : NETWORK[networkCode];
	if (known)
		return { message: known[0], description: `${known[1]} (${networkCode})`, retryable: true };
	if (/aborted|socket hang up|premature close/i.test(innerMessage)) {
		const [what, remedy] = NETWORK.ECONNRESET;
		return { message: what, description: remedy, retryable: true };
	}
	// The one error of ours that n8n wraps, and that has a description.
	if (!cause && messages && description)
		return { message: innerMessage, description, retryable: false };
	return {
		message: `The request to TWIN24 could not be made: ${innerMessage}`,
		description: 'Check the URLs in the credential and the network of your n8n.',
		retryable: false,
	};
};

/** A description that is not just the HTTP library's "Request failed with status code 400". */
const ownWords = (description?: string) =>
	/^Request failed with status code \d+$/.test(description ?? '') ? undefined : description;

/** The network error code in a message like "read ECONNRESET". */
const networkCodeIn = (message: string): string | undefined =>
	/^timeout of \d+ ?ms exceeded/.test(message)
		? 'ECONNABORTED'
		: Object.keys(NETWORK).find((code) => message.includes(code));
