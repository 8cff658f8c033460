/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/require-node-api-error -- starts and ends programs on the developer's machine, never published */
import { execFile, type ChildProcess } from 'node:child_process';

/** Pauses between two looks at a state, in milliseconds. */
const LOOK_EVERY = 100;

/** The signals by which a person, a terminal or a supervisor ends a program. */
const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Resolves after so many milliseconds. */
export const pause = async (ms: number) => await new Promise<void>((done) => setTimeout(done, ms));

/**
 * Looks until there is something to see.
 *
 * @param look gives `undefined` as long as the state is not reached; what it throws ends the wait
 * @param what the state, for the error: "Waited 60 s for <what>"
 * @throws Error once `timeout` milliseconds have passed
 */
export async function waitFor<T>(
	what: string,
	timeout: number,
	look: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
	const end = Date.now() + timeout;
	for (;;) {
		const seen = await look();
		if (seen !== undefined) return seen;
		if (Date.now() > end) throw new Error(`Waited ${timeout / 1000} s for ${what}`);
		await pause(LOOK_EVERY);
	}
}

/** Whether a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** Whether the process has ended. */
export const hasEnded = (child: ChildProcess) =>
	child.exitCode !== null || child.signalCode !== null;

/** Resolves once the process has ended, at once if it has, and after `timeout` milliseconds in any case. */
export async function ended(child: ChildProcess, timeout: number): Promise<void> {
	if (hasEnded(child)) return;
	await new Promise<void>((done) => {
		const timer = setTimeout(done, timeout);
		child.once('exit', () => {
			clearTimeout(timer);
			done();
		});
	});
}

/**
 * Ends a process that was started as the head of its own group, with all that it has started itself.
 * Windows has no groups: there `taskkill` ends the tree.
 */
export function killGroup(child: ChildProcess): void {
	if (child.pid === undefined) return;
	if (process.platform === 'win32') {
		execFile('taskkill', ['/pid', String(child.pid), '/T', '/F'], () => {});
		return;
	}
	try {
		process.kill(-child.pid, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

/** Resolves when this process is asked to end, by Ctrl-C or a signal; it is then up to the caller to end it. */
export async function askedToEnd(): Promise<void> {
	await new Promise<void>((done) => {
		for (const signal of ENDING_SIGNALS) process.on(signal, () => done());
	});
}
