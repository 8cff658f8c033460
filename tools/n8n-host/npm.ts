/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs npm on the developer's machine, never published */
import { spawn } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { delimiter, dirname } from 'node:path';

import { Advice } from './advice';

/** What npm says when it does not get through to its registry. */
const NO_NETWORK =
	/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/;

export interface NpmRun {
	/** The folder it runs in. */
	cwd: string;
	/** The Node that npm, and what npm starts, runs on; this process's own if not given. */
	node?: string;
	env?: Record<string, string>;
	/** A file that gets all that npm says. */
	log?: string;
}

/**
 * Runs npm: the one that runs this script if npm does, else the one on the path.
 *
 * @returns what npm printed to its standard output
 * @throws Advice if npm fails, saying so if the network is why
 */
export async function npm(
	args: string[],
	{ cwd, node = process.execPath, env, log }: NpmRun,
): Promise<string> {
	const cli = process.env.npm_execpath;
	const viaNode = cli !== undefined && /npm-cli\.c?js$/.test(cli);
	const child = spawn(viaNode ? node : 'npm', viaNode ? [cli, ...args] : args, {
		cwd,
		env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}`, ...env },
		shell: !viaNode && process.platform === 'win32',
		stdio: ['ignore', 'pipe', 'pipe'],
	});

	const endIt = () => void child.kill();
	process.once('exit', endIt);
	let output = '';
	let complaints = '';
	child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)));
	child.stderr.on('data', (chunk: Buffer) => (complaints += String(chunk)));
	const code = await new Promise<number | null>((done, fail) => {
		child.once('error', fail);
		child.once('close', done);
	}).finally(() => process.off('exit', endIt));

	if (log) await appendFile(log, `$ npm ${args.join(' ')}\n${output}${complaints}\n`);
	if (code === 0) return output;
	if (NO_NETWORK.test(complaints)) {
		throw new Advice(
			'npm cannot reach its registry. Check the network connection (and the proxy settings of npm, if you need any), then run the command again.',
		);
	}
	const reason = complaints.split('\n').find((text) => /^npm (error|ERR!) (?!code)/.test(text));
	const where = log ? ` All it said is in ${log}.` : '';
	throw new Advice(`npm ${args[0]} did not succeed: ${reason ?? `exit code ${code}`}.${where}`);
}
