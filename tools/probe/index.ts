/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a program of its own on somebody's machine, never published */
import { env, exit, stdout } from 'node:process';

import askText from '@inquirer/input';
import askPassword from '@inquirer/password';

import { USAGE } from './command-line';
import { run } from './run';
import { EXIT_CODES } from './stop';

async function main(args: string[]): Promise<number> {
	const say = (line: string) => void stdout.write(`${line}\n`);
	if (args.includes('--help')) {
		say(USAGE);
		return EXIT_CODES.whole;
	}
	return await run(
		args,
		env,
		{
			email: async () => await askText({ message: 'E-mail of the TWIN24 account' }),
			password: async () => await askPassword({ message: 'Password (not shown)' }),
		},
		say,
	);
}

main(process.argv.slice(2)).then(
	(code) => exit(code),
	(error: Error) => {
		process.stderr.write(`${error.message}\n`);
		exit(EXIT_CODES.misuse);
	},
);
