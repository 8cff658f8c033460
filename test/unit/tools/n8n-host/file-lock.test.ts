/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- makes lock files, never published */
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { withFileLock } from '../../../../tools/n8n-host/file-lock';

describe('withFileLock', () => {
	const folder = mkdtempSync(join(tmpdir(), 'twin24-lock-'));
	const path = join(folder, 'host');
	const lock = `${path}.lock`;

	afterAll(() => rmSync(folder, { recursive: true }));

	it('lets one task in at a time, and tells the other that it waits', async () => {
		let inside = 0;
		let most = 0;
		const onWait = jest.fn();
		const task = async () => {
			most = Math.max(most, ++inside);
			// Until the other one has seen that it is taken.
			while (onWait.mock.calls.length === 0) await new Promise(setImmediate);
			inside--;
		};

		await Promise.all([1, 2].map(async () => await withFileLock(path, task, onWait)));

		expect(most).toBe(1);
		expect(onWait).toHaveBeenCalledTimes(1);
	});

	it('frees the lock when the task fails', async () => {
		const failing = withFileLock(
			path,
			async () => await Promise.reject(new Error('no')),
			() => {},
		);

		await expect(failing).rejects.toThrow('no');
		expect(existsSync(lock)).toBe(false);
	});

	it('takes over from an owner that has died', async () => {
		mkdirSync(lock);
		utimesSync(lock, new Date(0), new Date(0));
		const onWait = jest.fn();

		expect(await withFileLock(path, async () => await Promise.resolve('done'), onWait)).toBe(
			'done',
		);
		expect(onWait).not.toHaveBeenCalled();
	});
});
