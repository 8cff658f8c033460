/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-hardcoded-secrets, @n8n/community-nodes/require-node-api-error -- drives a real n8n, never published */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { N8nClient, type Login } from './client';
import { installPackage } from './community-package';
import { startServer, type Server } from './server';

/** The owner of every n8n that a test starts. */
export const OWNER = { email: 'owner@example.com', password: 'Owner-password-1' };

export interface N8nOptions {
	/** What to install: what is built in `dist`, a packed tarball, or nothing. */
	install: 'dist' | 'nothing' | (string & {});
	/** Who owns it; `OWNER` if not given. */
	owner?: Login;
	/** A folder to start from or to keep; without it one is made, and removed at the end. */
	userFolder?: string;
	/** Settings of n8n's that add to the harness's own. */
	env?: Record<string, string>;
}

/** A real n8n with the package installed and its owner signed in. */
export interface N8n extends Server {
	client: N8nClient;
	userFolder: string;
}

/**
 * Starts a real n8n on a free port. Whoever starts one ends it, by `stop()` or `kill()`.
 *
 * @throws Error with n8n's last words if it does not come up
 */
export async function startN8n({
	install,
	owner = OWNER,
	userFolder,
	env,
}: N8nOptions): Promise<N8n> {
	const folder = userFolder ?? (await mkdtemp(join(tmpdir(), 'twin24-n8n-')));
	const clean = async () => {
		if (userFolder === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	};
	try {
		if (install !== 'nothing') await installPackage(folder, install);
		const server = await startServer({
			userFolder: folder,
			env: { GENERIC_TIMEZONE: 'UTC', ...env },
		});
		const andClean = (end: () => Promise<void>) => async () => {
			await end();
			await clean();
		};
		try {
			const client = new N8nClient(server.url);
			await client.signIn(owner);
			return {
				...server,
				client,
				userFolder: folder,
				stop: andClean(server.stop),
				kill: andClean(server.kill),
			};
		} catch (error) {
			await server.kill();
			throw error;
		}
	} catch (error) {
		await clean();
		throw error;
	}
}
