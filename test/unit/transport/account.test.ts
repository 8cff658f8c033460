import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { accountOf, allowsUnauthorizedCerts } from '../../../nodes/Twin24/transport/account';

const account = (typed: ICredentialDataDecryptedObject = {}) =>
	accountOf({ email: 'name@example.com', password: 'secret', ...typed });

describe('the login of a credential', () => {
	it('is what was typed, without blanks around the e-mail address', () => {
		expect(account({ email: ' name@example.com ', password: ' secret ' })).toMatchObject({
			email: 'name@example.com',
			password: ' secret ',
		});
	});

	it.each([
		['email', 'Email'],
		['password', 'Password'],
	])('names the field that is empty: %s', (field, label) => {
		for (const value of ['', '  ', undefined, 7] as string[])
			expect(() => account({ [field]: value })).toThrow(
				`The ${label} of the TWIN24 credential is empty. Open the credential and fill it in.`,
			);
	});
});

describe('the company of a credential', () => {
	it.each([
		['1758', 1758],
		[' 1758 ', 1758],
		[1758, 1758],
		['123456789012345', 123_456_789_012_345],
		['', undefined],
		['  ', undefined],
		[undefined, undefined],
	])('%p is %p', (typed, companyId) => {
		expect(account({ companyId: typed as string }).companyId).toBe(companyId);
	});

	it.each(['abc', '17 58', '1758a', 'n1758', '-1', '1.5', '1234567890123456'])(
		'is not %p',
		(companyId) => {
			expect(() => account({ companyId })).toThrow(
				'The Company ID of the TWIN24 credential is not a number. Type its digits, e.g. 1758, or leave it empty.',
			);
		},
	);
});

describe('the lifetime of a token', () => {
	it.each([
		[undefined, 86_400],
		['', 86_400],
		[60, 60],
		['3600', 3600],
	])('%p is %p seconds', (typed, tokenTtl) => {
		expect(account({ tokenTtl: typed as number }).tokenTtl).toBe(tokenTtl);
	});

	it.each([0, 59, -60, 60.5, NaN, 'a day'])('is not %p', (tokenTtl) => {
		expect(() => account({ tokenTtl })).toThrow(
			'The Token Lifetime of the TWIN24 credential must be a whole number of seconds, 60 or more.',
		);
	});
});

describe('the addresses of a credential', () => {
	it.each(['http://127.0.0.1:5778', 'https://twin-ai.com/', 'HTTPS://twin-ai.com'])(
		'may be %s',
		(hostUrl) => {
			expect(() => account({ customUrls: true, hostUrl })).not.toThrow();
		},
	);

	it.each(['twin-ai.com', 'ftp://twin-ai.com', 'shttp://twin-ai.com', 'httpsx://a', 'https://'])(
		'may not be %s',
		(address) => {
			expect(() => account({ customUrls: true, hostUrl: address })).toThrow(
				'The Host URL of the TWIN24 credential is not a web address. Type one, e.g. https://twin-ai.com',
			);
			expect(() => account({ customUrls: true, tasksUrl: address })).toThrow(
				/^The .* of the TWIN24 credential is not a web address\. Type one, e\.g\. https:\/\/cis\.twin24\.ai$/,
			);
		},
	);

	it('are not looked at while other addresses are switched off', () => {
		expect(() => account({ customUrls: false, hostUrl: 'twin-ai.com' })).not.toThrow();
	});
});

it('certificates go unchecked only where the user says so', () => {
	expect(account().allowUnauthorizedCerts).toBe(false);
	expect(account({ allowUnauthorizedCerts: true }).allowUnauthorizedCerts).toBe(true);
	expect(allowsUnauthorizedCerts({ allowUnauthorizedCerts: 'true' })).toBe(false);
});
