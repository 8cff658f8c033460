/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a measurement on the developer's machine, never published */

/** How often the heap is looked at, milliseconds. */
const EVERY = 10;

/** Watches how much JavaScript heap is in use, from what is left after a garbage collection (node --expose-gc). */
export function watchHeap(): { stop: () => number } {
	global.gc?.();
	const before = process.memoryUsage().heapUsed;
	let most = before;
	const look = () => {
		most = Math.max(most, process.memoryUsage().heapUsed);
	};
	const timer = setInterval(look, EVERY);
	return {
		stop: () => {
			clearInterval(timer);
			look();
			return most - before;
		},
	};
}
