/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs npm on the developer's machine, never published */
import { appendFile } from 'node:fs/promises';
import { delimiter, dirname } from 'node:path';

import execa from 'execa';

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
	const { stdout, stderr, exitCode } = await execa(
		viaNode ? node : 'npm',
		viaNode ? [cli, ...args] : args,
		{
			cwd,
			env: { PATH: `${dirname(node)}${delimiter}${process.env.PATH}`, ...env },
			stdin: 'ignore',
			maxBuffer: 1024 ** 3,
			reject: false,
		},
	);
	if (log) await appendFile(log, `$ npm ${args.join(' ')}\n${stdout}\n${stderr}\n`);
	if (exitCode === 0) return stdout;
	if (NO_NETWORK.test(stderr)) {
		throw new Advice(
			'npm cannot reach its registry. Check the network connection (and the proxy settings of npm, if you need any), then run the command again.',
		);
	}
	const reason = stderr.split('\n').find((text) => /^npm (error|ERR!) (?!code)/.test(text));
	const where = log ? ` All it said is in ${log}.` : '';
	throw new Advice(`npm ${args[0]} did not succeed: ${reason ?? `exit code ${exitCode}`}.${where}`);
}
