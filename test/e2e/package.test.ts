/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- looks at the packed package, never published */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { x as extract } from 'tar';

import { packPackage, REPOSITORY } from '../../tools/n8n-host';

interface Manifest {
	dependencies?: Record<string, string>;
	peerDependencies: Record<string, string>;
	scripts?: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
}

describe('what would be published', () => {
	let folder: string;
	let files: string[];
	let manifest: Manifest;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'twin24-package-'));
		const tarball = await packPackage(folder);
		await extract({ file: tarball, cwd: folder });
		const entries = await readdir(join(folder, 'package'), {
			recursive: true,
			withFileTypes: true,
		});
		files = entries
			.filter((entry) => entry.isFile())
			.map((entry) =>
				join(entry.parentPath, entry.name)
					.slice(join(folder, 'package').length + 1)
					.replaceAll('\\', '/'),
			);
		manifest = JSON.parse(
			await readFile(join(folder, 'package', 'package.json'), 'utf8'),
		) as Manifest;
	});

	afterAll(async () => await rm(folder, { recursive: true, force: true }));

	it('holds the built nodes and credentials, and beside them only what npm wants', () => {
		const allowed =
			/^(LICENSE|README\.md|CHANGELOG\.md|package\.json|index\.js|dist\/(nodes|credentials)\/.+\.(js|json|svg))$/;
		expect(files.filter((file) => !allowed.test(file))).toEqual([]);
		expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']));
	});

	it('holds every node and credential that it names, with icons in both colours and a codex file', () => {
		const { nodes, credentials } = manifest.n8n;
		expect(files).toEqual(expect.arrayContaining([...nodes, ...credentials]));
		expect(files).toEqual(
			expect.arrayContaining(nodes.map((node) => node.replace(/\.js$/, '.json'))),
		);
		expect(files).toEqual(
			expect.arrayContaining(['dist/nodes/Twin24/twin24.svg', 'dist/nodes/Twin24/twin24.dark.svg']),
		);
	});

	it('wants nothing of npm but the n8n it runs in', () => {
		expect(manifest.dependencies ?? {}).toEqual({});
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		const installScripts = ['preinstall', 'install', 'postinstall', 'prepare'];
		expect(
			Object.keys(manifest.scripts ?? {}).filter((name) => installScripts.includes(name)),
		).toEqual([]);
	});

	it('loads nothing at run time that n8n Cloud does not have', async () => {
		const code = files.filter((file) => file.endsWith('.js'));
		const imported = await Promise.all(
			code.map(async (file) => {
				const text = await readFile(join(folder, 'package', file), 'utf8');
				return [...text.matchAll(/require\("([^"]+)"\)/g)]
					.map(([, name]) => name)
					.filter((name) => !name.startsWith('.'));
			}),
		);
		const names = [...new Set(imported.flat())];
		expect(names.filter((name) => !['n8n-workflow', 'luxon', 'crypto'].includes(name))).toEqual([]);
		expect(names).toContain('n8n-workflow');
	});

	it('passes n8n’s scan of community packages, which takes no eslint-disable', async () => {
		const scan = join(REPOSITORY, 'tools', 'scripts', 'scan.mjs');
		// The rules of n8n-nodes-base look at every file as at a node's when NODE_ENV is "test".
		const env = { ...process.env, NODE_ENV: 'production' };
		const { stdout } = await promisify(execFile)(
			process.execPath,
			[scan, REPOSITORY, join(folder, 'package')],
			{ env },
		).catch(({ stdout, stderr }: { stdout: string; stderr: string }) => ({
			stdout: stdout || stderr,
		}));
		expect(stdout).toBe('');
	});
});
