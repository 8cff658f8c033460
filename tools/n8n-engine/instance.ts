/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on the developer’s machine, never published: it gives n8n a folder of its own */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Logger, LogMetadata } from 'n8n-workflow';

import { loadN8n, type N8nModules } from './modules';

/** A line that n8n, or a node through `this.logger`, wrote to the log. */
export interface LogLine {
	level: 'error' | 'warn' | 'info' | 'debug';
	message: string;
	metadata: LogMetadata;
}

/** The base of a running n8n: its modules, its log, and a folder in the temporary folder. */
export interface Instance {
	n8n: N8nModules;
	logs: LogLine[];
	close: () => void;
}

const prefix = 'twin24-engine-';

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

/** Removes what test runs that were killed have left behind. */
function sweep(): void {
	for (const name of readdirSync(tmpdir())) {
		const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : NaN;
		if (pid > 0 && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
	}
}

function capturingLogger(logs: LogLine[]): Logger {
	const write =
		(level: LogLine['level']) =>
		(message: string, metadata: LogMetadata = {}) => {
			logs.push({ level, message, metadata });
		};
	const logger = {
		error: write('error'),
		warn: write('warn'),
		info: write('info'),
		debug: write('debug'),
		scoped: () => logger,
	};
	return logger;
}

/** n8n keeps the keys that encrypt credentials in its database; here it is the instance's own key. */
function provideEncryptionKey({ core, di }: N8nModules): void {
	if (!core.EncryptionKeyProxy) return;
	const cipher = di.Container.get(core.Cipher);
	const key = {
		id: 'instance',
		value: cipher.encryptDEKWithInstanceKey(di.Container.get(core.InstanceSettings).encryptionKey),
		algorithm: 'aes-256-cbc',
		format: 'no-prefix' as const,
	};
	di.Container.get(core.EncryptionKeyProxy).setProvider({
		getActiveKey: async () => key,
		getKeyById: async () => key,
		getLegacyKey: async () => key,
	});
}

interface Booted {
	n8n: N8nModules;
	logs: LogLine[];
	folder: string;
	users: number;
}

/** n8n's container of services is one for the whole process, so it is furnished once per test file. */
let booted: Booted | undefined;

function boot(): Booted {
	sweep();
	const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
	process.env.N8N_USER_FOLDER = folder;
	delete process.env.N8N_ENCRYPTION_KEY;
	const logs: LogLine[] = [];
	const n8n = loadN8n();
	const logger = capturingLogger(logs);
	if (n8n.common) {
		n8n.di.Container.set(n8n.common.Logger, logger as InstanceType<typeof n8n.common.Logger>);
	}
	n8n.workflow.LoggerProxy.init(logger);
	provideEncryptionKey(n8n);
	return { n8n, logs, folder, users: 0 };
}

/**
 * Starts what an n8n process starts before it can run a workflow: settings, log, encryption of
 * credentials, and the storage of files (on disk, as n8n does unless told otherwise).
 * Close it, and the folder is removed.
 */
export async function startInstance(): Promise<Instance> {
	booted ??= boot();
	const { n8n, logs, folder } = booted;
	booted.users += 1;
	mkdirSync(folder, { recursive: true });
	await n8n.di.Container.get(n8n.core.BinaryDataService).init();
	let open = true;
	return {
		n8n,
		logs,
		close() {
			if (!open || !booted) return;
			open = false;
			booted.users -= 1;
			if (booted.users === 0) rmSync(folder, { recursive: true, force: true });
		},
	};
}
