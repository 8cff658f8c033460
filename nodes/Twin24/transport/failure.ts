import { apiWords, bodyData, isHtml, textOf } from './apiWords';
import { retryAfter } from './backoff';
import type { Service } from './endpoints';
import { LoginError } from './loginError';

/** What went wrong with one request, in words for the user; no secret is ever part of it. */
export interface Failure {
	/** What happened. */
	message: string;
	/** What to do, and the API's own words. */
	description: string;
	/** HTTP status, where there was an answer. */
	status?: number;
	/** Whether asking again may help, as far as asking again does no harm. */
	retryable: boolean;
	/** Whether TWIN24 may have carried the request out all the same; false: it certainly has not. */
	mayBeDone: boolean;
	/** How long the API asks to wait, in milliseconds. */
	retryAfter?: number;
	/** The API's own words alone. */
	apiWords?: string;
	/** What the answer with an error status held, where that was JSON; bounded, and without tokens. */
	body?: object;
	/** A web page came instead of an answer of TWIN24's: something stands in front of it. */
	isWebPage?: boolean;
}

/** How messages speak of a service. */
interface Words {
	/** The service itself, as the subject of a sentence. */
	name: string;
	/** What an account without access may not do. */
	mayNot: string;
	/** Whom to ask for what. */
	access: string;
	/** What is sent that may be wrong. */
	check: string;
	/** What is hoped for instead of something else. */
	content: string;
	/** What shortens an answer, where anything does. */
	shorten?: string;
}

/** Whom a request is made to. */
export type Party = Service | 'recordings';

const WORDS: Record<Party, Words> = {
	analyse: {
		name: "TWIN24's calls report",
		mayNot: 'may not read the calls report',
		access: 'access to statistics',
		check: 'Check the fields, filters and dates of this node.',
		content: 'a list of calls',
		shorten: 'choose a shorter period',
	},
	iam: {
		name: "TWIN24's login",
		mayNot: 'may not sign in',
		access: 'the right to sign in',
		check: 'Check the fields of the credential.',
		content: 'a token',
	},
	cis: {
		name: "TWIN24's dialling service",
		mayNot: 'may not use the dial tasks',
		access: 'access to the dial tasks',
		check: 'Check the parameters of this node.',
		content: 'what was asked for',
	},
	bot: {
		name: "TWIN24's bots service",
		mayNot: 'may not see the bots',
		access: 'access to the bots',
		check: 'Check the parameters of this node.',
		content: 'a list of bots',
	},
	recordings: {
		name: "TWIN24's store of recordings",
		mayNot: 'may not read the recording',
		access: 'access to recordings',
		check: 'Check the address of the recording.',
		content: 'a recording',
	},
};

const LATER = 'Try again later.';
const CHECK_URLS = 'Check the URLs in the credential.';
const CHECK_NETWORK = 'Check the network of your n8n, or try again later.';

const laterOrShorter = ({ shorten }: Words) =>
	shorten === undefined ? LATER : `Try again later, or ${shorten}.`;

type Text = (words: Words) => [what: string, remedy: string];

/** Status -> what happened, what to do. */
const STATUSES: Record<number, Text> = {
	400: ({ name, check }) => [`${name} did not accept the request`, check],
	401: ({ name }) => [
		`${name} did not accept the login`,
		'Open the credential and test it. If the test passes, run the workflow again.',
	],
	402: () => [
		'TWIN24 refuses because of the account balance',
		'Top up the TWIN24 account, then run the workflow again.',
	],
	403: ({ mayNot, access }) => [
		`This TWIN24 account ${mayNot}`,
		`Ask the administrator of your TWIN24 account for ${access}, or use another credential.`,
	],
	404: ({ name }) => [`${name} does not know this address`, CHECK_URLS],
	405: ({ name }) => [`${name} does not know this kind of request`, CHECK_URLS],
	407: () => [
		'The proxy in front of TWIN24 asks for a login',
		'Give the user and the password of the proxy: under "Proxy" of this node, or in the settings of your n8n.',
	],
	408: ({ name }) => [`${name} took too long to read the request`, LATER],
	422: ({ name, check }) => [`${name} could not work with the values sent`, check],
	425: ({ name }) => [`${name} was not ready for the request`, LATER],
	429: ({ name }) => [
		`${name} is receiving too many requests`,
		name === WORDS.iam.name
			? 'Wait a while. If many workflows start in one moment, let them start one after the other.'
			: 'Lower "Parallel Requests" under Options, or run fewer workflows at the same time.',
	],
	504: (words) => [`${words.name} took too long to answer`, laterOrShorter(words)],
};
const SERVER_FAILED: Text = ({ name }) => [
	`${name} failed to answer`,
	'The cause is on the side of TWIN24. Try again later.',
];
const REFUSED: Text = ({ name }) => [
	`${name} refused the request`,
	'Check the parameters of this node and the credential.',
];
const REDIRECTED: Text = ({ name }) => [
	`${name} pointed to another address`,
	'Check the URLs in the credential, e.g. https instead of http.',
];

