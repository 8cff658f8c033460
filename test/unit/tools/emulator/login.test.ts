import { createHash } from 'node:crypto';

import { decode } from 'jsonwebtoken';

import { closeAll, login, open, signIn, visit } from './support';

afterEach(closeAll);

const good = { email: 'demo@twin24.test', password: 'demo-password' };

describe('the login', () => {
	it('gives a JWT with its times, the user and the company', async () => {
		const emulator = await open();
		const { status, json } = await login(emulator, { ...good, ttl: 3600 });
		expect(status).toBe(200);
		expect(json).toMatchObject({ token: expect.any(String), refreshToken: expect.any(String) });
		const claims = decode((json as unknown as { token: string }).token) as Record<string, number>;
		expect(claims).toMatchObject({ sub: good.email, company_id: 1758 });
		expect(claims.exp - claims.iat).toBe(3600);
	});

	it('gives a week when no ttl is asked, and another token every time', async () => {
		const emulator = await open();
		const [one, two] = [await signIn(emulator), await signIn(emulator)];
		const claims = decode(one) as Record<string, number>;
		expect(claims.exp - claims.iat).toBe(604_800);
		expect(two).not.toBe(one);
	});

	it.each([
		['a wrong password', { ...good, password: 'no' }, 401, 'Неверный логин или пароль.'],
		['an unknown user', { ...good, email: 'x@y.z' }, 401, 'Неверный логин или пароль.'],
		['malformed JSON', '{"email":', 400, 'Некорректный JSON.'],
		['JSON that is no object', '[]', 400, 'Некорректный JSON.'],
		['no password', { email: good.email }, 422, 'Ошибка валидации.'],
		['a ttl that is no number', { ...good, ttl: 'день' }, 422, 'Ошибка валидации.'],
		["someone else's company", { ...good, companyId: 5 }, 403, 'Доступ запрещён.'],
	])('refuses %s in Russian', async (_name, body, status, error) => {
		const answer = await login(await open(), body);
		expect(answer.status).toBe(status);
		expect(answer.json).toMatchObject({ error });
		expect(answer.json).toHaveProperty('details');
	});

	it('takes passwords with any signs, and each company of the account', async () => {
		const account = {
			email: 'я@тест.рф',
			password: 'п+а&р=о%л"ь',
			companyId: 7,
			companies: [7, 8],
		};
		const emulator = await open({ accounts: [account] });
		for (const companyId of [7, 8]) {
			const { json } = await login(emulator, {
				email: account.email,
				password: account.password,
				companyId,
			});
			expect(decode((json as unknown as { token: string }).token)).toMatchObject({
				company_id: companyId,
			});
		}
	});

	it('takes the MD5 of the password instead, under that reading', async () => {
		const emulator = await open({ readings: { loginPassword: 'md5' } });
		const password = createHash('md5').update(good.password).digest('hex');
		expect((await login(emulator, { ...good, password })).status).toBe(200);
		expect((await login(emulator, good)).status).toBe(401);
	});

	it('takes POST only', async () => {
		const { get } = await visit();
		expect((await get('/api/v1/auth/login')).status).toBe(405);
	});
});

describe('a token', () => {
	it.each([
		['none', {}],
		['an unknown one', { authorization: 'Bearer abc' }],
		['another scheme', { authorization: 'Basic abc' }],
	])('%s gets 401', async (_name, headers) => {
		const { get } = await visit();
		const { status, json } = await get(
			'/api/v1/search/cis/calls',
			headers as Record<string, string>,
		);
		expect(status).toBe(401);
		expect(json).toEqual({ error: 'Token is expired.', details: expect.any(String) });
	});

	it('ends after its ttl', async () => {
		let now = Date.parse('2025-01-01T00:00:00Z');
		const { emulator, get } = await visit({ now: () => new Date(now) });
		const headers = { authorization: `Bearer ${await signIn(emulator, { ttl: 60 })}` };
		now += 59_000;
		expect((await get('/api/v1/users/me', headers)).status).toBe(200);
		now += 1_000;
		expect((await get('/api/v1/users/me', headers)).status).toBe(401);
	});

	it('ends earlier under a cap', async () => {
		let now = 0;
		const { get } = await visit({ now: () => new Date(now), tokenTtlCap: 2 });
		expect((await get('/api/v1/users/me')).status).toBe(200);
		now = 2000;
		expect((await get('/api/v1/users/me')).status).toBe(401);
	});

	it('is withdrawn with all others every so many milliseconds', async () => {
		let now = 10_000;
		const { emulator, get } = await visit({ now: () => new Date(now) });
		emulator.withdrawTokensEvery(450);
		const status = async (headers?: Record<string, string>) =>
			(await get('/api/v1/users/me', headers)).status;
		now += 449;
		expect(await status()).toBe(200);
		const headers = { authorization: `Bearer ${await signIn(emulator)}` };
		expect(await status(headers)).toBe(200);
		now += 1;
		expect([await status(), await status(headers)]).toEqual([401, 401]);
		emulator.withdrawTokensEvery(0);
		expect(await status(headers)).toBe(200);
	});

	it('is refused once revoked, while a new one works', async () => {
		const { emulator, report, get } = await visit();
		emulator.revokeTokens();
		expect((await report()).status).toBe(401);
		const headers = { authorization: `Bearer ${await signIn(emulator)}` };
		expect((await get('/api/v1/search/cis/calls', headers)).status).toBe(200);
	});
});

describe('around it', () => {
	it('tells who is signed in', async () => {
		const { get } = await visit();
		expect((await get('/api/v1/users/me')).json).toMatchObject({
			email: good.email,
			companyId: 1758,
		});
	});

	it('answers unknown routes with 404 and {error, details}', async () => {
		const { get } = await visit();
		for (const path of ['/nothing', '/api/v1/nothing', '//api/v1/search/cis/calls']) {
			const { status, json } = await get(path);
			expect(status).toBe(404);
			expect(json).toEqual({ error: expect.any(String), details: expect.any(String) });
		}
	});

	it('answers below /analyse as twin24.ai does', async () => {
		const { get } = await visit({ calls: 3 });
		expect((await get('/analyse/api/v1/search/cis/calls')).json.count).toBe(3);
	});
});
