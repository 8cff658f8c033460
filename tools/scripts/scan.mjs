/**
 * n8n's scan of a community package (@n8n/scan-community-package 0.32.0, which verification runs on what is published),
 * here on what would be published: the same plugins and rules, on the sources and on the packed files, and, unlike
 * `n8n-node lint`, without regard to `eslint-disable` comments. Left out is what needs the published package: its
 * provenance.
 *
 * Usage: node tools/scripts/scan.mjs SOURCES [PACKED]
 *
 * SOURCES is a clone; PACKED, if given, the unpacked tarball. Prints what breaks a rule; exits with 1 if anything does.
 */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { ESLint } from 'eslint';
import nodesBase from 'eslint-plugin-n8n-nodes-base';

const requireOfNodeCli = createRequire(
	createRequire(import.meta.url).resolve('@n8n/node-cli/eslint'),
);
const { parser } = requireOfNodeCli('typescript-eslint');

const SOURCE_FILES = ['package.json', '{nodes,credentials}/**/*.{js,ts,json}'];
const PACKED_FILES = ['package.json', '**/*.js'];

const off = (...rules) =>
	Object.fromEntries(rules.map((rule) => [`n8n-nodes-base/${rule}`, 'off']));

const RULES = [
	n8nCommunityNodesPlugin.configs.recommended,
	{ rules: { 'no-console': 'error' } },
	{ plugins: { 'n8n-nodes-base': nodesBase } },
	{ files: ['package.json'], rules: nodesBase.configs.community.rules },
	{
		files: ['**/credentials/**/*.ts'],
		rules: {
			...nodesBase.configs.credentials.rules,
			...off(
				'cred-class-field-documentation-url-miscased',
				'cred-class-field-type-options-password-missing',
			),
		},
	},
	{
		files: ['**/nodes/**/*.ts'],
		rules: {
			...nodesBase.configs.nodes.rules,
			...off(
				'node-class-description-inputs-wrong-regular-node',
				'node-class-description-outputs-wrong',
				'node-param-type-options-max-value-present',
			),
		},
	},
	{ files: ['**/*.json', '**/*.ts'], languageOptions: { parser } },
].flat();

async function scan(folder, patterns) {
	const cwd = resolve(folder);
	const eslint = new ESLint({
		cwd,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: RULES,
	});
	const results = (await eslint.lintFiles(patterns)).filter(({ errorCount }) => errorCount > 0);
	const formatter = await eslint.loadFormatter('stylish');
	if (results.length > 0) console.log(await formatter.format(results));
	return results.length === 0;
}

const [sources, packed] = process.argv.slice(2);
if (!sources) throw new Error('Usage: node tools/scripts/scan.mjs SOURCES [PACKED]');
const clean = [await scan(sources, SOURCE_FILES), !packed || (await scan(packed, PACKED_FILES))];
process.exitCode = clean.every(Boolean) ? 0 : 1;