const BROKEN_CONNECTION: Text = ({ name }) => [
	`The connection to ${name} broke off`,
	CHECK_NETWORK,
];
const BROKEN_ANSWER: Text = ({ name }) => [`The answer of ${name} broke off`, CHECK_NETWORK];
const DAMAGED_ANSWER: Text = ({ name }) => [`The answer of ${name} came damaged`, CHECK_NETWORK];
const SILENCE: Text = (words) => [`${words.name} did not answer in time`, laterOrShorter(words)];
const UNREACHABLE: Text = ({ name }) => [
	`${name} cannot be reached`,
	'Check the network of your n8n.',
];

/** Network error code -> what happened, what to do. All of them may pass by themselves. */
const NETWORK: Record<string, Text> = {
	ENOTFOUND: ({ name }) => [
		`The address of ${name} was not found`,
		'Check the URLs in the credential and the network of your n8n.',
	],
	EAI_AGAIN: ({ name }) => [
		`The address of ${name} could not be looked up`,
		'Check the network of your n8n.',
	],
	ECONNREFUSED: ({ name }) => [
		`${name} refused the connection`,
		'Check the URLs in the credential, or try again later.',
	],
	ECONNABORTED: SILENCE,
	ETIMEDOUT: SILENCE,
	ECONNRESET: BROKEN_CONNECTION,
	EPIPE: BROKEN_CONNECTION,
	EHOSTUNREACH: UNREACHABLE,
	ENETUNREACH: UNREACHABLE,
	ERR_BAD_RESPONSE: BROKEN_ANSWER,
	ERR_STREAM_PREMATURE_CLOSE: BROKEN_ANSWER,
	// Of zlib, about a compressed answer that ends too soon, or is none.
	Z_BUF_ERROR: BROKEN_ANSWER,
	Z_DATA_ERROR: DAMAGED_ANSWER,
};

/** Errors from before the request was sent: TWIN24 has seen nothing of it. */
const NEVER_SENT = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED']);

const CERTIFICATE = /certificate|CERT_|SELF_SIGNED|UNABLE_TO_VERIFY/i;

const RETRYABLE_STATUSES = new Set([408, 425, 429]);

/** Refusals that may come after a request was begun: whether it took effect is not certain. */
const UNSURE_STATUSES = new Set([408, 425]);

/** Refusals that a web page in front of TWIN24 gives just as well. */
const FOREIGN_REFUSALS = new Set([400, 401, 402, 403, 405, 406, 422]);

const describe = (remedy: string, words?: string) =>
	words ? `${remedy} TWIN24 says: ${words}` : remedy;

/** The failure of an answer with an error status. */
export const statusFailure = (
	party: Party,
	status: number,
	body: unknown,
	headers: Record<string, unknown> = {},
): Failure => {
	const said = apiWords(body);
	if (isHtml(body) && FOREIGN_REFUSALS.has(status)) return foreignRefusal(party, status, said);
	const fallback = status >= 500 ? SERVER_FAILED : status >= 400 ? REFUSED : REDIRECTED;
	const [what, remedy] = (STATUSES[status] ?? fallback)(WORDS[party]);
	return {
		message: `${what} (HTTP ${status})`,
		description: describe(remedy, said),
		status,
		retryable: status >= 500 || RETRYABLE_STATUSES.has(status),
		mayBeDone: status < 400 || status >= 500 || UNSURE_STATUSES.has(status),
		retryAfter: retryAfter(headers['retry-after']),
		apiWords: said,
		body: bodyData(body),
	};
};

/** A firewall, a proxy or a sign-in page refused the request before TWIN24 saw it. */
const foreignRefusal = (party: Party, status: number, said?: string): Failure => {
	const words = said === undefined ? '' : ` The page says: ${said}`;
	return {
		message: `A web page in front of ${WORDS[party].name} refused the request (HTTP ${status})`,
		description: `It is not TWIN24 that refused: look for a firewall or a proxy between your n8n and TWIN24, and check the URLs in the credential.${words}`,
		status,
		retryable: false,
		mayBeDone: false,
		apiWords: said,
		isWebPage: true,
	};
};

