import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { authenticate } from '../../../nodes/Twin24/transport/authenticate';
import { acceptToken, login, refuseToken, tokenOf } from '../../../nodes/Twin24/transport/login';
import { LoginError } from '../../../nodes/Twin24/transport/loginError';

/** A login service that gives token1, token2, …, or does what it is told to. */
class Iam {
	readonly asked: IHttpRequestOptions[] = [];
	behave: (attempt: number) => unknown = (attempt) => ({ token: `token${attempt}` });

	readonly helper = {
		helpers: {
			httpRequest: async (options: IHttpRequestOptions) => {
				const attempt = this.asked.push(options);
				await Promise.resolve();
				return this.behave(attempt);
			},
		},
	} as unknown as IHttpRequestHelper;
}

/** What n8n's helper throws for an answer with an error status. */
const answer = (status: number, data: unknown = {}, headers: Record<string, string> = {}) =>
	Object.assign(new Error(`Request failed with status code ${status}`), {
		response: { status, data, headers },
	});

const refuse = (status: number, data?: unknown) => () => {
	throw answer(status, data);
};

let accounts = 0;
/** Of an account that no test has used: logins are remembered for the whole process. */
const credential = (
	other: ICredentialDataDecryptedObject = {},
): ICredentialDataDecryptedObject => ({
	email: `user${++accounts}@example.com`,
	password: 'secret + & = % "пароль"',
	token: '',
	...other,
});

/** The bearer token that a request would carry after this login. */
const tokenAfter = async (iam: Iam, credentials: ICredentialDataDecryptedObject) =>
	tokenOf({ ...credentials, token: await login(iam.helper, credentials) });

const failureOf = async (promise: Promise<unknown>): Promise<LoginError> => {
	const error = await promise.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(LoginError);
	return error as LoginError;
};

let iam: Iam;
beforeEach(() => {
	jest.useFakeTimers({ now: Date.parse('2026-03-01T09:00:00Z') });
	iam = new Iam();
});
afterEach(() => jest.useRealTimers());

describe('the token exchange', () => {
	test('sends e-mail, password and lifetime as JSON, and nothing else', async () => {
		const credentials = credential();
		expect(await tokenAfter(iam, credentials)).toBe('token1');
		expect(iam.asked).toEqual([
			expect.objectContaining({
				method: 'POST',
				baseURL: 'https://iam.twin24.ai',
				url: '/api/v1/auth/login',
				body: { email: credentials.email, password: credentials.password, ttl: 86_400 },
				json: true,
				disableFollowRedirect: true,
			}),
		]);
	});

	test('sends the company as a number when there is one', async () => {
		await login(iam.helper, credential({ companyId: ' 1758 ', tokenTtl: 3600 }));
		expect(iam.asked[0].body).toMatchObject({ companyId: 1758, ttl: 3600 });
	});

	test('keeps a password as it was typed, and drops spaces around the e-mail', async () => {
		await login(
			iam.helper,
			credential({ email: ' anna@example.com ', password: ' начало и конец ' }),
		);
		expect(iam.asked[0].body).toMatchObject({
			email: 'anna@example.com',
			password: ' начало и конец ',
		});
	});

	test('goes to the Auth URL of the credential, whose trailing slashes do no harm', async () => {
		await login(
			iam.helper,
			credential({ customUrls: true, authUrl: ' https://iam.twin-ai.com// ' }),
		);
		expect(iam.asked[0].baseURL).toBe('https://iam.twin-ai.com');
	});

	test('leaves other addresses aside while they are switched off', async () => {
		await login(iam.helper, credential({ customUrls: false, authUrl: 'https://iam.twin-ai.com' }));
		expect(iam.asked[0].baseURL).toBe('https://iam.twin24.ai');
	});

	test.each([
		['Email', { email: ' ' }, 'is empty'],
		['Password', { password: '' }, 'is empty'],
		['Password', { password: 12 }, 'is empty'],
		['Company ID', { companyId: 'ООО' }, 'is not a number'],
		['Company ID', { companyId: '-1' }, 'is not a number'],
		['Token Lifetime', { tokenTtl: 59 }, 'must be a whole number of seconds, 60 or more'],
		['Token Lifetime', { tokenTtl: 3600.5 }, 'must be a whole number'],
		['Auth URL', { customUrls: true, authUrl: 'iam.twin24.ai' }, 'is not a web address'],
		['Base URL', { customUrls: true, baseUrl: 'ftp://twin24.ai' }, 'is not a web address'],
		['Tasks URL', { customUrls: true, tasksUrl: 'localhost:80' }, 'is not a web address'],
		['Bots URL', { customUrls: true, botsUrl: 'localhost:80' }, 'is not a web address'],
		['Host URL', { customUrls: true, hostUrl: 'twin-ai.com' }, 'is not a web address'],
	])('is not begun when the %s cannot work: %p', async (label, wrong, problem) => {
		await expect(login(iam.helper, credential(wrong))).rejects.toThrow(
			`The ${label} of the TWIN24 credential ${problem}`,
		);
		expect(iam.asked).toEqual([]);
	});
});

