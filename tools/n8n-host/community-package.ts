/* eslint-disable @n8n/community-nodes/no-restricted-imports -- packs and unpacks the package on the developer's machine, never published */
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { x as extract } from 'tar';

import { npm } from './npm';
import { REPOSITORY } from './paths';

const PACKAGE = 'n8n-nodes-twin24';

/**
 * Makes the file that would be published, of what is built in `dist`.
 *
 * @returns the path of the tarball, in `folder`
 */
export async function packPackage(folder: string): Promise<string> {
	const output = await npm(['pack', '--json', '--pack-destination', folder], { cwd: REPOSITORY });
	const [{ filename }] = JSON.parse(output) as Array<{ filename: string }>;
	return join(folder, filename);
}

/**
 * Puts the package where n8n's "Install community node" does, so that its nodes are `n8n-nodes-twin24.…` and not
 * `CUSTOM.…`. n8n loads whatever it finds there; only its list of installed packages would also want a database row.
 *
 * @param userFolder n8n's user folder, the one that holds `.n8n`
 * @param source a tarball, or `dist` for what is built in the clone now
 */
export async function installPackage(userFolder: string, source: string): Promise<void> {
	const target = await emptyFolder(userFolder);
	if (source !== 'dist') return await unpack(source, target);

	const folder = await mkdtemp(join(tmpdir(), 'twin24-pack-'));
	try {
		await unpack(await packPackage(folder), target);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/**
 * Makes the package's folder for whoever builds it into that: all that is published but `dist`.
 *
 * @param userFolder n8n's user folder, the one that holds `.n8n`
 * @returns the folder
 */
export async function preparePackage(userFolder: string): Promise<string> {
	const target = await emptyFolder(userFolder);
	for (const file of ['package.json', 'index.js'])
		await copyFile(join(REPOSITORY, file), join(target, file));
	return target;
}

async function emptyFolder(userFolder: string): Promise<string> {
	const target = join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE);
	await rm(target, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	return target;
}

async function unpack(tarball: string, folder: string): Promise<void> {
	await extract({ file: tarball, cwd: folder, strip: 1 });
}
