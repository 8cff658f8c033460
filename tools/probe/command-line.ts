/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- a program of its own on somebody's machine, never published */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';

import { hostAddress } from './addresses';
import { CLIENT_OPTIONS } from './client';
import type { ProbeOptions } from './probe';

export const USAGE = `Usage: npm run probe [-- options]
  --out FOLDER   where probe-report.md and probe-result.json go (this folder)
  --pause MS     between two requests (${CLIENT_OPTIONS.pause})
  --md5          log in with the MD5 of the password, as some installations want it

Whom to ask as: TWIN24_EMAIL, TWIN24_PASSWORD; asked for if missing. TWIN24_HOST: one host for all
services, e.g. https://twin-ai.com. TWIN24_COMPANY: the company's number, for users of several.`;

/** What a terminal asks for what the environment does not hold. */
export interface Questions {
	email: () => Promise<string>;
	/** Not shown while it is typed. */
	password: () => Promise<string>;
}

export interface Command extends Pick<ProbeOptions, 'account' | 'passwordForm' | 'pause'> {
	out: string;
}

/** Reads arguments and environment, and asks for what is missing. @throws Error with a sentence */
export async function readCommand(
	args: string[],
	env: Record<string, string | undefined>,
	questions: Questions,
): Promise<Command> {
	const values = parsed(args);
	const pause = values.pause === undefined ? CLIENT_OPTIONS.pause : Number(values.pause);
	if (!Number.isSafeInteger(pause) || pause < 0 || pause > 60_000)
		throw new Error(`--pause takes milliseconds up to 60000.\n${USAGE}`);
	const company = env.TWIN24_COMPANY ?? '';
	if (!/^\d*$/.test(company)) throw new Error("TWIN24_COMPANY is the company's number.");
	const host = env.TWIN24_HOST ? hostAddress(env.TWIN24_HOST) : undefined;
	const email = env.TWIN24_EMAIL ?? (await questions.email());
	const typed = env.TWIN24_PASSWORD ?? (await questions.password());
	if (email === '' || typed === '') throw new Error('The probe needs an e-mail and a password.');
	return {
		account: {
			email,
			password: values.md5 ? createHash('md5').update(typed).digest('hex') : typed,
			companyId: company === '' ? undefined : Number(company),
			host,
		},
		passwordForm: values.md5 ? 'md5' : 'plain',
		pause,
		out: values.out ?? '.',
	};
}

function parsed(args: string[]) {
	try {
		return parseArgs({
			args,
			options: { out: { type: 'string' }, pause: { type: 'string' }, md5: { type: 'boolean' } },
		}).values;
	} catch (error) {
		throw new Error(`${(error as Error).message}\n${USAGE}`);
	}
}
