import type { Client } from '../client';
import type { Findings } from '../findings';
import { Stop } from '../stop';

/**
 * Which kinds of address answer: asked without a token, where 401 says that there is somebody.
 *
 * @throws Stop when neither does
 */
export async function askHosts(client: Client, findings: Findings, host?: string): Promise<void> {
	const oneHost = await client.get('iam', '/users/me', {}, 'oneHost').catch(nobody);
	const separate = await client.get('iam', '/users/me', {}, 'separate').catch(nobody);
	const answers = { oneHost: oneHost?.status === 401, separate: separate?.status === 401 };
	if (!answers.oneHost && !answers.separate)
		throw new Stop('brokeOff', 'No TWIN24 answers at this address.');
	// TWIN24's own hosts are the better known addresses; of another, the path is.
	const isPreferred = host === undefined ? !answers.separate : answers.oneHost;
	client.use(isPreferred ? 'oneHost' : 'separate');
	const hosts = answers.oneHost ? (answers.separate ? 'both' : 'oneHost') : 'separate';
	findings.reading('hosts', hosts, {
		requests: [oneHost, separate].flatMap((answer) => (answer ? [answer.number] : [])),
	});
	const path = host === undefined ? '' : new URL(host).pathname;
	findings.reading('pathPrefix', path === '/' ? '' : path);
}

const nobody = (error: unknown) => {
	if (error instanceof Stop && error.ending === 'brokeOff') return undefined;
	throw error;
};
