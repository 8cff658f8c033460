import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { Twin24Api } from '../../../credentials/Twin24Api.credentials';
import { Twin24Calls } from '../../../nodes/Twin24/Twin24Calls.node';
import { Twin24CallsTrigger } from '../../../nodes/Twin24/Twin24CallsTrigger.node';
import { CALL_FIELDS, CALL_STATUSES } from '../../../nodes/Twin24/report/catalogue';
import { GUIDES, textOf } from './guides';

type Entry = INodeProperties | INodePropertyOptions | INodePropertyCollection;

/** Tables of their own name these, see catalogue.test.ts. */
const CATALOGUED = new Set([...CALL_FIELDS, ...CALL_STATUSES].map(({ label }) => label));

/** The labels that a person meets in the editor: parameters, what is in them, and what can be chosen. */
const labelsOf = (entry: Entry): string[] => {
	if ('type' in entry && entry.type === 'hidden') return [];
	const label = 'displayName' in entry ? entry.displayName : entry.name;
	const inner: Entry[] = 'values' in entry ? entry.values : 'options' in entry ? (entry.options ?? []) : [];
	return [label, ...inner.flatMap(labelsOf)];
};

const labels = [
	...new Set(
		[
			...new Twin24Calls().description.properties,
			...new Twin24CallsTrigger().description.properties,
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
