/* eslint-disable @n8n/community-nodes/no-restricted-globals -- ends a program of the developer's machine, never published */
import { Advice, askedToEnd, say } from '../../n8n-host';

/** Something that runs until it is ended, and a way to end everything when it breaks. */
export interface Session {
	/** Adds what is to be ended: the last one added is the first one ended. */
	add: (stop: () => Promise<void>) => void;
	/** Ends everything, with the reason why. */
	fail: (why: string) => void;
}

/**
 * Brings something up and keeps it until Ctrl-C or a signal; then, or when it fails, ends all of it and this process.
 * The exit code is 0 if it was up and was asked to end, 130 if it was asked to end before, and 1 if it failed.
 */
export async function keepUp(bringUp: (session: Session) => Promise<void>): Promise<void> {
	const running: Array<() => Promise<void>> = [];
	let ready = false;
	let ending = false;
	const end = async (code: number, why?: string) => {
		if (ending) return;
		ending = true;
		if (why) say(`\n${why}`);
		for (const stop of running.reverse()) await stop();
		process.exit(code);
	};

	void askedToEnd().then(async () => await end(ready ? 0 : 130, 'Ending …'));
	try {
		await bringUp({
			add: (stop) => running.push(stop),
			fail: (why) => void end(1, why),
		});
		ready = true;
	} catch (error) {
		const stack = error instanceof Error ? error.stack : String(error);
		await end(1, error instanceof Advice ? error.message : stack);
	}
}