/** The failure of an answer that came with a status of success and is not what was asked for. */
export const contentFailure = (party: Party, body: unknown): Failure => {
	const words = WORDS[party];
	const text = textOf(body);
	const common = { retryable: true, mayBeDone: true };
	if (isHtml(body)) {
		const said = apiWords(body);
		return {
			...common,
			message: `${words.name} answered with a web page instead of data`,
			description: describe('Check the URLs in the credential, or try again later.', said),
			apiWords: said,
			isWebPage: true,
		};
	}
	if (text !== undefined) {
		return {
			...common,
			message: `The answer of ${words.name} broke off or is not JSON`,
			description: laterOrShorter(words),
		};
	}
	const said = apiWords(body);
	return {
		...common,
		message: `${words.name} answered with something else than ${words.content}`,
		description: describe('Check the URLs in the credential, or try again later.', said),
		apiWords: said,
	};
};

/** The failure of a request that was ended because its answer took too long as a whole. */
export const timeLimitFailure = (party: Party, milliseconds: number): Failure => ({
	message: `The answer of ${WORDS[party].name} was not complete after ${milliseconds / 1000} s`,
	description: laterOrShorter(WORDS[party]),
	retryable: true,
	mayBeDone: true,
});

/**
 * What n8n throws for a request: an error around the one that happened. n8n up to 2.0 and a little later loses the
 * inner one; what is left of it then is its message, first in `messages`, and an answer that was a JSON object, in
 * `context.data`.
 */
interface ThrownByN8n {
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

/** The body of the answer with an error status that n8n threw, if there is any. */
export const bodyIn = (error: unknown): unknown => {
	const { cause, context, description } = (error ?? {}) as ThrownByN8n;
	return cause?.response?.data ?? context?.data ?? ownWords(description);
};

/** The failure behind whatever n8n threw for a request to a service. */
export const failureOf = (party: Party, error: unknown): Failure => {
	const {
		cause,
		httpCode,
		code,
		message = String(error),
		messages,
		description,
	} = (error ?? {}) as ThrownByN8n;
	for (const candidate of [cause, error]) {
		if (LoginError.is(candidate)) {
			const { message: what, description: remedy } = candidate;
			return { message: what, description: remedy, retryable: false, mayBeDone: false };
		}
	}
	const status = cause?.response?.status ?? Number(httpCode ?? NaN);
	if (status >= 300) return statusFailure(party, status, bodyIn(error), cause?.response?.headers);

	const innerMessage = cause?.message ?? messages?.[0] ?? message;
	const networkCode = cause?.code ?? code ?? networkCodeIn(innerMessage);
	const known = networkCode === undefined ? undefined : NETWORK[networkCode];
	if (known) {
		const [what, remedy] = known(WORDS[party]);
		const mayBeDone = !NEVER_SENT.has(networkCode!);
		return {
			message: what,
			description: `${remedy} (${networkCode})`,
			retryable: true,
			mayBeDone,
		};
	}
	const broken = brokenIn(innerMessage);
	if (broken) {
		const [what, remedy] = broken(WORDS[party]);
		return { message: what, description: remedy, retryable: true, mayBeDone: true };
	}
	// The one error of ours that n8n wraps, and that has a description.
	if (!cause && messages && description)
		return { message: innerMessage, description, retryable: false, mayBeDone: false };
	const isCertificate = CERTIFICATE.test(`${networkCode ?? ''} ${innerMessage}`);
	return {
		message: `The request to ${WORDS[party].name} could not be made: ${innerMessage}`,
		description: isCertificate
			? 'Check the URLs in the credential. If this server is yours and its certificate is your own, turn on "Ignore SSL Issues" in the credential.'
			: 'Check the URLs in the credential and the network of your n8n.',
		retryable: false,
		mayBeDone: !isCertificate && !innerMessage.startsWith('The TWIN24 login is not sent to '),
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

/** What broke, by the words of an error without a code. */
const brokenIn = (message: string): Text | undefined => {
	if (/aborted|socket hang up|premature close/i.test(message)) return BROKEN_CONNECTION;
	if (/unexpected end of file/i.test(message)) return BROKEN_ANSWER;
	const isDamaged =
		/incorrect (header|data|length) check|invalid (block|stored block|code lengths|distance|literal)/i;
	return isDamaged.test(message) ? DAMAGED_ANSWER : undefined;
};
