import type { Measurement } from './measure';

const HEAD = [
	'Latency',
	'Workers',
	'Time',
	'Calls per second',
	'Ratio',
	'Pages per 1,000 calls',
	'Most in flight',
	'Worker CPU per call',
	'Postgres CPU per call',
	'Emulator CPU per call',
	'Cores busy: workers, main, Postgres, emulator, all of the machine',
];

/** The measurements as a Markdown table; ratios are to the first of the same latency. */
export function tableOf(measurements: readonly Measurement[]): string {
	const rows = measurements.map((measurement) => {
		const { workers, latency, calls, time, pages, maxInFlight, cpu, cpuTime } = measurement;
		const first = measurements.find((other) => other.latency === latency) ?? measurement;
		const each = (spent: number) => `${((spent / calls) * 1000).toFixed(0)} µs`;
		const cores = [cpu.workers, cpu.main, cpu.postgres, cpu.emulator, cpu.machine].map((spent) =>
			(spent / cpuTime).toFixed(1),
		);
		return [
			`${latency} ms`,
			String(workers),
			`${(time / 1000).toFixed(1)} s`,
			Math.round((calls / time) * 1000).toLocaleString('en-US'),
			(first.time / time).toFixed(2),
			((pages / calls) * 1000).toFixed(2),
			String(maxInFlight),
			each(cpu.workers),
			each(cpu.postgres),
			each(cpu.emulator),
			cores.join(', '),
		];
	});
	return [HEAD, HEAD.map(() => '---'), ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}
