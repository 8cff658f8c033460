import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** The type of the package's credential. */
export const CREDENTIAL_TYPE = 'twin24Api';

/**
 * A credential for an emulated TWIN24, which serves all four of its hosts at one address.
 *
 * @param url the emulator's address
 */
export function emulatorCredential(
	url: string,
	account: { email: string; password: string },
): ICredentialDataDecryptedObject {
	const { email, password } = account;
	return {
		email,
		password,
		customUrls: true,
		baseUrl: url,
		authUrl: url,
		tasksUrl: url,
		botsUrl: url,
	};
}
