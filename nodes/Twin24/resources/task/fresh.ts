import { pause } from '../../transport/cancellation';
import type { Requester } from '../../transport/request';
import { lookAtIfTold, statusOf } from './lookAt';

/**
 * Milliseconds after its creation until a task takes people; before, TWIN24 answers 404, or takes them
 * and loses them. Clients wait 5 s (two of them) or 6 s (one).
 */
const TAKES_PEOPLE_AFTER = 6000;

/** From this age on a task is not fresh even where its clock and ours differ somewhat. Milliseconds. */
const SURELY_OLD = 10 * 60_000;

/** Milliseconds between two looks at a task that is not there yet. */
const LOOK_EVERY = 1000;

/** Since when this process knows tasks, by their IDs: since it made them, or since its first look. */
const knownSince = new Map<string, number>();

/** Remembers that there is a task, made just now or some time ago. Those that are old are forgotten. */
export const rememberTask = (id: string): void => {
	const now = Date.now();
	for (const [old, at] of knownSince) if (now - at > SURELY_OLD) knownSince.delete(old);
	if (!knownSince.has(id.toLowerCase())) knownSince.set(id.toLowerCase(), now);
};

/**
 * Waits until a task takes people: until it can be seen, and is old enough. How old it is we know when we
 * made it, or when it has had people; otherwise it may be as young as our first look at it.
 *
 * @throws CancelledError when `signal` fires; what a request throws, when nothing was sent yet
 */
export const untilItTakesPeople = async (
	requester: Requester,
	id: string,
	signal?: AbortSignal,
): Promise<void> => {
	rememberTask(id);
	const readyAt = knownSince.get(id.toLowerCase())! + TAKES_PEOPLE_AFTER;
	for (;;) {
		const task = await lookAtIfTold(requester, id);
		if (task && hasHadPeople(statusOf(task))) return;
		const rest = readyAt - Date.now();
		// One that cannot be seen by then is added to all the same: the answer to that is certain.
		if (rest <= 0 || (task && isOld(task.row.createdAt))) return;
		await pause(task ? rest : Math.min(rest, LOOK_EVERY), signal);
		if (task) return;
	}
};

const hasHadPeople = (status: string | undefined) => status !== undefined && status !== 'BLANK';

/** By TWIN24's clock, which may be some minutes off ours. */
const isOld = (createdAt: unknown): boolean =>
	typeof createdAt === 'string' && Date.now() - Date.parse(createdAt) > SURELY_OLD;