describe('one login for many', () => {
	test('while it is in flight', async () => {
		const credentials = credential();
		const tokens = await Promise.all(
			Array.from({ length: 200 }, async () => await tokenAfter(iam, credentials)),
		);
		expect(new Set(tokens)).toEqual(new Set(['token1']));
		expect(iam.asked).toHaveLength(1);
	});

	test('and for a minute after, but not longer', async () => {
		const credentials = credential();
		await login(iam.helper, credentials);
		jest.advanceTimersByTime(59_999);
		expect(await tokenAfter(iam, credentials)).toBe('token1');
		jest.advanceTimersByTime(1);
		expect(await tokenAfter(iam, credentials)).toBe('token2');
		expect(iam.asked).toHaveLength(2);
	});

	test('never answers with the token that was just refused', async () => {
		const credentials = credential();
		const stale = await login(iam.helper, credentials);
		expect(await tokenAfter(iam, { ...credentials, token: stale })).toBe('token2');
		// Those who come a moment later with the same stale token are given the new one.
		expect(await tokenAfter(iam, { ...credentials, token: stale })).toBe('token2');
		expect(iam.asked).toHaveLength(2);
	});

	test.each([
		['e-mail', { email: 'other@example.com' }],
		['password', { password: 'other' }],
		['company', { companyId: '7' }],
		['login address', { customUrls: true, authUrl: 'https://iam.twin-ai.com' }],
	])('is not for those with another %s', async (_what, other) => {
		const credentials = credential();
		await login(iam.helper, credentials);
		await login(iam.helper, { ...credentials, ...other });
		expect(iam.asked).toHaveLength(2);
	});
});

describe('a token', () => {
	test.each([
		['e-mail', { email: 'other2@example.com' }],
		['password', { password: 'other' }],
		['company', { companyId: '7' }],
		['login address', { customUrls: true, authUrl: 'https://iam.twin-ai.com' }],
	])('is worth nothing once the %s in the credential is another', async (_what, other) => {
		const credentials = credential();
		const token = await login(iam.helper, credentials);
		expect(tokenOf({ ...credentials, token })).toBe('token1');
		expect(tokenOf({ ...credentials, token, ...other })).toBeUndefined();
	});

	test('that was refused is never handed out or sent again, wherever it came from', async () => {
		const credentials = credential();
		const first = await login(iam.helper, credentials);
		// Refused behind the back of n8n's helper, which has not asked for a new one.
		refuseToken({ ...credentials, token: first });
		expect(tokenOf({ ...credentials, token: first })).toBeUndefined();
		expect(await tokenAfter(iam, credentials)).toBe('token2');
		// The login gives it once more: a TWIN24 that hands out its tokens anew.
		expect(await tokenAfter(iam, { ...credentials, token: first })).toBe('token2');
	});

	test('is not asked for any more when five in a row were refused, until ten seconds later', async () => {
		const credentials = credential();
		for (let tokens = 0; tokens < 5; tokens++)
			refuseToken({ ...credentials, token: await login(iam.helper, credentials) });
		const { message } = await failureOf(login(iam.helper, credentials));
		expect(message).toBe(
			'TWIN24 gave 5 tokens one after the other and accepted none of them (HTTP 401)',
		);
		expect(iam.asked).toHaveLength(5);
		jest.advanceTimersByTime(10_000);
		expect(await tokenAfter(iam, credentials)).toBe('token6');
	});

	test('that is accepted in between makes up for those refused before', async () => {
		const credentials = credential();
		for (let tokens = 0; tokens < 20; tokens++) {
			const token = await login(iam.helper, credentials);
			if (tokens % 4 === 0) acceptToken({ ...credentials, token });
			refuseToken({ ...credentials, token });
		}
		expect(iam.asked).toHaveLength(20);
	});

	test('outlives changes that do not concern the account', async () => {
		const credentials = credential();
		const token = await login(iam.helper, credentials);
		expect(tokenOf({ ...credentials, token, tokenTtl: 3600 })).toBe('token1');
		expect(tokenOf({ ...credentials, token, email: ` ${String(credentials.email)} ` })).toBe(
			'token1',
		);
	});

	test.each([[''], [undefined], [7], ['token without an account']])('is none: %p', (token) => {
		expect(tokenOf(credential({ token: token as string }))).toBeUndefined();
	});

	test('as it is stored, does not show the password', async () => {
		expect(await login(iam.helper, credential({ password: 'hunter2' }))).not.toContain('hunter2');
	});
});

