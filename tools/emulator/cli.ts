/* eslint-disable @n8n/community-nodes/no-restricted-globals -- the emulator is a server of its own and never published */
import { HELP, startFromArguments } from './command-line';

/** Runs until SIGINT or SIGTERM; exit code 1 and a sentence when it cannot begin. */
async function main(): Promise<void> {
	const args = process.argv.slice(2);
	if (args.includes('--help')) {
		process.stdout.write(HELP);
		return;
	}
	const { emulator, line } = await startFromArguments(args);
	process.stdout.write(`${line}\n`);
	const stop = () => {
		void emulator.close().then(() => process.exit(0));
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

main().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exit(1);
});
