import { repositoryAddress, type Manifest } from '../../addresses/repositoryAddress';
import { missing, publishedSources, type Candidate } from '../candidate';
import { sentencesIn } from '../literals';
import { operationsOf, parametersOf } from '../parameters';
import { departs, forTheOwner, holds, type Page } from '../rule';

const CYRILLIC = /[\u0400-\u04FF]/;

const sourcesWith = (candidate: Candidate, pattern: RegExp): string[] =>
	publishedSources(candidate)
		.filter(([, text]) => pattern.test(text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')))
		.map(([path]) => path);

/** What n8n shows a person, in whatever place it stands. */
const shownTexts = ({ nodes, credentials, texts }: Candidate): Array<[string, string]> => [
	...publishedSources({ texts }).flatMap(([path, text]) =>
		sentencesIn(path, text).map((said) => [path, said] as [string, string]),
	),
	...[...parametersOf(nodes), ...operationsOf(nodes)].map(
		(placed) => [placed.where, JSON.stringify(placed)] as [string, string],
	),
	...credentials.map(
		({ displayName, properties }) => [displayName, JSON.stringify(properties)] as [string, string],
	),
];

/** Examples in code blocks are data, and data may be Russian. */
const prose = (markdown: string) =>
	markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`]*`/g, '');

const RUSSIAN_GUIDE = 'docs/ru/README.md is the guide in Russian';
const RUSSIAN_LINK = 'a line of README.md leads to it';
const RUSSIAN_SEARCH = 'the nodes are found by Russian words, too (alias in .node.json)';

const russianOnPurpose = ({ texts }: Candidate): string[] => [
	...(Object.keys(texts).some((path) => path.startsWith('docs/ru/')) ? [RUSSIAN_GUIDE] : []),
	...Object.entries(texts)
		.filter(([path]) => /\.md$/.test(path) && !path.startsWith('docs/ru/'))
		.flatMap(([path, text]) =>
			prose(text)
				.split('\n')
				.filter((line) => CYRILLIC.test(line))
				.map((line) =>
					path === 'README.md' && line.includes('docs/ru/') ? RUSSIAN_LINK : `${path}: ${line}`,
				),
		),
	...(Object.entries(texts).some(
		([path, text]) => /\.node\.json$/.test(path) && CYRILLIC.test(text),
	)
		? [RUSSIAN_SEARCH]
		: []),
];

/** "Community node verification guidelines". */
export const guidelines: Page = {
	title: 'Verification guidelines',
	address: 'build-your-node/reference/verification-guidelines',
	rules: [
		{
			rule: 'Authors use the n8n-node tool to create and check their package',
			look: ({ manifest, texts }) =>
				holds(
					[
						...(manifest.devDependencies?.['@n8n/node-cli'] ? [] : ['@n8n/node-cli is not used']),
						...(manifest.scripts?.lint?.includes('n8n-node lint')
							? []
							: ['"lint" lacks n8n-node lint']),
						...(manifest.n8n?.strict === true ? [] : ['"n8n.strict" is not true']),
						...(/import \{ config \} from '@n8n\/node-cli\/eslint';\s+export default config;/.test(
							texts['eslint.config.mjs'] ?? '',
						)
							? []
							: ['eslint.config.mjs is not the one that n8n-node makes']),
					],
					'package.json, eslint.config.mjs: n8n’s own configuration, unchanged and strict; npm run lint',
				),
		},
		{
			rule: 'The node is no existing node, nor an iteration on one',
			look: () =>
				forTheOwner('Search n8n.io/integrations for TWIN24: there should be none but this.'),
		},
		{
			rule: 'No logic or flow control nodes',
			look: ({ nodes }) =>
				holds(
					nodes
						.filter(
							({ description }) => !['input', 'output', 'trigger'].includes(description.group[0]),
						)
						.map(({ description }) => `${description.displayName} is in ${description.group[0]}`),
					'the nodes ask one service and start workflows; none stands in the group of transformations',
				),
		},
		{
			rule: 'The repository in package.json is the GitHub repository',
			look: ({ manifest }) => {
				try {
					const address = repositoryAddress(manifest as Manifest);
					return holds(
						address.startsWith('https://github.com/') ? [] : [`${address} is not on GitHub`],
						`package.json: ${address}; test/unit/tools/scripts/addresses.test.ts holds all other files to it`,
					);
				} catch (error) {
					return holds([(error as Error).message], '');
				}
			},
		},
		{
			rule: 'The author or maintainer is the same on npm and in the repository',
			look: ({ manifest: { author } }) =>
				author?.name && author.email
					? forTheOwner(
							`package.json says ${author.name} <${author.email}>. Put in the name and the address of whoever owns the npm account.`,
						)
					: holds(['package.json has no author with name and email'], ''),
		},
		{
			rule: 'The git link on npm works, and the repository is public',
			look: () =>
				forTheOwner(
					'Open the link "Repository" on the package’s page on npmjs.com without being signed in.',
				),
		},
		{
			rule: 'The package is published by a GitHub action, with provenance',
			look: ({ texts }) => {
				const workflow = texts['.github/workflows/publish.yml'] ?? '';
				const needed = [/id-token: write/, /npm publish .*--provenance/, /scan-community-package/];
				return holds(
					needed
						.filter((part) => !part.test(workflow))
						.map((part) => `.github/workflows/publish.yml lacks ${part.source}`),
					'.github/workflows/publish.yml, which also has n8n’s scan look at the provenance of what it published',
				);
			},
		},
		{
			rule: 'The license is MIT',
			look: ({ manifest, texts }) =>
				holds(
					[
						...(manifest.license === 'MIT' ? [] : [`package.json says ${manifest.license}`]),
						...(/^MIT License/.test(texts.LICENSE ?? '') ? [] : ['LICENSE is not that of MIT']),
					],
					'package.json, LICENSE',
				),
		},
		{
			rule: 'No external dependencies',
			look: ({ manifest }) =>
				holds(
					[
						...Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }),
						...(manifest.bundledDependencies ?? []),
						...Object.keys(manifest.peerDependencies ?? {}).filter(
							(name) => name !== 'n8n-workflow',
						),
					].map((name) => `package.json depends on ${name}`),
					'package.json; test/e2e/package.test.ts looks at what the built code requires',
				),
		},
		{
			rule: 'Documentation with usage instructions, example workflows and authentication details',
			look: (candidate) => {
				const readme = candidate.texts['README.md'] ?? '';
				const sections = [
					'Install',
					'Credentials',
					'Operations',
					'Examples',
					'Compatibility',
					'Version history',
				];
				const examples = Object.keys(candidate.texts).filter((path) =>
					/^examples\/.+\.json$/.test(path),
				);
				return holds(
					[
						...missing(candidate, 'README.md', 'CHANGELOG.md'),
						...sections
							.filter((name) => !new RegExp(`^#+ .*${name}`, 'm').test(readme))
							.map((name) => `README.md has no section "${name}"`),
						...(examples.length > 0 ? [] : ['there is no example workflow']),
					],
					`README.md, docs/, ${examples.length} workflows in examples/ (run by test/e2e/examples.test.ts)`,
				);
			},
		},
		{
			rule: 'The code does not touch environment variables or files',
			look: (candidate) =>
				holds(
					sourcesWith(
						candidate,
						/\bprocess\.|\bprocess\[|\b__dirname\b|\b__filename\b|from '(node:)?(fs|path|os|child_process|process)(\/\w+)?'|require\(/,
					).map((path) => `${path} does`),
					'all sources in nodes/ and credentials/; n8n’s rules no-restricted-globals and no-restricted-imports',
				),
		},
		{
			rule: 'TypeScript',
			look: ({ texts }) =>
				holds(
					Object.keys(texts).filter((path) => /^(nodes|credentials)\/.+\.[cm]?js$/.test(path)),
					'all sources in nodes/ and credentials/ are .ts; npm run types',
				),
		},
		{
			rule: 'Proper error handling and validation',
			look: (candidate) =>
				holds(
					missing(
						candidate,
						'test/engine/resources/call/bad-input.test.ts',
						'test/engine/transport/errors.test.ts',
						'test/engine/resources/call/error-items.test.ts',
					),
					'test/engine: bad-input, errors, error-items (npm test); n8n’s rule require-node-api-error',
				),
		},
		{
			rule: 'The linter passes: npx @n8n/scan-community-package',
			look: ({ scan }) =>
				holds(
					scan === '' ? [] : [scan],
					'node tools/scripts/scan.mjs: the same rules on the sources and on the packed package',
				),
		},
		{
			rule: 'The interface is in English: names, descriptions, help, error messages',
			look: (candidate) =>
				holds(
					shownTexts(candidate)
						.filter(([, text]) => CYRILLIC.test(text))
						.map(([where]) => `${where} has Cyrillic letters`),
					'every text in nodes/ and credentials/',
				),
		},
		{
			rule: 'All documentation is in English only',
			look: (candidate) =>
				departs(
					russianOnPurpose(candidate),
					[RUSSIAN_GUIDE, RUSSIAN_LINK, RUSSIAN_SEARCH],
					'Everything in it stands in English, too; most users of TWIN24 read Russian. If the reviewer objects, remove the three.',
				),
		},
	],
};
