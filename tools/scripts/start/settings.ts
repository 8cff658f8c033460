/* eslint-disable @n8n/community-nodes/no-restricted-globals -- reads the environment of `npm start`, never published */
import { Advice, freePort } from '../../n8n-host';

const DEFAULT_PORT = 5678;

/** A TWIN24 account. */
export interface Account {
	email: string;
	password: string;
}

export interface Settings {
	/** Where n8n will listen. */
	port: number;
	/** The account at the real TWIN24; without it there is the emulator. */
	account?: Account;
}

/**
 * Reads what `npm start` was told: `TWIN24_PORT`, `TWIN24_EMAIL`, `TWIN24_PASSWORD`.
 *
 * @throws Advice if they make no sense together or the port is taken
 */
export async function readSettings(): Promise<Settings> {
	const { TWIN24_PORT, TWIN24_EMAIL: email, TWIN24_PASSWORD: password } = process.env;
	if (Boolean(email) !== Boolean(password)) {
		throw new Advice(
			`${email ? 'TWIN24_PASSWORD' : 'TWIN24_EMAIL'} is missing. Set both TWIN24_EMAIL and TWIN24_PASSWORD to talk to the real TWIN24, or neither to try the emulated one.`,
		);
	}
	const port = Number(TWIN24_PORT || DEFAULT_PORT);
	if (!Number.isInteger(port) || port < 1 || port > 65_535) {
		throw new Advice(
			`TWIN24_PORT is "${TWIN24_PORT}", which is no port. Set it to a number from 1 to 65535.`,
		);
	}
	if ((await freePort(port)) !== port) {
		throw new Advice(
			`Port ${port} is taken by another program${TWIN24_PORT ? '' : ' (perhaps another n8n)'}. Choose another one: TWIN24_PORT=${port + 1} npm start`,
		);
	}
	return { port, account: email && password ? { email, password } : undefined };
}
