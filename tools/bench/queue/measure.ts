import type { Cluster } from '../../n8n-host/queue';
import type { Backfill } from '../../n8n-host/queue/backfill';
import type { EmulatorProcess } from '../../emulator/process';
import { machineTime, processorTime } from './cpu';

/** What one run of the backfill took. Times in milliseconds. */
export interface Measurement {
	workers: number;
	latency: number;
	calls: number;
	/** From the first slice that a worker took to the last that was saved. */
	time: number;
	pages: number;
	/** The most pages that the emulator was working on at a time. */
	maxInFlight: number;
	/** Processor time of each, from before the plan to the end. */
	cpu: Spent;
	/** How long that was. */
	cpuTime: number;
}

/** Milliseconds of processor time. */
export interface Spent {
	workers: number;
	main: number;
	postgres: number;
	emulator: number;
	/** Everything that runs on this machine, ours or not. */
	machine: number;
}

export interface Subject {
	cluster: Cluster;
	emulator: EmulatorProcess;
	backfill: Backfill;
}

/** Fetches everything twice with the workers that there are: once to warm up, once to measure. */
export async function measure(subject: Subject, latency: number): Promise<Measurement> {
	await fetchAll(subject, latency);
	return await fetchAll(subject, latency);
}

async function fetchAll(
	{ cluster, emulator, backfill }: Subject,
	latency: number,
): Promise<Measurement> {
	const { main, postgres, workers } = cluster;
	await emulator.control('POST', 'reset');
	if (latency > 0)
		await emulator.control('POST', 'faults', { kind: 'latency', service: 'calls', ms: latency });
	await postgres.query('TRUNCATE twin24_calls');
	await postgres.query('UPDATE twin24_slices SET done_at = NULL, started_at = NULL');

	const used = (): Spent => ({
		workers: processorTime(workers.map((worker) => worker.pid)),
		main: processorTime([main.pid]),
		postgres: processorTime([postgres.pid]),
		emulator: processorTime([emulator.pid]),
		machine: machineTime(),
	});
	const start = Date.now();
	const before = used();
	await backfill.run();
	const end = Date.now();
	const after = used();

	const [begun] = await postgres.query(
		'SELECT extract(epoch FROM min(started_at)) * 1000 FROM twin24_slices',
	);
	const [calls] = await postgres.query('SELECT count(*) FROM twin24_calls');
	const { maxInFlight } = await emulator.control<{ maxInFlight: { calls: number } }>('GET', 'log');
	return {
		workers: workers.length,
		latency,
		calls: Number(calls),
		time: end - Number(begun),
		pages: await emulator.count('calls'),
		maxInFlight: maxInFlight.calls,
		cpuTime: end - start,
		cpu: {
			workers: after.workers - before.workers,
			main: after.main - before.main,
			postgres: after.postgres - before.postgres,
			emulator: after.emulator - before.emulator,
			machine: after.machine - before.machine,
		},
	};
}
