/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/require-node-api-error -- runs Debian's Redis and Postgres on the developer's machine, never published */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { Advice } from '../advice';
import { ended, hasEnded, killGroup, waitFor } from '../processes';

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
	const id = (what: '-u' | '-g') => Number(execFileSync('id', [what, name], { encoding: 'utf8' }));
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
	const { stdout } = await promisify(execFile)(command, args, {
		cwd,
		...user,
		maxBuffer: 1024 ** 3,
	});
	return stdout;
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
	const child = spawn(command, args, {
		cwd: folder,
		...user,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let printed = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (text) => (printed = `${printed}${text}`.slice(-4000)));
	let failure: NodeJS.ErrnoException | undefined;
	child.once('error', (error) => (failure = error));

	const leaveNothing = () => killGroup(child);
	process.once('exit', leaveNothing);
	const stop = async () => {
		process.off('exit', leaveNothing);
		if (!hasEnded(child)) {
			child.kill('SIGINT');
			await ended(child, PATIENCE);
			killGroup(child);
		}
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	};
	try {
		await waitFor(`${command} on port ${port}`, PATIENCE, async () => {
			if (failure) throw failure;
			if (hasEnded(child))
				throw new Error(`It ended with code ${child.exitCode ?? child.signalCode}`);
			return (await isReady()) || undefined;
		});
	} catch (error) {
		await stop();
		if (failure?.code === 'ENOENT')
			throw new Advice(`${command} is not installed. On Debian: apt-get install ${command}`);
		throw new Error(`${command} did not start. Its last words:\n${printed}`, { cause: error });
	}
	return { port, pid: child.pid!, stop };
}
