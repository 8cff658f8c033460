/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test: it breaks copies of the repository, never published */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import execa from 'execa';
import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';

import {
	readCandidate,
	type Candidate,
	type LoadModule,
	type PackageJson,
} from '../../../../tools/scripts/verify/candidate';
import { PAGES, verify, written } from '../../../../tools/scripts/verify/verify';
import { REPOSITORY } from '../../docs/guides';

/** The sources of what package.json names, without building them. */
const fromSources: LoadModule = (path) =>
	jest.requireActual(join(REPOSITORY, path.replace(/^dist\//, '').replace(/\.js$/, '.ts')));

const built = (JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as PackageJson)
	.n8n!;
const packed = [
	...built.nodes!.flatMap((path) => [path, path.replace(/\.js$/, '.json')]),
	...built.credentials!,
	'README.md',
	'LICENSE',
	'package.json',
];

const asItIs = readCandidate(REPOSITORY, fromSources, { packed, scan: '' });

/** The package as it is. */
const candidate = (): Candidate => ({ ...asItIs });

/** What became of the rules: `rule` by verdict. */
const verdicts = (of: Candidate, verdict: string) =>
	verify(of)
		.filter((result) => result.verdict === verdict)
		.map(({ rule }) => rule);

const withManifest = (change: Partial<PackageJson>): Candidate => {
	const whole = candidate();
	return { ...whole, manifest: { ...whole.manifest, ...change } };
};

const withText = (path: string, change: (text: string) => string): Candidate => {
	const whole = candidate();
	return { ...whole, texts: { ...whole.texts, [path]: change(whole.texts[path] ?? '') } };
};

const without = (...paths: string[]): Candidate => {
	const whole = candidate();
	const texts = Object.fromEntries(
		Object.entries(whole.texts).filter(([path]) => !paths.some((gone) => path.startsWith(gone))),
	);
	return { ...whole, texts };
};

/** The first of the nodes with one parameter more, or with its parameters changed. */
const withProperties = (
	change: (properties: INodeProperties[]) => INodeProperties[],
): Candidate => {
	const whole = candidate();
	const [first, ...others] = whole.nodes;
	const description = { ...first.description, properties: change(first.description.properties) };
	return { ...whole, nodes: [{ ...first, description } as INodeType, ...others] };
};

/** Its first node alone, in another group. */
const onlyNodeOf = (group: INodeType['description']['group'][number]): Candidate => {
	const whole = candidate();
	const [first] = whole.nodes;
	const description = { ...first.description, group: [group] };
	return { ...whole, nodes: [{ ...first, description } as INodeType] };
};

const withParameter = (parameter: Partial<INodeProperties>) =>
	withProperties((properties) => [
		...properties,
		{ displayName: 'More', name: 'more', type: 'string', default: '', ...parameter },
	]);

const withOperation = (option: Partial<INodePropertyOptions>) =>
	withProperties((properties) =>
		properties.map((property) =>
			property.name === 'operation' && property.displayOptions?.show?.resource?.[0] === 'task'
				? {
						...property,
						options: [
							{
								name: 'Copy',
								value: 'copy',
								action: 'Copy task',
								description: 'Make another task like this one',
								...option,
							},
						],
					}
				: property,
		),
	);

const SOURCE = 'nodes/Twin24/transport/more.ts';

/** By rule: packages that break it, each with how. */
const BROKEN: Record<string, Array<[string, () => Candidate]>> = {
	'Authors use the n8n-node tool': [
		['no n8n-node', () => withManifest({ devDependencies: {} })],
		['not strict', () => withManifest({ n8n: { ...built, strict: false } })],
		[
			'rules of its own',
			() => withText('eslint.config.mjs', (text) => `${text}\n// off`.replace('config;', '[];')),
		],
	],
	'No logic or flow control nodes': [['a node that transforms', () => onlyNodeOf('transform')]],
	'The repository in package.json': [
		['none', () => withManifest({ repository: { url: '' } })],
		['another host', () => withManifest({ repository: { url: 'https://example.com/a/b' } })],
	],
	'The author or maintainer is the same': [['no author', () => withManifest({ author: {} })]],
	'The package is published by a GitHub action': [
		[
			'no provenance',
			() => withText('.github/workflows/publish.yml', (text) => text.replace('--provenance', '')),
		],
		['no workflow', () => without('.github/')],
	],
	'The license is MIT': [
		['another in package.json', () => withManifest({ license: 'ISC' })],
		['no text', () => without('LICENSE')],
	],
	'No external dependencies': [
		['a dependency', () => withManifest({ dependencies: { axios: '^1.0.0' } })],
		['an optional one', () => withManifest({ optionalDependencies: { axios: '^1.0.0' } })],
		['a peer', () => withManifest({ peerDependencies: { 'n8n-workflow': '*', axios: '*' } })],
	],
	'Documentation with usage instructions': [
		[
			'no credentials',
			() => withText('README.md', (text) => text.replace(/^#+ .*Credentials.*$/gm, '')),
		],
		['no examples', () => without('examples/')],
	],
	'The code does not touch environment variables or files': [
		['the environment', () => withText(SOURCE, () => 'export const a = process.env.HOME;')],
		['files', () => withText(SOURCE, () => "import { readFileSync } from 'node:fs';")],
	],
	TypeScript: [['a source that is not', () => withText('nodes/Twin24/more.js', () => '')]],
	'Proper error handling and validation': [
		['no tests of bad input', () => without('test/engine/resources/call/bad-input')],
	],
	'The linter passes': [
		['n8n’s scan finds something', () => ({ ...candidate(), scan: 'no-restricted-globals' })],
	],
	'The interface is in English': [
		['a label', () => withParameter({ displayName: 'Телефон' })],
		['a message', () => withText(SOURCE, () => "export const a = 'Нет доступа';")],
	],
	'All documentation is in English only': [
		['another guide', () => withText('docs/trigger.md', (text) => `${text}\nПривет`)],
	],
	'The name begins with n8n-nodes-': [['another', () => withManifest({ name: 'twin24' })]],
	'The keywords include': [['none', () => withManifest({ keywords: [] })]],
	'Nodes and credentials stand under "n8n"': [
		[
			'a node that is not built',
			() => withManifest({ n8n: { ...built, nodes: ['dist/nodes/A.node.js'] } }),
		],
		[
			'a node that is not named',
			() => withManifest({ n8n: { ...built, nodes: built.nodes!.slice(1) } }),
		],
	],
	'Each node has a codex file': [
		['none', () => ({ ...candidate(), packed: packed.filter((path) => !path.endsWith('.json')) })],
	],
	'Checked with the linter, and tried locally': [
		['no linter', () => withManifest({ scripts: {} })],
	],
	'The package has a README': [
		['none', () => ({ ...candidate(), packed: packed.filter((path) => path !== 'README.md') })],
	],
	'Sensitive credentials are password fields': [
		[
			'a password in the clear',
			() => {
				const whole = candidate();
				const [credential] = whole.credentials;
				const properties = credential.properties.map((property) => ({
					...property,
					typeOptions: {},
				}));
				return { ...whole, credentials: [{ ...credential, properties }] };
			},
		],
	],
	'"Get Many" is the name': [['another Search', () => withOperation({ name: 'Search' })]],
	'Resource locators begin with From List': [
		[
			'By ID first',
			() =>
				withParameter({
					type: 'resourceLocator',
					default: { mode: 'id', value: '' },
					modes: [{ displayName: 'From List', name: 'list', type: 'list' }],
				}),
		],
	],
	'Deleting gives': [['an operation that deletes', () => withOperation({ value: 'delete' })]],
	'Output of more than 10 fields': [
		[
			'nothing selected',
			() =>
				withParameter({
					name: 'fieldSet',
					type: 'options',
					options: [
						{ name: 'Simplified', value: 'simplified' },
						{ name: 'All Fields', value: 'all' },
					],
				}),
		],
		['no ID', () => withParameter({ name: 'fields', type: 'multiOptions', default: ['phone'] })],
	],
	'The simplified output has at most': [
		[
			'two fields more',
			() =>
				withText('nodes/Twin24/__schema__/v1.0.0/call/search.json', (text) =>
					text.replace('"properties": {', '"properties": { "a": {}, "b": {},'),
				),
		],
	],
	'Title Case': [
		['a label', () => withParameter({ displayName: 'More fields' })],
		[
			'a choice',
			() => withParameter({ type: 'options', options: [{ name: 'no answer', value: 'a' }] }),
		],
	],
	'Sentence case': [
		['an action', () => withOperation({ action: 'Copy Task' })],
		['a description', () => withParameter({ description: 'more of it' })],
	],
	'Placeholders begin with': [
		['one that does not', () => withParameter({ placeholder: '79991234567' })],
	],
	'An operation’s name does not repeat': [['it does', () => withOperation({ name: 'Copy Task' })]],
	'An operation’s action names': [
		['no object', () => withOperation({ action: 'Copy it' })],
		['an article', () => withOperation({ action: 'Copy a task' })],
	],
	'An operation’s description names': [
		['it does not', () => withOperation({ description: 'Make another like this one' })],
		['it says no more', () => withOperation({ description: 'Copy task' })],
	],
	'The description of a boolean': [
		['without', () => withParameter({ type: 'boolean', description: 'More' })],
	],
	'A message says what happened': [
		['nothing asks for it', () => without('nodes/Twin24/parameters/parameterError')],
	],
	'Messages avoid the words': [
		['an error', () => withText(SOURCE, () => "export const a = 'An error came up';")],
	],
	'What sets the resource is called Resource': [
		['another order', () => withProperties(([first, second, ...rest]) => [second, first, ...rest])],
	],
	'A trigger is called so': [['it is not', () => onlyNodeOf('trigger')]],
	'The same field has the same internal name': [
		['it has not', () => withParameter({ displayName: 'Limit', name: 'most' })],
	],
	'Incoming data is not changed': [
		['it is', () => withText(SOURCE, () => 'this.getInputData()[0].json = {};')],
	],
	'Requests are made with n8n’s own helpers': [
		['they are not', () => withText(SOURCE, () => "fetch('https://example.com')")],
	],
};

const cases = Object.entries(BROKEN).flatMap(([rule, broken]) =>
	broken.map(([how, make]) => [rule, how, make] as const),
);

/** Rules that no change of the package breaks: they only tell what is to be done, or what is departed from. */
const ONLY_TOLD = [
	...verdicts(candidate(), 'owner'),
	'Names of parameters stand in single quotation marks',
	'Sorting has a collection of its own, below Options',
];

describe('npm run verify', () => {
	test('finds no rule broken as the package is', () => {
		expect(verify(candidate()).filter(({ verdict }) => verdict === 'failed')).toEqual([]);
	});

	test.each(cases)('notices that a rule is broken: %s: %s', (rule, _how, make) => {
		const failed = verdicts(make(), 'failed');
		expect(failed.filter((name) => name.startsWith(rule))).toHaveLength(1);
	});

	test('has no rule that is not shown to work here, but those that it only tells of', () => {
		const unshown = PAGES.flatMap(({ rules }) => rules.map(({ rule }) => rule))
			.filter((rule) => !Object.keys(BROKEN).some((begin) => rule.startsWith(begin)))
			.filter((rule) => !ONLY_TOLD.includes(rule));
		expect(unshown).toEqual([]);
	});

	test('says of each rule what shows it, or what to do, and counts them', () => {
		const results = verify(candidate());
		expect(results.filter(({ because }) => because.trim() === '')).toEqual([]);
		const text = written(results);
		for (const { rule } of results) expect(text).toContain(rule);
		expect(text).toMatch(
			/\d+ passed, 0 failed, \d+ departed from on purpose .*, \d+ for the owner$/,
		);
	});

	test('does not take for passed what only the owner can do', () => {
		expect(verdicts(candidate(), 'owner')).toEqual(
			expect.arrayContaining([
				'The git link on npm works, and the repository is public',
				'The package is on npm',
				'The node is submitted for verification',
			]),
		);
	});
});

test('the command ends with 1 when the package breaks a rule, and names it', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'twin24-verify-'));
	try {
		for (const path of [
			'package.json',
			'README.md',
			'LICENSE',
			'index.js',
			'tools',
			'nodes',
			'credentials',
			'tsconfig.json',
		])
			cpSync(join(REPOSITORY, path), join(folder, path), { recursive: true });
		symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
		const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
		const broken = {
			...manifest,
			dependencies: { axios: '^1.0.0' },
			// Nothing is built here.
			n8n: { ...manifest.n8n, nodes: [], credentials: [] },
		};
		writeFileSync(join(folder, 'package.json'), JSON.stringify(broken));
		writeFileSync(join(folder, '.gitignore'), 'node_modules\n');
		execa.sync('git', ['init', '--quiet'], { cwd: folder });
		const { exitCode, stdout } = await execa.node(
			require.resolve('tsx/cli'),
			[join(folder, 'tools/scripts/verify.ts')],
			{ cwd: folder, reject: false },
		);
		expect(stdout).toMatch(/FAILED: No external dependencies\n +package.json depends on axios/);
		expect(exitCode).toBe(1);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
