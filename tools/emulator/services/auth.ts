import { createHash } from 'node:crypto';

import { readJsonObject } from '../http/json-body';
import { ApiError, jsonReply } from '../http/reply';
import type { Readings } from '../readings';
import { DEFAULT_COMPANY, DEFAULT_TTL } from '../tokens';
import type { Account } from '../tokens';
import type { Endpoint } from './context';

/** `POST /api/v1/auth/login` with `{email, password, ttl?, companyId?}` gives `{token, refreshToken, …}`. */
export const login: Endpoint = {
	service: 'auth',
	method: 'POST',
	host: 'iam',
	path: '/auth/login',
	open: true,
	answer: ({ accounts, tokens, readings }, { body }) => {
		const { email, password, ttl, companyId } = readLogin(body);
		const account = accounts.find(
			(one) => one.email === email && sent(one.password, readings) === password,
		);
		if (!account)
			throw new ApiError(
				401,
				'Неверный логин или пароль.',
				'Проверьте правильность введённых данных.',
			);
		const company = companyId ?? ownCompany(account);
		if (!companiesOf(account).includes(company)) {
			throw new ApiError(403, 'Доступ запрещён.', `Пользователь не состоит в компании ${company}.`);
		}
		return jsonReply(200, {
			token: tokens.issue(account, company, ttl ?? DEFAULT_TTL),
			refreshToken: tokens.issue(account, company, 0),
			companyId: company,
		});
	},
};

/** What a login sends of a password. */
const sent = (password: string, { loginPassword }: Readings) =>
	loginPassword === 'md5' ? createHash('md5').update(password).digest('hex') : password;

/** `GET /api/v1/users/me`: the signed-in user. */
export const me: Endpoint = {
	service: 'auth',
	method: 'GET',
	host: 'iam',
	path: '/users/me',
	answer: (_world, { session }) =>
		jsonReply(200, {
			id: session.account.email,
			email: session.account.email,
			companyId: session.companyId,
			name: 'Иван Иванов',
		}),
};

interface Login {
	email: string;
	password: string;
	ttl?: number;
	companyId?: number;
}

function readLogin(body: Buffer): Login {
	const given = readJsonObject(body);
	const wrong: Record<string, string[]> = {};
	for (const name of ['email', 'password']) {
		if (typeof given[name] !== 'string' || given[name] === '')
			wrong[name] = ['Поле обязательно для заполнения.'];
	}
	for (const name of ['ttl', 'companyId']) {
		const value = given[name];
		const fine =
			value === undefined || value === null || (Number.isSafeInteger(value) && Number(value) > 0);
		if (!fine) wrong[name] = ['Значение должно быть целым положительным числом.'];
	}
	if (Object.keys(wrong).length > 0) throw new ApiError(422, 'Ошибка валидации.', wrong);
	const { ttl, companyId } = given as unknown as Login;
	return {
		email: String(given.email),
		password: String(given.password),
		ttl: ttl ?? undefined,
		companyId: companyId ?? undefined,
	};
}

const ownCompany = (account: Account) =>
	account.companyId ?? account.companies?.[0] ?? DEFAULT_COMPANY;

const companiesOf = (account: Account) => [ownCompany(account), ...(account.companies ?? [])];
