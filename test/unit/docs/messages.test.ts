/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test: it reads the sources of what is published */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

import { GUIDES, REPOSITORY, textOf } from './guides';

const sources = ['nodes', 'credentials'].flatMap((folder) =>
	readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith('.ts'))
		.map((path) => join(folder, path)),
);

/** Pieces of text that say little would match any message. */
const FEWEST_LETTERS = 8;

/** Stands for what is put into a text. */
const HOLE = '\u0000';

/** What stands in a source as text, with holes for what is put in. */
const textsIn = (path: string): string[] => {
	const texts: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isStringLiteralLike(node)) texts.push(node.text);
		if (ts.isTemplateExpression(node)) {
			const pieces = node.templateSpans.map(({ literal }) => literal.text);
			texts.push([node.head.text, ...pieces].join(HOLE));
		}
		node.forEachChild(visit);
	};
	visit(ts.createSourceFile(path, textOf(path), ts.ScriptTarget.Latest));
	return texts.filter((text) => text.replaceAll(HOLE, '').length >= FEWEST_LETTERS);
};

/** The paging core speaks of rows and of a source; see report/errors.ts. */
const inTwin24sWords = (text: string) =>
	text.replace(/^The source/, 'TWIN24').replace(/\brows\b/, 'calls');

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The guides leave out the status at the end of a message. */
const patternOf = (text: string) =>
	new RegExp(`^${text.replace(/ \(HTTP [^)]*\)$/, '').split(HOLE).map(escaped).join('.*')}$`);

const patterns = sources.flatMap(textsIn).map(inTwin24sWords).map(patternOf);

/** The messages in the first column of a guide's table of troubles; "…" stands for what differs. */
const messagesIn = (path: string): string[] => {
	const [, section = ''] = textOf(path).split(/^## (?:Troubleshooting|Если что-то не получается)$/m);
	const table = section.split(/^## /m)[0];
	return [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, message]) => message);
};

/** A complaint about a parameter begins with its label. */
const withoutLabel = (message: string) => message.replace(/^"[^"]+" /, '');

describe.each(GUIDES)('the table of troubles in %s', (path) => {
	test('names messages', () => expect(messagesIn(path).length).toBeGreaterThan(20));

	test.each(messagesIn(path))('%s: the code says so', (message) => {
		const said = [message, withoutLabel(message)];
		expect(patterns.some((pattern) => said.some((text) => pattern.test(text)))).toBe(true);
	});
});

test('both guides name the same messages', () => {
	const [english, russian] = GUIDES.map(messagesIn);
	expect(russian).toEqual(english);
});
