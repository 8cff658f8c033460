import { SCHEMES } from '../addresses';
import type { Scheme } from '../addresses';
import type { Answer, Client } from '../client';
import type { Findings } from '../findings';
import { Stop } from '../stop';

const ME = '/users/me';

/**
 * Finds an address to log in at: one that asks for a token.
 *
 * @throws Stop when none does
 */
export async function findAddress(client: Client, host?: string): Promise<void> {
	// TWIN24's own hosts are the better known addresses; of another, the path is.
	const order = host === undefined ? SCHEMES : SCHEMES.toReversed();
	for (const scheme of order) {
		const answer = await ask(client, scheme);
		if (answer?.status === 401) return client.use(scheme);
	}
	throw new Stop('brokeOff', 'No TWIN24 answers at this address.');
}

/** Which kinds of address answer somebody who is signed in. */
export async function askHosts(client: Client, findings: Findings, host?: string): Promise<void> {
	const found: Scheme[] = [];
	const requests: number[] = [];
	for (const scheme of SCHEMES) {
		const answer = await ask(client, scheme);
		if (answer) requests.push(answer.number);
		if (answer?.status === 200 && typeof answer.json === 'object') found.push(scheme);
	}
	findings.reading('hosts', found.length > 1 ? 'both' : found.at(0), { requests });
	const path = host === undefined ? '' : new URL(host).pathname;
	findings.reading('pathPrefix', path === '/' ? '' : path);
}

/** The signed-in user's page; undefined when nobody is there. */
async function ask(client: Client, scheme: Scheme): Promise<Answer | undefined> {
	return await client.get('iam', ME, {}, scheme).catch(async (error: unknown) => {
		if (error instanceof Stop && error.ending === 'brokeOff') return undefined;
		return await Promise.reject(error);
	});
}
