/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- installs a real n8n on the developer's machine, never published */
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import execa from 'execa';

import { Advice } from './advice';
import { withFileLock } from './file-lock';
import { npm } from './npm';
import { withTarballs, type LockFile } from './lock-file';
import { HOST_PACKAGE, hostFolder } from './paths';
import { say, withProgress } from './progress';

/** The oldest Node that the pinned n8n runs on. */
const NODE_NEEDED = 24;

/** Packages of the npm registry that hold a Node 24, as `node-<platform>-<arch>` or `node-bin-<platform>-<arch>`. */
const PLATFORM = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** An n8n that is installed and ready to start. */
export interface Host {
	/** The folder it is installed in. */
	folder: string;
	/** The Node to run it with. */
	node: string;
	/** n8n's own start script. */
	n8n: string;
}

/** What the install leaves when it is whole. */
const markerOf = (folder: string) => join(folder, 'installed.json');

/** Whether the pinned n8n is there. */
export const isHostInstalled = (): boolean => existsSync(markerOf(hostFolder()));

/**
 * Gives the pinned n8n, installing it first if it is not there: some minutes and 3 GB the first time, at once later.
 * An install that was broken off is done anew; of two processes one installs and the other waits.
 *
 * @throws Advice if it cannot be installed, saying what to do
 */
export async function ensureHost(): Promise<Host> {
	const folder = hostFolder();
	if (!isHostInstalled()) {
		await withFileLock(
			folder,
			async () => {
				if (!isHostInstalled()) await install(folder);
			},
			() => say('Waiting for another process, which is installing n8n …'),
		);
	}
	return { folder, node: findNode(folder), n8n: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}

async function install(folder: string): Promise<void> {
	const log = join(folder, 'install.log');
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	for (const file of ['package.json', '.npmrc']) {
		await copyFile(join(HOST_PACKAGE, file), join(folder, file));
	}
	const registry = (await npm(['config', 'get', 'registry'], { cwd: folder, log })).trim();
	const lock = withTarballs(
		JSON.parse(await readFile(join(HOST_PACKAGE, 'package-lock.json'), 'utf8')) as LockFile,
		registry,
	);
	await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));

	await withProgress(
		'Installing n8n (only this once; 1 to 10 minutes, 3 GB)',
		npm(['ci', '--ignore-scripts'], { cwd: folder, log }),
		packagesUnpacked(folder, lock),
	);

	const node = findNode(folder);
	await withProgress('Preparing n8n’s database driver', rebuildSqlite(folder, node, log));
	await writeFile(
		markerOf(folder),
		JSON.stringify({ installedAt: new Date().toISOString(), node }),
	);
}

/** So few packages that are still to come are named: one of them is large. */
const FEW = 3;

/**
 * "1,034 of 2,343 packages", read off the disk: npm itself says nothing before it is done. For a while at first there
 * is none: npm looks up what the lock file leaves open, and fetches before it unpacks.
 */
function packagesUnpacked(folder: string, lock: LockFile): () => string {
	const packages = Object.entries(lock.packages)
		.filter(([path, { optional }]) => path && !optional)
		.map(([path]) => path);
	return () => {
		const missing = packages.filter((path) => !existsSync(join(folder, path, 'package.json')));
		if (missing.length === packages.length)
			return 'npm is looking up and fetching packages, none is unpacked yet';
		const done = (packages.length - missing.length).toLocaleString('en');
		const still =
			missing.length > 0 && missing.length <= FEW
				? `, still to come: ${missing.map((path) => path.split('node_modules/').at(-1)).join(', ')}`
				: '';
		return `${done} of ${packages.length.toLocaleString('en')} packages${still}`;
	};
}

/** The Node 24 that came with the host package; on a platform for which none is published, this process's own. */
function findNode(folder: string): string {
	for (const name of [`node-${PLATFORM}`, `node-bin-${PLATFORM}`]) {
		const manifest = join(folder, 'node_modules', name, 'package.json');
		if (!existsSync(manifest)) continue;
		const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { node: string } };
		return join(dirname(manifest), bin.node);
	}
	if (Number(process.versions.node.split('.')[0]) >= NODE_NEEDED) return process.execPath;
	throw new Advice(
		`n8n needs Node ${NODE_NEEDED}, and npm has none for ${PLATFORM}. Install Node ${NODE_NEEDED} from nodejs.org, then run the command again.`,
	);
}

/**
 * sqlite3 is the one native part of n8n that does not come ready from npm: its install script downloads it, or
 * compiles it if it cannot. It speaks N-API, and so fits every Node.
 */
async function rebuildSqlite(folder: string, node: string, log: string): Promise<void> {
	const headers = dirname(dirname(node));
	const nodedir: Record<string, string> = existsSync(join(headers, 'include', 'node', 'node_api.h'))
		? { npm_config_nodedir: headers }
		: {};
	const require = createRequire(join(folder, 'package.json'));
	try {
		const env = { ...nodedir, JOBS: 'max' };
		await npm(['rebuild', 'sqlite3', '--ignore-scripts=false'], { cwd: folder, node, env, log });
		await execa(node, ['-e', `require(${JSON.stringify(require.resolve('sqlite3'))})`]);
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		throw new Advice(
			`n8n’s database driver (sqlite3) could neither be downloaded from GitHub nor be compiled here. Either will do: a way to github.com, or python3, make and a C++ compiler. Details: ${log}`,
			{ cause: error },
		);
	}
}
