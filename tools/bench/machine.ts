/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a measurement on the developer's machine, never published */
import { availableParallelism, cpus } from 'node:os';

/** The processors of this machine, e.g. `2 cores (AMD EPYC)`. */
export const machine = (): string =>
	`${availableParallelism()} cores (${cpus()[0]?.model.trim() || 'unknown'})`;

/** The command that a script was started by, to be repeated. */
export const commandOf = (script: string, args: string[]): string =>
	[`npm run ${script}`, ...(args.length > 0 ? ['--', ...args] : [])].join(' ');

/** Today, as `2026-11-25`. */
export const today = (): string => new Date().toISOString().slice(0, 10);
