/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a clock and a terminal, never published */

/** How often progress is told, in milliseconds: a terminal's line is redrawn, a log gets a new line. */
const TERMINAL_EVERY = 1_000;
const LOG_EVERY = 15_000;

/** Tells the person at the terminal something: one line. */
export const say = (text = '') => void process.stdout.write(`${text}\n`);

/** Seconds as a person says them: "48 s", "3 min 20 s". */
export function duration(milliseconds: number): string {
	const seconds = Math.round(milliseconds / 1000);
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Says what is being done, and then that it still lives, until `work` has ended.
 *
 * @param what the step, e.g. "Installing n8n"
 * @param detail how far it is, e.g. "1,034 of 2,343 packages"; asked anew for every line
 */
export async function withProgress<T>(
	what: string,
	work: Promise<T>,
	detail: () => string = () => '',
): Promise<T> {
	const start = Date.now();
	const terminal = process.stdout.isTTY;
	const line = () =>
		[`${what}: ${duration(Date.now() - start)}`, detail()].filter(Boolean).join(', ');
	const tell = (text: string) => process.stdout.write(terminal ? `\r\u001b[K${text}` : `${text}\n`);

	process.stdout.write(terminal ? `${what} …` : `${what} …\n`);
	const timer = setInterval(() => tell(line()), terminal ? TERMINAL_EVERY : LOG_EVERY);
	try {
		return await work;
	} finally {
		clearInterval(timer);
		tell(line());
		if (terminal) process.stdout.write('\n');
	}
}
