/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a measurement on the developer's machine, never published */
import { fetchLane } from './lanes/fetch';
import { httpLane } from './lanes/http';
import type { MakeRunner } from './lanes/lane';
import { csvLane, nodeLane } from './lanes/node';
import { openEngine } from './n8n';
import { profiled } from './profile';
import { watchHeap } from './watch-heap';
import type { Lane, Measurement, Task } from './work';

const LANES: Record<Lane, MakeRunner> = {
	node: nodeLane,
	csv: csvLane,
	http: httpLane,
	fetch: fetchLane,
};

/** Does one task in this process and hands the measurement to the parent. */
async function main(task: Task): Promise<Measurement> {
	const { warmUp, run } = await LANES[task.lane](task, async () => await openEngine(task));
	await warmUp();
	const heap = watchHeap();
	const cpuBefore = process.cpuUsage();
	const startedAt = performance.now();
	const fetched = await (task.profile ? profiled(task, run) : run());
	const time = performance.now() - startedAt;
	const cpu = process.cpuUsage(cpuBefore);
	const peakHeap = heap.stop();
	// Kilobytes on every platform; looked at before the calls are counted, which costs memory too.
	const peakMemory = process.resourceUsage().maxRSS * 1024;
	return {
		time,
		peakMemory,
		peakHeap,
		cpu: (cpu.user + cpu.system) / 1000,
		calls: fetched.count(),
	};
}

main(JSON.parse(process.argv[2]) as Task).then(
	(measurement) => process.send?.(measurement, () => process.exit(0)),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
		process.exit(1);
	},
);