describe('a refused login', () => {
	test.each([[400], [401], [403], [422]])(
		'(HTTP %i) says so in plain words, with those of TWIN24',
		async (status) => {
			iam.behave = refuse(status, { error: 'Неверный логин или пароль.' });
			const { message, description } = await failureOf(login(iam.helper, credential()));
			expect(message).toBe(
				`E-mail or password of the TWIN24 credential is wrong: TWIN24 refused the login (HTTP ${status})`,
			);
			expect(description).toBe(
				'Open the credential and type them again. The same values are not sent again for 10 s, lest TWIN24 lock the account; changed ones are at once. TWIN24 says: Неверный логин или пароль.',
			);
			expect(iam.asked).toHaveLength(1);
		},
	);

	test('names the company among the suspects', async () => {
		iam.behave = refuse(403);
		const { message } = await failureOf(login(iam.helper, credential({ companyId: 1 })));
		expect(message).toMatch(/^E-mail, password or company ID of/);
	});

	test('is asked once for 1,000', async () => {
		iam.behave = refuse(401);
		const credentials = credential();
		const failures = await Promise.all(
			Array.from({ length: 1000 }, async () => await failureOf(login(iam.helper, credentials))),
		);
		expect(new Set(failures.map(({ message }) => message)).size).toBe(1);
		expect(iam.asked).toHaveLength(1);
	});

	test('is asked again after 10 s, 1 min, 5 min, and every 15 min from then on', async () => {
		iam.behave = refuse(401);
		const credentials = credential();
		await failureOf(login(iam.helper, credentials));
		const pauses: Array<[seconds: number, shown: string]> = [
			[10, '1 min'],
			[60, '5 min'],
			[300, '15 min'],
			[900, '15 min'],
		];
		for (const [index, [seconds, shown]] of pauses.entries()) {
			jest.advanceTimersByTime(seconds * 1000 - 1);
			await failureOf(login(iam.helper, credentials));
			expect(iam.asked).toHaveLength(index + 1);
			jest.advanceTimersByTime(1);
			const { description } = await failureOf(login(iam.helper, credentials));
			expect(description).toContain(`not sent again for ${shown},`);
			expect(iam.asked).toHaveLength(index + 2);
		}
	});

	test('that worked meanwhile begins anew with 10 s', async () => {
		const credentials = credential();
		iam.behave = refuse(401);
		await failureOf(login(iam.helper, credentials));
		jest.advanceTimersByTime(10_000);
		iam.behave = () => ({ token: 'good' });
		await login(iam.helper, credentials);
		jest.advanceTimersByTime(60_000);
		iam.behave = refuse(401);
		const { description } = await failureOf(login(iam.helper, credentials));
		expect(description).toContain('not sent again for 10 s,');
	});

	test.each([
		[
			422,
			{ error: 'Ошибка валидации.', details: { ttl: ['Не больше 604800.'] } },
			'The Token Lifetime',
		],
		[400, { message: 'ttl is too large' }, 'The Token Lifetime'],
		[422, { errors: { companyId: ['Нет такой'] } }, 'The Company ID'],
		[422, { errors: { email: ['Не адрес'] } }, 'E-mail or password'],
	])('names the field that it is about (HTTP %i, %j)', async (status, body, field) => {
		iam.behave = refuse(status, body);
		const { message } = await failureOf(login(iam.helper, credential()));
		expect(message).toMatch(new RegExp(`^${field} of the TWIN24 credential`));
	});

	test.each([[400], [401], [403], [422]])(
		'that a web page in front of TWIN24 gives is no wrong password (HTTP %i)',
		async (status) => {
			iam.behave = refuse(status, '<html><body>Access denied by Firewall</body></html>');
			const { message, description } = await failureOf(login(iam.helper, credential()));
			expect(message).toBe(
				`The login to TWIN24 failed. A web page in front of TWIN24's login refused the request (HTTP ${status})`,
			);
			expect(description).toContain('The page says: Access denied by Firewall');
		},
	);

	test('does not stand in the way of a corrected password', async () => {
		iam.behave = refuse(401);
		const credentials = credential();
		await failureOf(login(iam.helper, credentials));
		iam.behave = () => ({ token: 'good' });
		expect(await tokenAfter(iam, { ...credentials, password: 'right' })).toBe('good');
	});

	test('carries nothing that n8n would take for an expired token and ask a second time', async () => {
		iam.behave = refuse(401);
		const error = await failureOf(login(iam.helper, credential()));
		expect(Object.keys(error)).not.toEqual(
			expect.arrayContaining(['response', 'httpCode', 'cause']),
		);
		expect(error.cause).toBeUndefined();
	});

	test.each([[401], [500], [404]])(
		'never quotes the password, even when the answer does (HTTP %i)',
		async (status) => {
			iam.behave = refuse(status, { error: 'Неверно', details: { password: 'hunter2+&' } });
			const failing = failureOf(login(iam.helper, credential({ password: 'hunter2+&' })));
			await jest.advanceTimersByTimeAsync(10_000);
			const { message, description } = await failing;
			expect(`${message} ${description}`).toContain('(password)');
			expect(`${message} ${description}`).not.toContain('hunter2');
		},
	);
});

