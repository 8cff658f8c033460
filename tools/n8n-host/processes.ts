/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- starts and ends programs on the developer's machine, never published */
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

import execa, { type Options } from 'execa';

/** Pauses between two looks at a state, in milliseconds. */
const LOOK_EVERY = 100;

/** The signals by which a person, a terminal or a supervisor ends a program. */
const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How many lines of what a program has printed tell why it did not start. */
const LAST_WORDS = 20;

/**
 * Looks until there is something to see.
 *
 * @param look gives `undefined` or `false` as long as the state is not reached; what it throws ends the wait
 * @param what the state, for the error: "Waited 60 s for <what>"
 * @throws Error once `timeout` milliseconds have passed
 */
export async function waitFor<T>(
	what: string,
	timeout: number,
	look: () => Promise<T | false | undefined> | T | false | undefined,
): Promise<T> {
	const end = Date.now() + timeout;
	for (;;) {
		const seen = await look();
		if (seen !== undefined && seen !== false) return seen;
		if (Date.now() > end) throw new Error(`Waited ${timeout / 1000} s for ${what}`);
		await pause(LOOK_EVERY);
	}
}

/** Resolves when this process is asked to end, by Ctrl-C or a signal; it is then up to the caller to end it. */
export async function askedToEnd(): Promise<void> {
	await new Promise<void>((done) => {
		for (const signal of ENDING_SIGNALS) process.on(signal, () => done());
	});
}

export interface ProgramOptions {
	/** What it is called in errors, e.g. "n8n at http://127.0.0.1:5678". */
	name: string;
	/** Where and as whom it runs; what is not given is as for this process, but for the environment: see `extendEnv`. */
	run: Pick<Options, 'cwd' | 'env' | 'extendEnv' | 'uid' | 'gid'>;
	/** Asked until it is true. */
	isReady: () => Promise<boolean>;
	/** How long it may take to get ready, and then to end by itself before it is ended; in milliseconds. */
	patience: { start: number; stop: number };
	/** The signal that makes it end in order. */
	stopSignal: 'SIGINT' | 'SIGTERM';
	/** A file that gets what it prints. */
	log?: string;
}

/** A program that runs in the background until it is stopped, or until this process ends. */
export interface Program {
	pid: number;
	/** What it has printed so far, line by line. */
	logs: string[];
	/** Resolves when it has ended, however that came. */
	ended: Promise<unknown>;
	/** Lets it end in order, then ends what is left of it and of what it has started. */
	stop: () => Promise<void>;
	/** Ends it as a crash would. */
	kill: () => Promise<void>;
}

/**
 * Starts a program and waits until it is ready.
 *
 * @throws Error with its last words if it ends before that or takes too long, and if there is no such program: its
 * `cause` is then an error with the `code` ENOENT
 */
export async function startProgram(
	command: string,
	args: string[],
	{ name, run, isReady, patience, stopSignal, log }: ProgramOptions,
): Promise<Program> {
	const child = execa(command, args, {
		...run,
		// The head of its own group, so that Ctrl-C reaches this process alone, which then ends it in order.
		detached: process.platform !== 'win32',
		stdin: 'ignore',
		all: true,
		buffer: false,
		reject: false,
	});
	const ended = child.then((result) => result);
	const logs: string[] = [];
	if (child.all) {
		createInterface({ input: child.all }).on('line', (line) => logs.push(line));
		if (log !== undefined) child.all.pipe(createWriteStream(log));
	}

	// If this process is ended without a chance to stop the program, the program is not left behind.
	const leaveNothing = () => killGroup(child.pid);
	process.once('exit', leaveNothing);
	const atMost = async () =>
		await Promise.race([ended, pause(patience.stop, null, { ref: false })]);
	const kill = async () => {
		process.off('exit', leaveNothing);
		killGroup(child.pid);
		await atMost();
	};
	const stop = async () => {
		child.kill(stopSignal, { forceKillAfterTimeout: false });
		await atMost();
		await kill();
	};

	let result: { exitCode: number; signal?: string } | undefined;
	void ended.then((end) => (result = end));
	try {
		await waitFor(name, patience.start, async () => {
			if (result instanceof Error && child.pid === undefined) throw result;
			if (result)
				throw new Error(`${name} ended with ${result.signal ?? `code ${result.exitCode}`}`);
			return (await isReady()) || undefined;
		});
	} catch (error) {
		await kill();
		const words = logs.slice(-LAST_WORDS).join('\n');
		throw new Error(`${name} did not start. Its last words:\n${words}`, { cause: error });
	}
	return { pid: child.pid!, logs, ended, stop, kill };
}

/**
 * Ends a process that was started as the head of its own group, with all that it has started itself.
 * Windows has no groups: there `taskkill` ends the tree.
 */
function killGroup(pid: number | undefined): void {
	if (pid === undefined) return;
	if (process.platform === 'win32') {
		execa.sync('taskkill', ['/pid', String(pid), '/T', '/F'], { reject: false });
		return;
	}
	try {
		process.kill(-pid, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
