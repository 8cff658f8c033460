/* eslint-disable @n8n/community-nodes/no-restricted-imports -- starts programs on the developer's machine, never published */
import { join } from 'node:path';

import execa from 'execa';

import { REPOSITORY } from '../n8n-host/paths';
import type { Measurement, Task } from './work';

/** More than any list of 100,000 whole calls needs, so that the heap's size is not what is measured. Megabytes. */
const HEAP_LIMIT = 8192;

/**
 * Does a task in a process of its own.
 * @param node the Node to run it with
 * @throws Error when it fails, or when other calls came than there are
 */
export async function measure(task: Task, node: string): Promise<Measurement> {
	const args = [
		'--expose-gc',
		`--max-old-space-size=${HEAP_LIMIT}`,
		'--import',
		'tsx',
		join('tools', 'bench', 'child.ts'),
		JSON.stringify(task),
	];
	const child = execa(node, args, {
		cwd: REPOSITORY,
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		reject: false,
	});
	let measured: Measurement | undefined;
	child.once('message', (message) => (measured = message as Measurement));
	const { exitCode } = await child;
	const name = `${task.lane}, ${task.calls} calls, ${task.fieldSet}, ${task.latency} ms`;
	if (exitCode !== 0 || !measured) throw new Error(`The measurement failed: ${name}`);
	if (measured.calls !== task.calls)
		throw new Error(`${measured.calls} calls came instead of ${task.calls}: ${name}`);
	return measured;
}
