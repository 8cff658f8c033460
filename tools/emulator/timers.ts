/* eslint-disable @n8n/community-nodes/no-restricted-globals -- the emulator is a server of its own and never published */

/** What happens again and again by itself, until the emulator ends; it keeps no process alive. */
export class Timers {
	private running: NodeJS.Timeout[] = [];

	/** Does it every so many milliseconds. */
	every(ms: number, act: () => unknown): void {
		this.running.push(setInterval(act, ms).unref());
	}

	clear(): void {
		for (const timer of this.running.splice(0)) clearInterval(timer);
	}
}