describe('a login that fails for no fault of the account', () => {
	const reset = () => {
		throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
	};

	test.each<[string, (attempt: number) => unknown]>([
		['a server error', refuse(503)],
		['too many requests', refuse(429)],
		['a broken connection', reset],
	])('is tried again after %s', async (_what, fail) => {
		iam.behave = (attempt) => (attempt < 3 ? fail(attempt) : { token: 'third' });
		const token = tokenAfter(iam, credential());
		await jest.advanceTimersByTimeAsync(1500);
		expect(await token).toBe('third');
	});

	test('is given up after three attempts, in words of its own', async () => {
		iam.behave = reset;
		const failing = failureOf(login(iam.helper, credential()));
		await jest.advanceTimersByTimeAsync(60_000);
		expect((await failing).message).toBe(
			"The login to TWIN24 failed. The connection to TWIN24's login broke off",
		);
		expect(iam.asked).toHaveLength(3);
	});

	test('is ended when it takes too long as a whole, and n8n does not take that for a stop', async () => {
		const slow = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
		iam.behave = () => {
			throw Object.assign(new Error('canceled'), { code: 'ERR_CANCELED' });
		};
		const failing = failureOf(login(iam.helper, credential()));
		await jest.advanceTimersByTimeAsync(60_000);
		expect((await failing).message).toBe(
			"The login to TWIN24 failed. The answer of TWIN24's login was not complete after 120 s",
		);
		expect(iam.asked).toHaveLength(3);
		expect(iam.asked[0].abortSignal).toBe(slow.mock.results[0].value);
		slow.mockRestore();
	});

	test('waits as Retry-After says', async () => {
		iam.behave = (attempt) => {
			if (attempt === 1) throw answer(429, {}, { 'retry-after': '20' });
			return { token: 'late' };
		};
		const token = tokenAfter(iam, credential());
		await jest.advanceTimersByTimeAsync(19_999);
		expect(iam.asked).toHaveLength(1);
		await jest.advanceTimersByTimeAsync(1);
		expect(await token).toBe('late');
	});

	test('does not wait for minutes', async () => {
		iam.behave = () => {
			throw answer(429, {}, { 'retry-after': '600' });
		};
		expect((await failureOf(login(iam.helper, credential()))).message).toContain(
			'too many requests',
		);
		expect(iam.asked).toHaveLength(1);
	});

	test('lets everybody wait for as long as TWIN24 asks, and advises nothing that is no help', async () => {
		iam.behave = () => {
			throw answer(429, {}, { 'retry-after': '600' });
		};
		const credentials = credential();
		const { description } = await failureOf(login(iam.helper, credentials));
		expect(description).not.toContain('Parallel Requests');
		jest.advanceTimersByTime(599_999);
		await failureOf(login(iam.helper, credentials));
		expect(iam.asked).toHaveLength(1);
		jest.advanceTimersByTime(1);
		await failureOf(login(iam.helper, credentials));
		expect(iam.asked).toHaveLength(2);
	});

	test('is not remembered: the next one asks anew', async () => {
		iam.behave = refuse(404);
		const credentials = credential();
		expect((await failureOf(login(iam.helper, credentials))).message).toBe(
			"The login to TWIN24 failed. TWIN24's login does not know this address (HTTP 404)",
		);
		iam.behave = () => ({ token: 'there' });
		expect(await tokenAfter(iam, credentials)).toBe('there');
	});

	test.each([
		['<!DOCTYPE html><html></html>'],
		[null],
		[''],
		[{}],
		[{ token: '' }],
		[{ token: 7 }],
	])('says that there is no token in %p, and what to check', async (body) => {
		iam.behave = () => body;
		const { message, description } = await failureOf(login(iam.helper, credential()));
		expect(message).toBe('The login address of TWIN24 answered without a token');
		expect(description).toMatch(/^Check the Auth URL( or the Host URL)? in the credential\.$/);
		expect(iam.asked).toHaveLength(1);
	});
});

