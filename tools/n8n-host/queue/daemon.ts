/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- runs Debian's Redis and Postgres on the developer's machine, never published */
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import execa from 'execa';

import { Advice } from '../advice';
import { startProgram } from '../processes';

/** A program that serves others in the background, with a data folder of its own that is removed at its end. */
export interface Daemon {
	port: number;
	pid: number;
	stop: () => Promise<void>;
}

/** How long such a program may take to start or to stop, in milliseconds. */
const PATIENCE = 60_000;

/** Somebody who is not root, for programs that refuse to be run by root. */
export interface User {
	uid: number;
	gid: number;
}

/** The user of that name if this process is root's, which may then act as that user; undefined otherwise. */
export function otherThanRoot(name: string): User | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const id = (what: '-u' | '-g') => Number(execa.sync('id', [what, name]).stdout);
	return { uid: id('-u'), gid: id('-g') };
}

/** Makes an empty data folder, the user's own. */
export async function dataFolder(name: string, user?: User): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), `twin24-${name}-`));
	if (user) await chown(folder, user.uid, user.gid);
	return folder;
}

/** Runs a program to its end and gives what it printed. */
export async function runTool(
	command: string,
	args: string[],
	options: { cwd?: string; user?: User } = {},
): Promise<string> {
	const { cwd, user } = options;
	return (
		await execa(command, args, { cwd, ...user, maxBuffer: 1024 ** 3, stripFinalNewline: false })
	).stdout;
}

/**
 * Starts a program and waits until it serves.
 *
 * @param folder its data folder, which is removed when it is stopped
 * @param isReady asked until it is true
 * @throws Error with what the program printed if it ends before that, or is not ready within a minute
 */
export async function startDaemon(
	command: string,
	args: string[],
	{
		port,
		folder,
		user,
		isReady,
	}: { port: number; folder: string; user?: User; isReady: () => Promise<boolean> },
): Promise<Daemon> {
	const clean = async () => await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	try {
		const { pid, stop } = await startProgram(command, args, {
			name: command,
			run: { cwd: folder, ...user },
			isReady,
			patience: { start: PATIENCE, stop: PATIENCE },
			stopSignal: 'SIGINT',
		});
		return {
			port,
			pid,
			stop: async () => {
				await stop();
				await clean();
			},
		};
	} catch (error) {
		await clean();
		const { cause } = error as Error & { cause?: NodeJS.ErrnoException };
		if (cause?.code === 'ENOENT')
			throw new Advice(`${command} is not installed. On Debian: apt-get install ${command}`);
		throw error;
	}
}
