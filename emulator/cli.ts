/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- the emulator is a server of its own and never published */
import { parseArgs } from 'node:util';

import { DEMO_ACCOUNT, startEmulator } from './index';
import type { EmulatorOptions } from './index';

const USAGE =
	'Usage: npm run emulator -- [--port 8024] [--records-port N] [--calls 4050] [--seed 1] [--from ISO] [--to ISO] [--latency MS] [--email …] [--password …] [--token-ttl-cap SECONDS]';

/** The command line as options. Throws with a sentence when it makes no sense. */
function readOptions(args: string[]): EmulatorOptions {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({
		args,
		options: {
			port: text,
			'records-port': text,
			calls: text,
			seed: text,
			from: text,
			to: text,
			latency: text,
			email: text,
			password: text,
			'token-ttl-cap': text,
		},
	});
	const { email = DEMO_ACCOUNT.email, password = DEMO_ACCOUNT.password, from, to } = values;
	return {
		port: whole('port', values.port, 8024, 65_535),
		recordsPort: whole('records-port', values['records-port'], 0, 65_535),
		calls: whole('calls', values.calls, 4050, 5_000_000),
		latency: whole('latency', values.latency, 0, 3_600_000),
		data: { seed: whole('seed', values.seed, 1, 2 ** 31 - 1), from, to },
		accounts: [{ ...DEMO_ACCOUNT, email, password }],
		tokenTtlCap: values['token-ttl-cap'] === undefined ? undefined : whole('token-ttl-cap', values['token-ttl-cap'], 0, 1e9),
	};
}

function whole(name: string, text: string | undefined, fallback: number, most: number): number {
	if (text === undefined) return fallback;
	if (!/^\d+$/.test(text) || Number(text) > most) throw new Error(`--${name} takes a whole number up to ${most}, not "${text}".`);
	return Number(text);
}

async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	const emulator = await startEmulator(options);
	process.stdout.write(`TWIN24 emulator: ${emulator.url} (recordings: ${emulator.recordsUrl}), ${emulator.table.size} calls\n`);
	const stop = () => {
		void emulator.close().then(() => process.exit(0));
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
	const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
	const taken = code === 'EADDRINUSE' ? `Port ${port} is taken: end the program that uses it, or choose another with --port.` : '';
	process.stderr.write(`${taken || `${message}\n${USAGE}`}\n`);
	process.exit(1);
});
