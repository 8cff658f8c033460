/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a command on the developer's machine, never published */
/** `npm run call`: one call in the running demo, with a result of choice. */
import type { Call } from '../emulator';
import { Advice, say } from '../n8n-host';
import { HELP, readCall } from './call/command-line';
import { runningTwin24s } from './start/running';

async function main(): Promise<void> {
	const wanted = readCall(process.argv.slice(2));
	if (wanted === 'help') return say(HELP);
	const answer = await fetch(`${await demoUrl()}/__emulator/call`, {
		method: 'POST',
		headers: { connection: 'close' },
		body: JSON.stringify(wanted),
	});
	if (!answer.ok) throw new Advice(`The demo refused the call: ${await answer.text()}`);
	const { phone, status, id, dialogResults } = (await answer.json()) as Call;
	const result = dialogResults ? `, "${dialogResults}"` : '';
	say(`The call to ${phone} has ended: ${status}${result}. In the report its ID is ${id}.`);
}

/** The address of the demo's TWIN24: that of TWIN24_PORT, or the only one there is. */
async function demoUrl(): Promise<string> {
	const { TWIN24_PORT: port } = process.env;
	const running = (await runningTwin24s()).filter(({ demo }) => !port || demo.endsWith(`-${port}`));
	if (running.length === 0) {
		throw new Advice(
			`No demo${port ? ` with TWIN24_PORT=${port}` : ''} is running. Run "npm start" in another terminal, without TWIN24_EMAIL, and then this again.`,
		);
	}
	if (running.length > 1) {
		const ports = running.map(({ demo }) => demo.split('-').at(-1)).join(', ');
		throw new Advice(`${running.length} demos are running. Set TWIN24_PORT to one of ${ports}.`);
	}
	return running[0].url;
}

main().catch((error: Error) => {
	process.stderr.write(`${error instanceof Advice ? error.message : error.stack}\n`);
	process.exit(1);
});
