/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a clock and a terminal, never published */
import { SingleBar } from 'cli-progress';

/** How often a log gets a new line, in milliseconds; a terminal's line is redrawn every second. */
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
	const line = () =>
		[`${what}: ${duration(Date.now() - start)}`, detail()].filter(Boolean).join(', ');
	const progress = new SingleBar({
		format: line,
		stream: process.stdout,
		fps: 1,
		noTTYOutput: true,
		notTTYSchedule: LOG_EVERY,
	});
	progress.start(1, 0);
	try {
		return await work;
	} finally {
		progress.stop();
	}
}
