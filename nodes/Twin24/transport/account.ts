import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { ENDPOINTS, SERVICES, urlOf, withoutSlash } from './endpoints';
import type { CustomUrls, UrlField } from './endpoints';

/** Seconds that a token is asked to live for: a day, as in common use. */
export const DEFAULT_TOKEN_TTL = 86_400;

/** What a credential holds, checked and with the defaults filled in. URLs end without a slash. */
export interface Account extends Record<UrlField, string> {
	email: string;
	password: string;
	companyId?: number;
	/** Seconds. */
	tokenTtl: number;
	/** Whether certificates are not checked. */
	allowUnauthorizedCerts: boolean;
}

/**
 * @throws Error that names the field of the credential and the remedy
 */
export const accountOf = (credentials: ICredentialDataDecryptedObject): Account => {
	const { email, password, companyId, tokenTtl } = credentials;
	const custom = customUrlsOf(credentials);
	const urls = SERVICES.map((service) => [ENDPOINTS[service].field, urlOf(service, custom)]);
	return {
		email: filled(email, 'Email').trim(),
		password: filled(password, 'Password'),
		companyId: checkedCompanyId(companyId),
		tokenTtl: checkedTtl(tokenTtl),
		allowUnauthorizedCerts: allowsUnauthorizedCerts(credentials),
		...(Object.fromEntries(urls) as Record<UrlField, string>),
	};
};

/** Whether the user wants no certificate checked: "Ignore SSL Issues". */
export const allowsUnauthorizedCerts = ({
	allowUnauthorizedCerts,
}: ICredentialDataDecryptedObject): boolean => allowUnauthorizedCerts === true;

const customUrlsOf = (credentials: ICredentialDataDecryptedObject): CustomUrls => {
	if (credentials.customUrls !== true) return {};
	const fields = SERVICES.map((service) => ENDPOINTS[service]);
	return {
		hostUrl: checkedUrl(credentials.hostUrl, 'Host URL', 'https://twin-ai.com'),
		...Object.fromEntries(
			fields.map(({ field, label, url }) => [field, checkedUrl(credentials[field], label, url)]),
		),
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

/** @returns the address, or an empty text when none is given */
const checkedUrl = (value: unknown, label: string, example: string): string => {
	const text = withoutSlash(value);
	if (text !== '' && !isWebAddress(text)) {
		throw new Error(
			`The ${label} of the TWIN24 credential is not a web address. Type one, e.g. ${example}`,
		);
	}
	return text;
};

const isWebAddress = (text: string): boolean => {
	try {
		return /^https?:$/.test(new URL(text).protocol);
	} catch {
		return false;
	}
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
