/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads what Linux says of its processes, never published */
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Linux counts processor time in hundredths of a second, whatever its own clock does. */
const TICK = 10;

interface Process {
	parent: number;
	/** Milliseconds of processor time, its own and that of its children that have ended. */
	used: number;
}

/**
 * Processor time of programs since they began, in milliseconds, with that of whatever they have started.
 * Linux only: what packages offer (pidusage) leaves out children that have ended, as Postgres's often do.
 */
export function processorTime(pids: readonly number[]): number {
	const processes = readProcesses();
	const counted = new Set<number>();
	let sum = 0;
	const add = (pid: number) => {
		const found = processes.get(pid);
		if (!found || counted.has(pid)) return;
		counted.add(pid);
		sum += found.used;
		for (const [child, { parent }] of processes) if (parent === pid) add(child);
	};
	pids.forEach(add);
	return sum;
}

/** Processor time that the whole machine has used since it began, in milliseconds: all cores together. */
export const machineTime = (): number =>
	cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);

function readProcesses(): Map<number, Process> {
	const processes = new Map<number, Process>();
	for (const name of readdirSync('/proc')) {
		if (!/^\d+$/.test(name)) continue;
		try {
			const text = readFileSync(`/proc/${name}/stat`, 'utf8');
			// The second field is the name in brackets, which may hold blanks.
			const fields = text
				.slice(text.lastIndexOf(')') + 2)
				.split(' ')
				.map(Number);
			const used = (fields[11] + fields[12] + fields[13] + fields[14]) * TICK;
			processes.set(Number(name), { parent: fields[1], used });
		} catch {
			// It has ended in the meantime.
		}
	}
	return processes;
}
