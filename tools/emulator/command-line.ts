/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the emulator is a server of its own and never published */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { DEMO_ACCOUNT, startEmulator } from './emulator';
import type { EmulatorOptions } from './emulator';
import type { Emulator } from './interface';
import { checkedReadings, describeReadings, parseReading } from './readings';
import type { Readings } from './readings';

/** What each option takes, for a person. */
const OPTIONS = {
	port: '8024',
	'records-port': 'N',
	calls: '4050',
	seed: '1',
	from: 'ISO',
	to: 'ISO',
	latency: 'MS',
	'dial-every': '1000',
	'call-every': 'MS',
	'webhook-second': '1000',
	email: '…',
	password: '…',
	'token-ttl-cap': 'SECONDS',
	reading: 'NAME=VALUE',
	readings: 'FILE.json',
} as const;

type Option = keyof typeof OPTIONS;

const USAGE = `Usage: npm run emulator -- ${Object.entries(OPTIONS)
	.map(([name, value]) => `[--${name} ${value}]`)
	.join(' ')}
--help tells the readings.`;

/** What `npm run emulator -- --help` prints. */
export const HELP = `${USAGE}

--reading may come several times, and wins over --readings, a file of names and values (or a result
of the probe). The readings, each with its values, the default first:

${describeReadings()}`;

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
	const given = readArguments(args);
	const last = (name: Option) => given[name]?.at(-1);
	const number = (name: Option, fallback: number, most: number) =>
		whole(name, last(name), fallback, most);
	const { email, password } = DEMO_ACCOUNT;
	return {
		port: number('port', 8024, 65_535),
		recordsPort: number('records-port', 0, 65_535),
		calls: number('calls', 4050, 5_000_000),
		latency: number('latency', 0, 3_600_000),
		callEvery: number('call-every', 0, 3_600_000),
		webhookSecond: number('webhook-second', 1000, 60_000),
		dialEvery: number('dial-every', 1000, 3_600_000),
		data: { seed: number('seed', 1, 2 ** 31 - 1), from: last('from'), to: last('to') },
		accounts: [
			{ ...DEMO_ACCOUNT, email: last('email') ?? email, password: last('password') ?? password },
		],
		tokenTtlCap: given['token-ttl-cap'] && number('token-ttl-cap', 0, 1e9),
		readings: Object.assign(
			{},
			...(given.readings ?? []).map(readingsOfFile),
			...(given.reading ?? []).map(parseReading),
		) as Partial<Readings>,
	};
}

function readingsOfFile(file: string): Partial<Readings> {
	try {
		return checkedReadings(JSON.parse(readFileSync(file, 'utf8')));
	} catch (error) {
		// eslint-disable-next-line @n8n/community-nodes/require-node-api-error -- a command line's error, not a node's
		throw new Error(`--readings ${file}: ${(error as Error).message}`);
	}
}

function readArguments(args: string[]): { [name in Option]?: string[] } {
	const options = Object.fromEntries(
		Object.keys(OPTIONS).map((name) => [name, { type: 'string' as const, multiple: true }]),
	);
	const { values, tokens } = parseArgs({ args, options, strict: false, tokens: true });
	for (const token of tokens) {
		const name = token.kind === 'option' ? token.rawName : args[token.index];
		const known = token.kind === 'option' && token.name in options && token.value !== undefined;
		if (!known)
			throw new Error(`What is "${name}" for? Each option is known and has a value.\n${USAGE}`);
	}
	return values as { [name in Option]?: string[] };
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
