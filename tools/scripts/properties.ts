/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a command on the developer's machine, never published */
/**
 * `npm run properties -- 20 polling`: draws other cases for the properties than `npm test` does, 20 times,
 * for the test files whose path holds "polling". Without arguments ten times, for all of them.
 */
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import execa from 'execa';

import { REPOSITORY, say } from '../n8n-host';

async function main(): Promise<void> {
	const [rounds = '10', part = ''] = process.argv.slice(2);
	const files = filesWithProperties().filter((file) => file.includes(part));
	if (!(Number(rounds) > 0) || files.length === 0) {
		say('npm run properties -- [ROUNDS] [PART OF A PATH UNDER test/unit]');
		process.exitCode = 1;
		return;
	}
	const command = ['jest', '--selectProjects', 'unit', '--runTestsByPath', ...files];
	for (let round = 1; round <= Number(rounds); round++) {
		const seed = String(randomInt(2 ** 31));
		const { failed, all } = await execa('npx', command, {
			cwd: REPOSITORY,
			env: { PROPERTY_SEED: seed },
			all: true,
			reject: false,
		});
		if (failed) {
			say(`${all}\n\nAgain: PROPERTY_SEED=${seed} npx ${command.join(' ')}`);
			process.exitCode = 1;
			return;
		}
		say(`${round} of ${rounds}: nothing found with seed ${seed}`);
	}
}

function filesWithProperties(): string[] {
	return readdirSync(join(REPOSITORY, 'test/unit'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.test.ts'))
		.map((file) => join('test/unit', file))
		.filter((file) => readFileSync(join(REPOSITORY, file), 'utf8').includes('fc.assert('));
}

void main();
