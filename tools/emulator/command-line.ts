/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the emulator is a server of its own and never published */
import { parseArgs } from 'node:util';

import { DEMO_ACCOUNT, startEmulator } from './emulator';
import type { Emulator, EmulatorOptions } from './emulator';

const USAGE =
	'Usage: npm run emulator -- [--port 8024] [--records-port N] [--calls 4050] [--seed 1] [--from ISO] [--to ISO] [--latency MS] [--email …] [--password …] [--token-ttl-cap SECONDS]';

/**
 * Starts the emulator that the arguments describe. Gives it with the line that says where it is.
 * Throws an Error whose message is for a person: options that make no sense, a port that is taken.
 */
export async function startFromArguments(
	args: string[],
): Promise<{ emulator: Emulator; line: string }> {
	const options = readOptions(args);
	const emulator = await startEmulator(options).catch(
		async (error: unknown) => await Promise.reject(inWords(error)),
	);
	const line = `TWIN24 emulator: ${emulator.url} (recordings: ${emulator.recordsUrl}), ${emulator.table.size} calls`;
	return { emulator, line };
}

function readOptions(args: string[]): EmulatorOptions {
	const {
		email = DEMO_ACCOUNT.email,
		password = DEMO_ACCOUNT.password,
		from,
		to,
		...numbers
	} = readArguments(args);
	const ttlCap = numbers['token-ttl-cap'];
	return {
		port: whole('port', numbers.port, 8024, 65_535),
		recordsPort: whole('records-port', numbers['records-port'], 0, 65_535),
		calls: whole('calls', numbers.calls, 4050, 5_000_000),
		latency: whole('latency', numbers.latency, 0, 3_600_000),
		data: { seed: whole('seed', numbers.seed, 1, 2 ** 31 - 1), from, to },
		accounts: [{ ...DEMO_ACCOUNT, email, password }],
		tokenTtlCap: ttlCap === undefined ? undefined : whole('token-ttl-cap', ttlCap, 0, 1e9),
	};
}

const NAMES = [
	'port',
	'records-port',
	'calls',
	'seed',
	'from',
	'to',
	'latency',
	'email',
	'password',
	'token-ttl-cap',
] as const;

function readArguments(args: string[]): { [name in (typeof NAMES)[number]]?: string } {
	const options = Object.fromEntries(NAMES.map((name) => [name, { type: 'string' as const }]));
	const { values, tokens } = parseArgs({ args, options, strict: false, tokens: true });
	for (const token of tokens) {
		const name = token.kind === 'option' ? token.rawName : args[token.index];
		const known = token.kind === 'option' && token.name in options && token.value !== undefined;
		if (!known)
			throw new Error(`What is "${name}" for? Each option is known and has a value.\n${USAGE}`);
	}
	return values as { [name in (typeof NAMES)[number]]?: string };
}

function whole(name: string, text: string | undefined, fallback: number, most: number): number {
	if (text === undefined) return fallback;
	if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
	throw new Error(`--${name} takes a whole number up to ${most}, not "${text}".\n${USAGE}`);
}

function inWords(error: unknown): Error {
	const { code, port, message } = error as { code?: string; port?: number; message: string };
	if (code !== 'EADDRINUSE') return new Error(message);
	return new Error(
		`Port ${port} is taken: end the program that uses it, or choose another with --port.`,
	);
}
