/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- stands in for npm's registry on the developer's machine, never published */
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { create, x as extract } from 'tar';

const NAME = 'n8n-nodes-twin24';

/**
 * What n8n runs as `npm`: it answers what n8n asks about our package from a folder, and leaves installing its (no)
 * dependencies to the real npm. Anything else fails, so that a new question of n8n's is noticed.
 */
const SHIM = `#!/usr/bin/env node
const { copyFileSync, readFileSync } = require('node:fs');
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');
const { versions, latest } = JSON.parse(readFileSync(join(__dirname, 'published.json'), 'utf8'));
const [command, spec = ''] = process.argv.slice(2);
const [, wanted] = spec.split('${NAME}@');
const version = wanted === 'latest' ? latest : wanted;
if (command === 'pack' && versions[version]) {
	const file = '${NAME}-' + version + '.tgz';
	copyFileSync(versions[version], join(process.cwd(), file));
	console.log(file);
} else if (command === 'view' && versions[version]) {
	console.log(JSON.stringify(version));
} else if (command === 'outdated') {
	const { dependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
	const current = dependencies['${NAME}'];
	if (!current || current === latest) process.exit(0);
	console.log(JSON.stringify({ '${NAME}': { current, wanted: latest, latest } }));
	process.exit(1);
} else if (command === 'install') {
	const path = process.env.PATH.split('${delimiter}').filter((folder) => folder !== __dirname).join('${delimiter}');
	const args = process.argv.slice(2).concat('--offline');
	process.exit(spawnSync('npm', args, { stdio: 'inherit', env: { ...process.env, PATH: path } }).status ?? 1);
} else {
	console.error('npm error 404 Not Found: ' + process.argv.slice(2).join(' '));
	process.exit(1);
}
`;

/** A registry of one package, as far as n8n can tell. */
export interface NpmShim {
	/** What n8n must be started with. */
	env: Record<string, string>;
	/** Makes a version, of what is in a tarball, the latest one. */
	publish(version: string, tarball: string): Promise<void>;
	remove(): Promise<void>;
}

export async function npmShim(): Promise<NpmShim> {
	const folder = await mkdtemp(join(tmpdir(), 'twin24-npm-'));
	const versions: Record<string, string> = {};
	const list = async (latest?: string) =>
		await writeFile(join(folder, 'published.json'), JSON.stringify({ versions, latest }));
	await writeFile(join(folder, 'npm'), SHIM);
	await chmod(join(folder, 'npm'), 0o755);
	await list();
	// A way to the internet that is closed: n8n asks its own service and npm's registry first, and then the npm command.
	const closed = 'http://127.0.0.1:9';
	return {
		env: {
			PATH: `${folder}${delimiter}${process.env.PATH}`,
			N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
			HTTPS_PROXY: closed,
			https_proxy: closed,
			NO_PROXY: '127.0.0.1',
			no_proxy: '127.0.0.1',
		},
		publish: async (version, tarball) => {
			versions[version] = join(folder, `${version}.tgz`);
			await copyFile(tarball, versions[version]);
			await list(version);
		},
		remove: async () => await rm(folder, { recursive: true, force: true }),
	};
}

/**
 * The package in `tarball` under another version.
 *
 * @returns the path of the new tarball, in `folder`
 */
export async function repack(tarball: string, version: string, folder: string): Promise<string> {
	const unpacked = join(folder, version);
	await mkdir(unpacked);
	await extract({ file: tarball, cwd: unpacked });
	const path = join(unpacked, 'package', 'package.json');
	const manifest = JSON.parse(await readFile(path, 'utf8')) as object;
	await writeFile(path, JSON.stringify({ ...manifest, version }));
	const file = join(folder, `${NAME}-${version}.tgz`);
	await create({ file, cwd: unpacked, gzip: true }, ['package']);
	return file;
}
