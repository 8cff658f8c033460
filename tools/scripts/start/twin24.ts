import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { DEMO_ACCOUNT, startEmulator } from '../../emulator';
import { emulatorCredential, freePort } from '../../n8n-host';
import type { Account } from './settings';

/** The vendor's own example: so many calls in one period. */
const CALL_COUNT = 4_050;

/** The emulator's usual port is so far from n8n's. */
const PORT_DISTANCE = 100;

/** The TWIN24 that the search goes to. */
export interface Twin24 {
	/** For the person at the terminal. */
	name: string;
	credential: ICredentialDataDecryptedObject;
	/** How many requests the calls report has had; unknown for the real TWIN24. */
	requests(): number | undefined;
	close(): Promise<void>;
}

/**
 * Opens the real TWIN24 for an account, or an emulated one that holds 4,050 calls of the last days.
 *
 * @param n8nPort the emulator gets a port in a fixed distance from it if that is free, so that credentials that
 * somebody made by hand go on working at the next start
 */
export async function openTwin24(account: Account | undefined, n8nPort: number): Promise<Twin24> {
	if (account) {
		const credential = { ...account, customUrls: false };
		return {
			name: `the real one, as ${account.email}`,
			credential,
			requests: () => undefined,
			close: async () => {},
		};
	}
	const emulator = await startEmulator({
		port: await freePort(n8nPort + PORT_DISTANCE),
		calls: CALL_COUNT,
	});
	return {
		name: `emulated at ${emulator.url}, account ${DEMO_ACCOUNT.email}, password ${DEMO_ACCOUNT.password}`,
		credential: emulatorCredential(emulator.url, DEMO_ACCOUNT),
		requests: () => emulator.log.count('calls'),
		close: async () => await emulator.close(),
	};
}
