import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject, IHttpRequestHelper } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { accountOf } from './account';
import type { Account } from './account';
import { backoff } from './backoff';
import { failureOf } from './failure';
import { LoginError } from './loginError';

/** For how long after a login others with the same stale token are given its token. Milliseconds. */
const TOKEN_SHARED_FOR = 60_000;

/** For how long a refused password is not sent again: 1,000 input items make one login. Milliseconds. */
const REFUSAL_SHARED_FOR = 10_000;

/** How often a login that failed for no fault of the account is tried. */
const ATTEMPTS = 3;

/** The account itself was refused: asking again cannot help. */
class RefusedError extends LoginError {}

interface Login {
	pending?: Promise<string>;
	token?: string;
	refusal?: LoginError;
	endedAt: number;
}

const logins = new Map<string, Login>();

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

/**
 * The bearer token in a credential.
 * @returns undefined when there is none for the account that the credential holds now
 */
export const tokenOf = (credentials: ICredentialDataDecryptedObject): string | undefined => {
	const stored = typeof credentials.token === 'string' ? credentials.token : '';
	const prefix = `${fingerprintOf(accountOf(credentials))}:`;
	return stored.startsWith(prefix) ? stored.slice(prefix.length) : undefined;
};

/**
 * Exchanges e-mail and password for a token: `POST /api/v1/auth/login`. Callers with the same account
 * share one login while it is in flight and for a minute after; none is given the token that its
 * credential holds, since that is the one that was refused.
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
	const refused = tokenOf(credentials);
	forgetOld();

	const known = logins.get(fingerprint);
	if (known?.pending) return bind(await known.pending, fingerprint);
	if (known?.refusal) throw known.refusal;
	if (known?.token && known.token !== refused) return bind(known.token, fingerprint);

	const pending = exchange(helpers, account);
	const entry: Login = { pending, endedAt: Infinity };
	logins.set(fingerprint, entry);
	try {
		entry.token = await pending;
		return bind(entry.token, fingerprint);
	} catch (error) {
		if (error instanceof RefusedError) entry.refusal = error;
		return await Promise.reject(error); // nodeError.ts makes n8n's error of it, once
	} finally {
		entry.pending = undefined;
		entry.endedAt = Date.now();
	}
};

const forgetOld = () => {
	const now = Date.now();
	for (const [key, { pending, refusal, endedAt }] of logins) {
		const sharedFor = refusal ? REFUSAL_SHARED_FOR : TOKEN_SHARED_FOR;
		if (!pending && now - endedAt >= sharedFor) logins.delete(key);
	}
};

const exchange = async (
	helpers: IHttpRequestHelper['helpers'],
	account: Account,
): Promise<string> => {
	for (let attempt = 1; ; attempt++) {
		const outcome = await attemptLogin(helpers, account);
		if (typeof outcome === 'string') return outcome;
		if (!outcome.retryable || attempt === ATTEMPTS) throw outcome.error;
		await sleep(Math.max(outcome.retryAfter ?? 0, backoff(attempt)));
	}
};

const attemptLogin = async (helpers: IHttpRequestHelper['helpers'], account: Account) => {
	const { authUrl, email, password, companyId, tokenTtl } = account;
	try {
		const answer: unknown = await helpers.httpRequest({
			method: 'POST',
			baseURL: authUrl,
			url: '/api/v1/auth/login',
			headers: { 'Content-Type': 'application/json' },
			body: { email, password, ttl: tokenTtl, ...(companyId === undefined ? {} : { companyId }) },
			json: true,
			disableFollowRedirect: true,
			timeout: 60_000,
		});
		const token = (answer as { token?: unknown } | null)?.token;
		if (typeof token === 'string' && token !== '') return token;
		const error = new LoginError(
			'The login address of TWIN24 answered without a token',
			'Check the Auth URL in the credential.',
		);
		return { retryable: false, retryAfter: undefined, error };
	} catch (thrown) {
		const failure = failureOf({ cause: thrown });
		const { status = 0, retryable, retryAfter, apiWords } = failure;
		// An API or a proxy may quote in its complaint what it was sent.
		const withoutPassword = (words: string) => words.replaceAll(password, '(password)');
		const says = apiWords ? ` TWIN24 says: ${withoutPassword(apiWords)}` : '';
		if ([400, 401, 403, 422].includes(status)) {
			const about =
				companyId === undefined ? 'E-mail or password' : 'E-mail, password or company ID';
			const error = new RefusedError(
				`${about} of the TWIN24 credential is wrong: TWIN24 refused the login (HTTP ${status})`,
				`Open the credential and type them again.${says}`,
			);
			return { retryable: false, retryAfter, error };
		}
		const message = `The login to TWIN24 failed. ${failure.message}`;
		const soon = (retryAfter ?? 0) < 60_000;
		return {
			retryable: retryable && soon,
			retryAfter,
			error: new LoginError(withoutPassword(message), withoutPassword(failure.description)),
		};
	}
};
