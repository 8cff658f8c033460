/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a measurement on the developer's machine, never published */
import { npm, REPOSITORY } from '../../n8n-host';
import { startCluster } from '../../n8n-host/queue';
import { OWNER } from '../../n8n-host/start-n8n';
import { importBackfill } from '../../n8n-host/queue/backfill';
import { startEmulatorProcess } from '../../emulator/process';
import { commandOf, machine, today } from '../machine';
import { measure, type Measurement } from './measure';
import { readOptions } from './options';
import { tableOf } from './table';

const PERIOD = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };

/** Runs the backfill example with more and more workers, all else being equal. */
async function main(args: string[]): Promise<void> {
	const { calls, callsPerSlice, workers, latencies } = readOptions(args);
	const running: Array<() => Promise<void>> = [];
	try {
		say('Building the package');
		await npm(['run', 'build'], { cwd: REPOSITORY });
		say(
			`Starting an emulator with ${calls.toLocaleString('en-US')} calls, Redis, Postgres and n8n`,
		);
		const emulator = await startEmulatorProcess({ calls, ...PERIOD });
		running.push(emulator.stop);
		const cluster = await startCluster(OWNER, { workers: 0 });
		running.push(cluster.stop);
		const backfill = await importBackfill(cluster, emulator.url, {
			...PERIOD,
			maxCallsPerSlice: callsPerSlice,
		});

		const measurements: Measurement[] = [];
		for (const count of workers) {
			while (cluster.workers.length < count) await cluster.addWorker();
			// The first run makes the table of slices, which all the others go through.
			if (measurements.length === 0) await backfill.run();
			for (const latency of latencies) {
				const measurement = await measure({ cluster, emulator, backfill }, latency);
				if (measurement.calls !== calls)
					throw new Error(`${measurement.calls} calls came instead of ${calls}`);
				say(`${count} workers, ${latency} ms per page: ${(measurement.time / 1000).toFixed(1)} s`);
				measurements.push(measurement);
			}
		}
		measurements.sort((a, b) => a.latency - b.latency || a.workers - b.workers);
		process.stdout.write(
			`${circumstances(args, calls, callsPerSlice)}\n\n${tableOf(measurements)}\n`,
		);
	} finally {
		for (const stop of running.reverse()) await stop();
	}
}

/** What a reader must know to repeat it. */
function circumstances(args: string[], calls: number, callsPerSlice: number): string {
	const work = `${calls.toLocaleString('en-US')} calls of 12 fields in slices of at most ${callsPerSlice.toLocaleString('en-US')}`;
	return `\`${commandOf('bench:queue', args)}\`, ${today()}, ${machine()} for everything together; ${work}; the second of two runs each.`;
}

const say = (line: string) => process.stderr.write(`${line}\n`);

main(process.argv.slice(2)).catch((error: Error) => {
	process.stderr.write(`${error.stack ?? error.message}\n`);
	process.exitCode = 1;
});
