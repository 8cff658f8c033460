import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject, IHttpRequestHelper } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { accountOf } from './account';
import type { Account } from './account';
import { apiWords } from './apiWords';
import { backoff } from './backoff';
import { bodyIn, contentFailure, failureOf, timeLimitFailure } from './failure';
import type { Failure } from './failure';
import { LoginError } from './loginError';

/** For how long after a login others with the same stale token are given its token. Milliseconds. */
const TOKEN_SHARED_FOR = 60_000;

/**
 * For how long a refused password is not sent again, after the first refusal, the second, and so on:
 * 1,000 input items make one login, and a trigger locks no account. Milliseconds.
 */
const REFUSAL_PAUSES = [10_000, 60_000, 5 * 60_000, 15 * 60_000];

/** How many tokens of an account may be refused one after the other before it gets no new one, and for how long. */
const TOKENS_IN_A_ROW = 5;
const TOKENS_PAUSE = 10_000;

/** How many refused tokens of an account are remembered. */
const TOKENS_REMEMBERED = 50;

/** How long an account that nobody uses is remembered. Milliseconds. */
const REMEMBERED_FOR = 60 * 60_000;

/** How often a login that failed for no fault of the account is tried. */
const ATTEMPTS = 3;

/** A wait that TWIN24 asks for is waited for up to this; beyond it, the login fails. Milliseconds. */
const LONGEST_WAIT = 60_000;

/** Milliseconds that one login may take: in silence, and as a whole. */
const LOGIN_TIMEOUT = 60_000;
const LOGIN_TIME_LIMIT = 120_000;

/** The account itself was refused: asking again cannot help. */
class RefusedError extends LoginError {}

/** What is known of an account's logins, for the whole process. */
interface Session {
	pending?: Promise<string>;
	token?: string;
	tokenAt: number;
	/** A failure that holds for some time. */
	failure?: LoginError;
	failureUntil: number;
	/** Refusals of the account one after the other. */
	refusals: number;
	/** The newest refused tokens. */
	refusedTokens: Set<string>;
	/** How many of them were refused since one was accepted. */
	refusedInARow: number;
	refusedAt: number;
	usedAt: number;
}

const sessions = new Map<string, Session>();

const sessionOf = (fingerprint: string): Session => {
	const now = Date.now();
	for (const [key, { pending, usedAt }] of sessions)
		if (!pending && now - usedAt >= REMEMBERED_FOR) sessions.delete(key);
	const session = sessions.get(fingerprint) ?? {
		tokenAt: -Infinity,
		failureUntil: -Infinity,
		refusals: 0,
		refusedTokens: new Set(),
		refusedInARow: 0,
		refusedAt: -Infinity,
		usedAt: now,
	};
	session.usedAt = now;
	sessions.set(fingerprint, session);
	return session;
};

const fingerprintOf = ({ authUrl, email, password, companyId }: Account): string =>
	createHash('sha256')
		.update(JSON.stringify([authUrl, email, password, companyId ?? null]))
		.digest('hex')
		.slice(0, 32);

/**
 * The token as it is stored: bound to the account that it was got for, so that it is worth nothing
 * once the e-mail, password, company or login URL in the credential is another.
 */
const bind = (token: string, fingerprint: string) => `${fingerprint}:${token}`;

const storedToken = (
	credentials: ICredentialDataDecryptedObject,
	fingerprint: string,
): string | undefined => {
	const stored = typeof credentials.token === 'string' ? credentials.token : '';
	return stored.startsWith(`${fingerprint}:`) ? stored.slice(fingerprint.length + 1) : undefined;
};

/**
 * The bearer token in a credential.
 * @returns undefined when there is none for the account that the credential holds now, or one that is
 *   known to be refused
 */