describe('a request', () => {
	const signed = async (other: ICredentialDataDecryptedObject = {}) => {
		const credentials = credential(other);
		return { ...credentials, token: await login(iam.helper, credentials) };
	};

	test('carries the token to the hosts of the credential, but never beyond a redirect', async () => {
		const credentials = await signed();
		for (const url of [
			'https://analyse.twin24.ai/api/v1/x',
			'https://iam.twin24.ai/api',
			'https://cis.twin24.ai/',
			'https://bot.twin24.ai/api',
		]) {
			expect(authenticate(credentials, { url, headers: { accept: 'x' } })).toMatchObject({
				url,
				headers: { accept: 'x', Authorization: 'Bearer token1' },
				sendCredentialsOnCrossOriginRedirect: false,
			});
		}
		expect(
			authenticate(credentials, { baseURL: 'https://analyse.twin24.ai', url: '/api' }).headers,
		).toHaveProperty('Authorization');
	});

	test.each([
		['https://evil.example/api'],
		['http://analyse.twin24.ai/api'],
		['https://analyse.twin24.ai.evil.example/api'],
		['https://analyse.twin24.ai:8443/api'],
		['https://analyse.twin24.ai@evil.example/'],
		['//evil.example/api'],
		['/\\evil.example/api'],
		['https://minio.twin24.ai/records/1.mp3'],
	])('to another host is refused: %s', async (url) => {
		const credentials = await signed();
		expect(() => authenticate(credentials, { baseURL: 'https://analyse.twin24.ai', url })).toThrow(
			/^The TWIN24 login is not sent to /,
		);
	});

	test('asks n8n for a login, in the way it understands, when there is no token for the account', async () => {
		const credentials = { ...(await signed()), password: 'changed' };
		const error = (() => {
			try {
				return authenticate(credentials, { url: 'https://analyse.twin24.ai/api' });
			} catch (thrown) {
				return thrown;
			}
		})();
		expect(error).toMatchObject({ response: { status: 401 } });
	});
});
