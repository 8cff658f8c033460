import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

export const DEFAULT_BASE_URL = 'https://analyse.twin24.ai';
export const DEFAULT_AUTH_URL = 'https://iam.twin24.ai';
export const DEFAULT_TASKS_URL = 'https://cis.twin24.ai';

/** Seconds that a token is asked to live for: a day, as in common use. */
export const DEFAULT_TOKEN_TTL = 86_400;

/** What a credential holds, checked and with the defaults filled in. URLs end without a slash. */
export interface Account {
	email: string;
	password: string;
	companyId?: number;
	/** Seconds. */
	tokenTtl: number;
	baseUrl: string;
	authUrl: string;
	tasksUrl: string;
}

/**
 * @throws Error that names the field of the credential and the remedy
 */
export const accountOf = (credentials: ICredentialDataDecryptedObject): Account => {
	const { email, password, companyId, tokenTtl, customUrls } = credentials;
	const url = (name: 'baseUrl' | 'authUrl' | 'tasksUrl', label: string, fallback: string) =>
		customUrls === true ? checkedUrl(credentials[name], label, fallback) : fallback;
	return {
		email: filled(email, 'Email').trim(),
		password: filled(password, 'Password'),
		companyId: checkedCompanyId(companyId),
		tokenTtl: checkedTtl(tokenTtl),
		baseUrl: url('baseUrl', 'Base URL', DEFAULT_BASE_URL),
		authUrl: url('authUrl', 'Auth URL', DEFAULT_AUTH_URL),
		tasksUrl: url('tasksUrl', 'Tasks URL', DEFAULT_TASKS_URL),
	};
};

const filled = (value: unknown, label: string): string => {
	if (typeof value !== 'string' || value.trim() === '') {
		throw new Error(
			`The ${label} of the TWIN24 credential is empty. Open the credential and fill it in.`,
		);
	}
	return value;
};

const checkedUrl = (value: unknown, label: string, fallback: string): string => {
	const text = typeof value === 'string' ? value.trim().replace(/\/+$/, '') : '';
	if (text === '') return fallback;
	const invalid = () =>
		new Error(
			`The ${label} of the TWIN24 credential is not a web address. Type one, e.g. ${fallback}`,
		);
	try {
		if (!/^https?:$/.test(new URL(text).protocol)) throw invalid();
	} catch {
		throw invalid();
	}
	return text;
};

const checkedCompanyId = (value: unknown): number | undefined => {
	const text = String(value ?? '').trim();
	if (text === '') return undefined;
	if (!/^\d{1,15}$/.test(text)) {
		throw new Error(
			'The Company ID of the TWIN24 credential is not a number. Type its digits, e.g. 1758, or leave it empty.',
		);
	}
	return Number(text);
};

const checkedTtl = (value: unknown): number => {
	const seconds = value === undefined || value === '' ? DEFAULT_TOKEN_TTL : Number(value);
	if (!Number.isInteger(seconds) || seconds < 60) {
		throw new Error(
			'The Token Lifetime of the TWIN24 credential must be a whole number of seconds, 60 or more.',
		);
	}
	return seconds;
};
