/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test: it needs a TWIN24 under other paths */
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { keepsInnerErrors } from '../../../tools/n8n-engine';
import type { RunResult } from '../../../tools/n8n-engine';
import { Setting } from '../support/setting';

const PASSWORDS = [
	'p+l&u=s%',
	'100%25',
	'"двойные" и \'одинарные\'',
	'пароль с пробелом ',
	'\\backslash\\ {{ $json }}',
	'=равно',
	'🔑',
];
const PASSWORD = 'demo-password';

const FROM = '2026-06-01T00:00:00Z';
const TO = '2026-07-01T00:00:00Z';
const june = {
	period: 'custom',
	from: FROM,
	to: TO,
	limit: 5,
	fieldSet: 'selected',
	fields: ['id'],
};

/** A TWIN24 that has all its services on one host, under any path, such as white labels have. */
class OneHost {
	/** Of the requests, without the query. */
	paths: string[] = [];
	private readonly server = createServer((request, response) => {
		const { method, url = '', headers } = request;
		this.paths.push(url.split('?')[0]);
		const target = `${setting.twin24.url}${url.slice(url.indexOf('/api/'))}`;
		const onward = httpRequest(target, { method, headers }, (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
		request.pipe(onward);
	});

	async open() {
		this.server.listen(0, '127.0.0.1');
		await once(this.server, 'listening');
	}

	get url() {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	close() {
		this.server.closeAllConnections();
		this.server.close();
	}
}

const oneHost = new OneHost();
beforeAll(async () => await oneHost.open());
afterAll(() => oneHost.close());
beforeEach(() => (oneHost.paths = []));

let setting: Setting;
beforeAll(async () => {
	setting = await Setting.open({
		calls: 3000,
		data: { from: FROM, to: TO },
	});
});
afterAll(async () => await setting.close());
beforeEach(() => {
	setting.twin24.reset();
	setting.engine.clearLogs();
	signUp();
});

let email = '';
/** A new account at TWIN24, for the credentials that follow: logins are shared by all of one account. */
const signUp = (password = PASSWORD) => {
	email = `user+${setting.twin24.accounts.length}@twin24.test`;
	setting.twin24.accounts.push({ email, password, companyId: 1758, companies: [1758, 1759] });
	return email;
};

const logins = () =>
	setting.twin24.log.entries.filter(({ path }) => path === '/api/v1/auth/login').length;
const requests = () => setting.twin24.log.count('calls');
const accountsSeen = () => [
	...new Set(
		setting.twin24.log.entries
			.filter(({ service }) => service === 'calls')
			.map(({ account }) => account),
	),
];

const save = async (other: ICredentialDataDecryptedObject = {}) =>
	await setting.engine.credentialStore.create(
		'twin24Api',
		setting.credential({ email, password: PASSWORD, ...other }),
	);

/** Another period for each input item, so that none is fetched for several of them. */
const FROM_OF_ITEM =
	'={{ DateTime.fromISO("2026-06-01T00:00:00Z").plus({ seconds: $itemIndex }).toISO() }}';

const search = async (
	credential: Awaited<ReturnType<typeof save>>,
	parameters = {},
	items = [{}],
): Promise<RunResult> =>
	await setting.run(
		'search',
		{ ...june, ...parameters },
		{ credentials: { twin24Api: credential }, items },
	);

/** A credential whose token has been issued and then revoked. */
const stale = async (other?: ICredentialDataDecryptedObject) => {
	const credential = await save(other);
	expect((await search(credential)).error).toBeUndefined();
	setting.twin24.revokeTokens();
	setting.twin24.log.clear();
	return credential;
};

describe('logging in', () => {
	test('is done by itself, once, and the token is kept for the next run', async () => {
		const credential = await save();
		const { items, error } = await search(credential);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(5);
		await search(credential);
		expect(logins()).toBe(1);
		expect(requests()).toBe(2);
	});

	test.each(PASSWORDS)('takes the password as it is: %s', async (password) => {
		signUp(password);
		// What begins with "=" is an expression of n8n's, so a password that does is written as one.
		const typed = password.startsWith('=') ? `={{ ${JSON.stringify(password)} }}` : password;
		const { items, error } = await search(await save({ password: typed }));
		expect(error).toBeUndefined();
		expect(items).toHaveLength(5);
	});

	test('names the company of an account that has several', async () => {
		expect((await search(await save({ companyId: '1759' }))).items).toHaveLength(5);
		const { error } = await search(await save({ companyId: '1760' }));
		expect(error?.message).toBe(
			'E-mail, password or company ID of the TWIN24 credential is wrong: TWIN24 refused the login (HTTP 403)',
		);
		expect(error?.description).toContain('Пользователь не состоит в компании 1760.');
	});

	test.each([['/'], ['//'], [' '], ['/ ']])('takes addresses that end in %p', async (end) => {
		const url = `${setting.twin24.url}${end}`;
		const credential = await save({ baseUrl: url, authUrl: url, tasksUrl: url });
		expect((await search(credential)).error).toBeUndefined();
		expect(await setting.engine.testCredential(credential)).toMatchObject({ status: 'OK' });
		expect(
			setting.twin24.log.entries.every(
				({ path, status }) => !path.includes('//') && status === 200,
			),
		).toBe(true);
	});

	test('finds every service under one host, by its path', async () => {
		const hostUrl = ` ${oneHost.url}/`;
		const credential = await save({ hostUrl, baseUrl: '', authUrl: '', tasksUrl: '' });
		expect((await search(credential)).error).toBeUndefined();
		await setting.engine.listSearch('searchTasks', {
			node: 'twin24Calls',
			credentials: { twin24Api: credential },
		});
		expect(await setting.engine.testCredential(credential)).toMatchObject({ status: 'OK' });
		expect([...new Set(oneHost.paths)]).toEqual([
			'/iam/api/v1/auth/login',
			'/analyse/api/v1/search/cis/calls',
			'/cis/api/v1/telephony/autoCall',
		]);
	});

	test.each([
		['baseUrl', '/other/path/api/v1/search/cis/calls'],
		['authUrl', '/other/path/api/v1/auth/login'],
	])("prefers a service's own address to that of the host: %s", async (field, path) => {
		const own = { baseUrl: '', authUrl: '', [field]: `${oneHost.url}/other/path` };
		expect((await search(await save({ hostUrl: oneHost.url, ...own }))).error).toBeUndefined();
		expect(oneHost.paths).toContain(path);
	});

	test('takes a base URL with a path', async () => {
		const { error } = await search(await save({ baseUrl: `${setting.twin24.url}/analyse/` }));
		expect(error).toBeUndefined();
		expect(setting.twin24.log.entries.at(-1)?.path).toBe('/analyse/api/v1/search/cis/calls');
	});
});

describe('a token that has expired', () => {
	test('is renewed once by pages that meet it side by side', async () => {
		const credential = await stale();
		const { items, error } = await search(credential, { returnAll: true });
		expect(error).toBeUndefined();
		expect(new Set(items.map(({ json }) => json.id)).size).toBe(3000);
		expect(logins()).toBe(1);
	});

	test('is renewed once by 40 input items that meet it side by side', async () => {
		const credential = await stale();
		const { items, error } = await search(
			credential,
			{ from: FROM_OF_ITEM, limit: 1, options: { parallelRequests: 10 } },
			Array.from({ length: 40 }, () => ({})),
		);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(40);
		expect(logins()).toBe(1);
	});

	test('in mid-run is renewed, and nothing is lost', async () => {
		let revoked = false;
		setting.twin24.faults.beforePage(({ number }) => {
			if (number === 2 && !revoked) setting.twin24.revokeTokens();
			revoked ||= number === 2;
		});
		const { items, error } = await search(await save(), {
			returnAll: true,
			options: { parallelRequests: 2 },
		});
		expect(error).toBeUndefined();
		expect(new Set(items.map(({ json }) => json.id)).size).toBe(3000);
		expect(logins()).toBe(2);
	});

	test('that is the second one lost in a row does no harm', async () => {
		setting.twin24.faults.add({ kind: 'status', status: 401, service: 'calls', skip: 1, times: 2 });
		const { items, error } = await search(await save(), { returnAll: true });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(3000);
	});

	test('after each page does not keep a search from coming to its end', async () => {
		setting.twin24.faults.beforePage(() => setting.twin24.revokeTokens());
		const { items, error } = await search(await save(), {
			returnAll: true,
			period: 'custom',
			options: { parallelRequests: 4 },
		});
		expect(error).toBeUndefined();
		expect(new Set(items.map(({ json }) => json.id)).size).toBe(3000);
	});

	test('is renewed when a single request is refused with 401', async () => {
		setting.twin24.faults.add({ kind: 'status', status: 401, service: 'calls', skip: 1, times: 1 });
		const { items, error } = await search(await save(), { returnAll: true });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(3000);
		expect(logins()).toBe(2);
	});

	test('of which five in a row are refused is an error in plain words, not a loop', async () => {
		setting.twin24.faults.add({ kind: 'status', status: 401, service: 'calls' });
		const { error } = await search(await save());
		expect(error?.message).toBe("TWIN24's calls report did not accept the login (HTTP 401)");
		expect(error?.description).toBe(
			'Open the credential and test it. If the test passes, run the workflow again. TWIN24 says: Token is expired.: Необходимо авторизоваться заново.',
		);
		expect(requests()).toBe(5);
		expect(logins()).toBe(5);
	});
});

describe('a credential that was changed', () => {
	test('to another account never uses the token of the one before', async () => {
		const credential = await save();
		await search(credential);
		setting.twin24.log.clear();
		await setting.engine.credentialStore.edit(credential, { email: signUp() });
		expect((await search(credential)).error).toBeUndefined();
		expect(accountsSeen()).toEqual([email]);
		expect(logins()).toBe(1);
	});

	test('to a wrong password is refused although the old token would still do', async () => {
		const credential = await save();
		await search(credential);
		setting.twin24.log.clear();
		await setting.engine.credentialStore.edit(credential, { password: 'mistyped' });
		expect((await search(credential)).error?.message).toContain(
			'E-mail or password of the TWIN24 credential is wrong',
		);
		expect(requests()).toBe(0);
	});

	test('to another login address asks there', async () => {
		const credential = await save();
		await search(credential);
		setting.twin24.log.clear();
		await setting.engine.credentialStore.edit(credential, { authUrl: setting.twin24.recordsUrl });
		expect((await search(credential)).error?.message).toContain('The login to TWIN24 failed');
		expect(requests()).toBe(0);
	});
});

describe('a wrong password', () => {
	const wrong = { password: 'wrong' };

	test('is asked once and said in plain words, in the run', async () => {
		const { error, items } = await search(await save(wrong), { returnAll: true });
		expect(items).toEqual([]);
		expect(error?.message).toBe(
			'E-mail or password of the TWIN24 credential is wrong: TWIN24 refused the login (HTTP 401)',
		);
		expect(error?.description).toBe(
			'Open the credential and type them again. The same values are not sent again for 10 s, lest TWIN24 lock the account; changed ones are at once. TWIN24 says: Неверный логин или пароль.: Проверьте правильность введённых данных.',
		);
		expect(logins()).toBe(1);
		expect(requests()).toBe(0);
	});

	test('is asked once and said in plain words, in the test dialog', async () => {
		expect(await setting.engine.testCredential(await save(wrong))).toEqual({
			status: 'Error',
			message:
				'E-mail or password of the TWIN24 credential is wrong: TWIN24 refused the login (HTTP 401)',
		});
		expect(logins()).toBe(1);
	});

	test('is asked once for 1,000 input items', async () => {
		const credential = await save(wrong);
		const parameters = { ...june, from: FROM_OF_ITEM };
		const { items } = await setting.run('search', parameters, {
			credentials: { twin24Api: credential },
			items: Array.from({ length: 1000 }, () => ({})),
			continueOnFail: true,
		});
		expect(items).toHaveLength(1000);
		expect(new Set(items.map(({ json }) => json.error))).toEqual(
			new Set([
				expect.stringMatching(
					/^E-mail or password of the TWIN24 credential is wrong: TWIN24 refused the login \(HTTP 401\)\. Open/,
				),
			]),
		);
		expect(logins()).toBe(1);
		expect(requests()).toBe(0);
	});

	test('put right works at once', async () => {
		const credential = await save(wrong);
		expect((await search(credential)).error).toBeDefined();
		await setting.engine.credentialStore.edit(credential, { password: PASSWORD });
		expect((await search(credential)).error).toBeUndefined();
	});
});

describe('the test of the credential', () => {
	const tested = async (other: ICredentialDataDecryptedObject = {}) =>
		await setting.engine.testCredential(await save(other));

	test('proves login and access with one small request', async () => {
		expect(await tested()).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(setting.twin24.log.entries.map(({ path, query }) => [path, query.limit])).toEqual([
			['/api/v1/auth/login', undefined],
			['/api/v1/search/cis/calls', '1'],
		]);
	});

	test.each([
		[
			401,
			/^The login worked, but the calls report does not accept it\. Check that Base URL and Auth URL belong together\.$/,
		],
		[402, /^TWIN24 refuses because of the account balance\. Top up/],
		[
			403,
			/^The login worked, but this account may not read the calls report, or a firewall in front of TWIN24 refuses\. Ask the administrator/,
		],
		[404, /^There is no calls report at the Base URL\. Check it\.$/],
	])('says what status %i means', async (status, message) => {
		if (!keepsInnerErrors()) return;
		setting.twin24.faults.add({ kind: 'status', status, service: 'calls' });
		expect(await tested()).toEqual({ status: 'Error', message: expect.stringMatching(message) });
	});

	test('is not content with any page at all: a web page is no calls report', async () => {
		setting.twin24.faults.add({ kind: 'html', service: 'calls' });
		expect(await tested()).toEqual({
			status: 'Error',
			message: 'The Base URL answers, but not with a calls report. Check it.',
		});
	});

	test('names the field that is not filled in, and asks nobody', async () => {
		expect(await tested({ password: '' })).toEqual({
			status: 'Error',
			message:
				'The Password of the TWIN24 credential is empty. Open the credential and fill it in.',
		});
		expect((await tested({ authUrl: 'iam.twin24.ai' })).message).toContain(
			'The Auth URL of the TWIN24 credential is not a web address',
		);
		expect(setting.twin24.log.count()).toBe(0);
	});

	test('says when the login address is none', async () => {
		setting.twin24.faults.add({ kind: 'html', service: 'auth' });
		expect(await tested()).toEqual({
			status: 'Error',
			message: 'The login address of TWIN24 answered without a token',
		});
	});
});

describe('wrong addresses', () => {
	test('an Auth URL that answers with a web page', async () => {
		setting.twin24.faults.add({ kind: 'html', service: 'auth' });
		const { error } = await search(await save());
		expect(error?.message).toBe('The login address of TWIN24 answered without a token');
		expect(error?.description).toBe('Check the Auth URL or the Host URL in the credential.');
		expect(logins()).toBe(1);
	});

	test('an Auth URL without a login', async () => {
		const { error } = await search(await save({ authUrl: `${setting.twin24.url}/nowhere` }));
		expect(error?.message).toBe(
			"The login to TWIN24 failed. TWIN24's login does not know this address (HTTP 404)",
		);
		expect(error?.description).toContain('Check the URLs in the credential.');
	});

	test('a Base URL without a report', async () => {
		const { error } = await search(await save({ baseUrl: `${setting.twin24.url}/nowhere` }));
		expect(error?.message).toBe("TWIN24's calls report does not know this address (HTTP 404)");
	});

	test.each([
		['Base URL', { baseUrl: 'analyse.twin24.ai' }],
		['Auth URL', { authUrl: 'ftp://iam.twin24.ai' }],
		['Company ID', { companyId: 'Рога и копыта' }],
		['Token Lifetime', { tokenTtl: 5 }],
		['Email', { email: ' ' }],
	])('and other fields that cannot work are named before any request: %s', async (label, other) => {
		const { error } = await search(await save(other));
		expect(error?.message).toContain(`The ${label} of the TWIN24 credential`);
		expect(setting.twin24.log.count()).toBe(0);
	});
});

describe('secrets', () => {
	test('are in no result, no error and no log', async () => {
		const leaks: string[] = [];
		const look = (what: string, value: unknown) => {
			const text = JSON.stringify(value) ?? '';
			if (text.includes(PASSWORD) || /eyJ[\w-]+\.[\w-]+/.test(text))
				leaks.push(`${what}: ${text.slice(0, 300)}`);
		};
		const scenes: Array<[string, Parameters<typeof setting.twin24.faults.add>]> = [
			['success', []],
			[
				'refused with an echo',
				[
					{
						kind: 'status',
						status: 401,
						service: 'auth',
						body: { error: 'Неверно', details: { password: PASSWORD } },
					},
				],
			],
			['401', [{ kind: 'status', status: 401, service: 'calls' }]],
			['400', [{ kind: 'status', status: 400, service: 'calls' }]],
			['403', [{ kind: 'status', status: 403, service: 'calls' }]],
			['web page', [{ kind: 'html', service: 'calls', times: 1 }]],
			['reset', [{ kind: 'reset', service: 'calls', times: 1 }]],
		];
		for (const [scene, faults] of scenes) {
			setting.twin24.reset();
			setting.twin24.faults.add(...faults);
			signUp();
			const result = await search(await save());
			look(`${scene}, error`, {
				...result.error,
				message: result.error?.message,
				stack: result.error?.stack,
			});
			look(`${scene}, run data`, result.runData);
			look(`${scene}, items`, result.items);
		}
		look('log', setting.engine.logs());
		expect(leaks).toEqual([]);
	});
});