export const tokenOf = (credentials: ICredentialDataDecryptedObject): string | undefined => {
	const fingerprint = fingerprintOf(accountOf(credentials));
	const token = storedToken(credentials, fingerprint);
	const isRefused = token !== undefined && sessions.get(fingerprint)?.refusedTokens.has(token);
	return isRefused ? undefined : token;
};

/** Notes that TWIN24 refused the token in a credential: it is never sent or handed out again. */
export const refuseToken = (credentials?: ICredentialDataDecryptedObject): void => {
	if (!credentials) return;
	const fingerprint = fingerprintOf(accountOf(credentials));
	const token = storedToken(credentials, fingerprint);
	if (token === undefined) return;
	const session = sessionOf(fingerprint);
	if (session.token === token) session.token = undefined;
	if (session.refusedTokens.has(token)) return;
	session.refusedTokens.add(token);
	session.refusedInARow++;
	session.refusedAt = Date.now();
	for (const oldest of session.refusedTokens) {
		if (session.refusedTokens.size <= TOKENS_REMEMBERED) break;
		session.refusedTokens.delete(oldest);
	}
};

/** Notes that TWIN24 accepted the token in a credential. */
export const acceptToken = (credentials?: ICredentialDataDecryptedObject): void => {
	if (!credentials) return;
	const session = sessions.get(fingerprintOf(accountOf(credentials)));
	if (session) session.refusedInARow = 0;
};

/**
 * Exchanges e-mail and password for a token: `POST /api/v1/auth/login`. Callers with the same account
 * share one login while it is in flight and for a minute after; none is given a token that was refused,
 * and the one that its credential holds counts as such.
 *
 * @returns what n8n is to store under `token`
 * @throws LoginError with a message for the user
 */
export const login = async (
	{ helpers }: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): Promise<string> => {
	const account = accountOf(credentials);
	const fingerprint = fingerprintOf(account);
	const session = sessionOf(fingerprint);
	refuseToken(credentials);
	const now = Date.now();

	if (session.pending) return bind(await session.pending, fingerprint);
	if (session.failure && now < session.failureUntil) throw session.failure;
	const { token } = session;
	if (token !== undefined && now - session.tokenAt < TOKEN_SHARED_FOR)
		return bind(token, fingerprint);
	if (session.refusedInARow >= TOKENS_IN_A_ROW && now - session.refusedAt < TOKENS_PAUSE)
		throw NONE_ACCEPTED;

	session.token = undefined;
	session.pending = exchange(helpers, account, session);
	try {
		session.token = await session.pending;
		session.tokenAt = Date.now();
		session.refusals = 0;
		session.failure = undefined;
		return bind(session.token, fingerprint);
	} finally {
		session.pending = undefined;
		session.usedAt = Date.now();
	}
};

/** There is no sense in asking for yet another token. */
export const NONE_ACCEPTED = new LoginError(
	`TWIN24 gave ${TOKENS_IN_A_ROW} tokens one after the other and accepted none of them (HTTP 401)`,
	'Check that the URLs in the credential belong together: the login of one TWIN24 is worth nothing at another.',
);

const exchange = async (
	helpers: IHttpRequestHelper['helpers'],
	account: Account,
	session: Session,
): Promise<string> => {
	for (let attempt = 1; ; attempt++) {
		const slow = AbortSignal.timeout(LOGIN_TIME_LIMIT);
		try {
			return await askForToken(helpers, account, slow);
		} catch (error) {
			const failure = slow.aborted
				? timeLimitFailure('iam', LOGIN_TIME_LIMIT)
				: failureOf('iam', { cause: error });
			const wait = Math.max(failure.retryAfter ?? 0, backoff(attempt));
			if (failure.retryable && attempt < ATTEMPTS && wait < LONGEST_WAIT) {
				await sleep(wait);
				continue;
			}
			const final = LoginError.is(error) ? error : loginErrorOf(account, error, failure, session);
			remember(session, final, failure);
			throw final;
		}
	}
};

