import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { DEMO_ACCOUNT, startEmulator, type Call, type Emulator } from '../../emulator';
import { freePort } from '../../n8n-host';
import type { Account } from './settings';

/** The vendor's own example: so many calls in one period. */
const CALL_COUNT = 4_050;

/** In milliseconds: a call comes by itself so often, so that triggers fire. */
const CALL_EVERY = 30_000;

/** In milliseconds: from one call of the running tasks to the next. */
const DIAL_EVERY = 1_000;

/** The emulator's usual port is so far from n8n's. */
const PORT_DISTANCE = 100;

/** A TWIN24 on this machine. */
export interface Emulated {
	/** The one address of all its services. */
	url: string;
	/** How many calls it has made since it was started. */
	callsMade(): number;
	/** A call that was answered: it is there at every start. */
	answered: Call;
	/** The dial tasks to which people can be added. */
	tasks: Array<{ id: string; name: string }>;
}

/** The TWIN24 that the search goes to. */
export interface Twin24 {
	/** For the person at the terminal. */
	name: string;
	credential: ICredentialDataDecryptedObject;
	/** What there is to tell of an emulated one. */
	emulated?: Emulated;
	/** How many requests the calls report has had; unknown for the real TWIN24. */
	requests(): number | undefined;
	close(): Promise<void>;
}

/**
 * What the demo's credential holds, and what a person fills in who makes one by hand.
 *
 * @param url the emulator's address
 */
export const demoCredential = (url: string): ICredentialDataDecryptedObject => ({
	email: DEMO_ACCOUNT.email,
	password: DEMO_ACCOUNT.password,
	customUrls: true,
	hostUrl: url,
});

/**
 * Opens the real TWIN24 for an account, or an emulated one that holds 4,050 calls of the last days, gets a new one every
 * half minute and dials the people of the tasks that run.
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
		callEvery: CALL_EVERY,
		dialEvery: DIAL_EVERY,
	});
	const { url } = emulator;
	return {
		name: `emulated at ${url}`,
		credential: demoCredential(url),
		emulated: emulatedBy(emulator),
		requests: () => emulator.log.count('calls'),
		close: async () => await emulator.close(),
	};
}

/** What there is to tell of an emulator that was just started. */
export function emulatedBy({ url, table, tasks }: Emulator): Emulated {
	const size = table.size;
	return {
		url,
		callsMade: () => table.size - size,
		answered: table.all().find(({ status }) => status === 'ANSWERED')!,
		tasks: tasks.filter(({ status }) => status === 'PAUSED'),
	};
}
