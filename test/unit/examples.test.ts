/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the example files, never published */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { REPOSITORY, type WorkflowFile } from '../../tools/n8n-host';

const FOLDER = join(REPOSITORY, 'examples');
const FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
	name.endsWith('.json'),
);

const read = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as WorkflowFile;

describe.each(FILES)('the example %s', (file) => {
	it('reckons its days and hours in Moscow, where TWIN24’s clients are', () => {
		expect(read(file).settings?.timezone).toBe('Europe/Moscow');
	});

	it('says in a note what it does', () => {
		const notes = read(file).nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		expect(notes.map(({ parameters }) => parameters.content)).toContainEqual(
			expect.stringMatching(/^## /),
		);
	});

	it('names no credential that only its maker has', () => {
		const ids = read(file).nodes.flatMap(({ credentials = {} }) =>
			Object.values(credentials).map(({ id }) => id),
		);
		expect(ids.filter(Boolean)).toEqual([]);
	});
});