/** Lets others know of a failure that holds for some time. */
const remember = (session: Session, error: LoginError, { retryAfter = 0 }: Failure) => {
	const isRefused = error instanceof RefusedError;
	session.failure = error;
	session.failureUntil = Date.now() + (isRefused ? pauseAfter(session.refusals) : retryAfter);
	if (isRefused) session.refusals++;
};

const pauseAfter = (refusals: number) =>
	REFUSAL_PAUSES[Math.min(refusals, REFUSAL_PAUSES.length - 1)];

const askForToken = async (
	helpers: IHttpRequestHelper['helpers'],
	{ authUrl, email, password, companyId, tokenTtl, allowUnauthorizedCerts }: Account,
	abortSignal: AbortSignal,
): Promise<string> => {
	const answer: unknown = await helpers.httpRequest({
		method: 'POST',
		baseURL: authUrl,
		url: '/api/v1/auth/login',
		headers: { 'Content-Type': 'application/json' },
		body: { email, password, ttl: tokenTtl, ...(companyId === undefined ? {} : { companyId }) },
		json: true,
		disableFollowRedirect: true,
		timeout: LOGIN_TIMEOUT,
		abortSignal,
		...(allowUnauthorizedCerts ? { skipSslCertificateValidation: true } : {}),
	});
	const token = (answer as { token?: unknown } | null)?.token;
	if (typeof token === 'string' && token !== '') return token;
	const { isWebPage } = contentFailure('iam', answer);
	throw new LoginError(
		'The login address of TWIN24 answered without a token',
		`Check the ${isWebPage ? 'Auth URL or the Host URL' : 'Auth URL'} in the credential.`,
	);
};

/** What a failed login is told as; never with the password in it, which an API or a proxy may quote. */
const loginErrorOf = (
	{ password, companyId }: Account,
	error: unknown,
	failure: Failure,
	{ refusals }: Session,
): LoginError => {
	const { status = 0, isWebPage } = failure;
	const withoutPassword = (words: string) => words.replaceAll(password, '(password)');
	if (![400, 401, 403, 422].includes(status) || isWebPage) {
		return new LoginError(
			withoutPassword(`The login to TWIN24 failed. ${failure.message}`),
			withoutPassword(failure.description),
		);
	}
	const body = bodyIn(error) ?? bodyIn({ cause: error });
	const said = apiWords(body);
	const says = said ? ` TWIN24 says: ${withoutPassword(said)}` : '';
	const { what, remedy } = culprit(status, body, companyId !== undefined);
	const lull = `The same values are not sent again for ${shown(pauseAfter(refusals))}, lest TWIN24 lock the account; changed ones are at once.`;
	return new RefusedError(
		`${what}: TWIN24 refused the login (HTTP ${status})`,
		`${remedy} ${lull}${says}`,
	);
};

const shown = (milliseconds: number) =>
	milliseconds < 60_000 ? `${milliseconds / 1000} s` : `${milliseconds / 60_000} min`;

/** Which field a refused login is about, as far as the refusal tells. */
const culprit = (status: number, body: unknown, hasCompany: boolean) => {
	const text = (typeof body === 'string' ? body : JSON.stringify(body)) ?? '';
	const isAboutValues = status === 400 || status === 422;
	if (isAboutValues && /\bttl\b/i.test(text)) {
		return {
			what: 'The Token Lifetime of the TWIN24 credential is not accepted',
			remedy: 'Open the credential and choose another, e.g. 86400.',
		};
	}
	if (isAboutValues && /compan|компани/i.test(text)) {
		return {
			what: 'The Company ID of the TWIN24 credential is not accepted',
			remedy: 'Open the credential and correct it, or leave it empty.',
		};
	}
	return {
		what: `${hasCompany ? 'E-mail, password or company ID' : 'E-mail or password'} of the TWIN24 credential is wrong`,
		remedy: 'Open the credential and type them again.',
	};
};
