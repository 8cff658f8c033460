/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test: it loads the nodes that the package names */
import { basename, join } from 'node:path';

import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';

import { Twin24Api } from '../../../credentials/Twin24Api.credentials';
import { CALL_FIELDS, CALL_STATUSES } from '../../../nodes/Twin24/report/catalogue';
import { n8n } from '../../../package.json';
import { GUIDES, REPOSITORY, textOf } from './guides';

type Entry = INodeProperties | INodePropertyOptions | INodePropertyCollection;

/** Tables of their own name these, see catalogue.test.ts. */
const CATALOGUED = new Set([...CALL_FIELDS, ...CALL_STATUSES].map(({ label }) => label));

/** The labels that a person meets in the editor: parameters, what is in them, and what can be chosen. */
const labelsOf = (entry: Entry): string[] => {
	if ('type' in entry && (entry.type === 'hidden' || entry.type === 'notice')) return [];
	const label = 'displayName' in entry ? entry.displayName : entry.name;
	const inner: Entry[] = 'values' in entry ? entry.values : 'options' in entry ? (entry.options ?? []) : [];
	return [label, ...inner.flatMap(labelsOf)];
};

/** The nodes that the package is published with. */
const nodes = n8n.nodes.map((path) => {
	const source = join(REPOSITORY, path.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
	const classes = jest.requireActual<Record<string, new () => INodeType>>(source);
	return new classes[basename(path, '.node.js')]();
});

const labels = [
	...new Set(
		[
			...nodes.flatMap(({ description }) => description.properties),
			...new Twin24Api().properties,
		].flatMap(labelsOf),
	),
].filter((label) => !CATALOGUED.has(label));

test.each(GUIDES)('%s names every parameter and every choice of the nodes', (path) => {
	const text = textOf(path);
	expect(labels.filter((label) => !text.includes(label))).toEqual([]);
});

test('the English guide begins with the two commands, ready to be copied', () => {
	const lines = textOf('README.md').split('\n');
	expect(lines).toEqual(expect.arrayContaining(['npm ci && npm start', 'npm ci && npm test']));
});
