/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- makes lock files and processes, never published */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { withFileLock } from '../../../../tools/n8n-host/file-lock';

describe('withFileLock', () => {
	const folder = mkdtempSync(join(tmpdir(), 'twin24-lock-'));
	const file = join(folder, 'host.lock');

	afterAll(() => rmSync(folder, { recursive: true }));

	it('lets one task in at a time, and tells the other whom it waits for', async () => {
		let inside = 0;
		let most = 0;
		const waits: number[] = [];
		const task = async () => {
			most = Math.max(most, ++inside);
			await new Promise((done) => setTimeout(done, 50));
			inside--;
		};

		await Promise.all(
			[1, 2].map(async () => await withFileLock(file, task, (owner) => waits.push(owner))),
		);

		expect(most).toBe(1);
		expect(waits).toEqual([process.pid]);
	});

	it('frees the lock when the task fails', async () => {
		const failing = withFileLock(
			file,
			async () => await Promise.reject(new Error('no')),
			() => {},
		);

		await expect(failing).rejects.toThrow('no');
		expect(existsSync(file)).toBe(false);
	});

	it('takes over from an owner that has died', async () => {
		const { pid } = spawnSync(process.execPath, ['-e', '']);
		writeFileSync(file, String(pid));

		expect(
			await withFileLock(
				file,
				async () => await Promise.resolve('done'),
				() => {},
			),
		).toBe('done');
	});
});
