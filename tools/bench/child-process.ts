/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- starts programs on the developer's machine, never published */
import { spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';

import { REPOSITORY } from '../n8n-host/paths';

/** Starts one of the repository's TypeScript files; it ends with this process at the latest. */
export function startScript(node: string, args: string[], stdio: StdioOptions): ChildProcess {
	const child = spawn(node, args, { cwd: REPOSITORY, stdio });
	const end = () => void child.kill();
	process.once('exit', end);
	child.once('close', () => process.off('exit', end));
	return child;
}
