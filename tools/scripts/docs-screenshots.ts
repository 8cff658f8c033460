/* eslint-disable @n8n/community-nodes/no-restricted-imports -- makes the documentation's pictures on the developer's machine, never published */
/** Walks through the editor of a real n8n and puts the pictures that the documentation shows into docs/images. */
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import execa from 'execa';

import { REPOSITORY } from '../n8n-host';
import { SCREENSHOTS, screenshotOf } from '../n8n-editor/screenshots';

/** Of all steps, those that explain something. */
const SHOWN = [
	'nodes-panel-twin24',
	'credential',
	'credential-tested',
	'search',
	'task-list',
	'schema',
	'csv',
	'bad-input',
	'add-to-task',
	'create-task',
	'event-arrived',
	'call-arrived',
];

/** The tests that take them. */
const WALKS = ['editor', 'dialling', 'examples', 'start'].map((name) => `test/e2e/${name}.test.ts`);

async function main(): Promise<void> {
	const jest = require.resolve('jest/bin/jest');
	await rm(join(REPOSITORY, '.cache', 'screenshots'), { recursive: true, force: true });
	const { exitCode } = await execa.node(jest, [...WALKS, '--runInBand'], {
		cwd: REPOSITORY,
		stdio: 'inherit',
		reject: false,
	});
	if (exitCode !== 0)
		throw new Error('The walk through the editor failed; its pictures are in .cache/screenshots');

	const images = join(REPOSITORY, 'docs', 'images');
	await mkdir(images, { recursive: true });
	const examples = (await readdir(SCREENSHOTS))
		.filter((file) => file.startsWith('example-'))
		.map((file) => file.replace('.png', ''));
	for (const step of [...SHOWN, ...examples])
		await copyFile(screenshotOf(step), join(images, `${step}.png`));
}

void main();
