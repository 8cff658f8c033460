import type { Candidate } from '../candidate';
import { forTheOwner, holds, type Page } from '../rule';

const unpacked = ({ packed }: Candidate, paths: string[] = []) =>
	paths.filter((path) => !packed.includes(path)).map((path) => `${path} is not in the package`);

/** "Submit community nodes", with the standards for every community node. */
export const submission: Page = {
	title: 'Submit community nodes',
	address: 'deploy-your-node/submit-community-nodes',
	rules: [
		{
			rule: 'The name begins with n8n-nodes- or @scope/n8n-nodes-',
			look: ({ manifest: { name } }) =>
				holds(/^(@[^/]+\/)?n8n-nodes-./.test(name) ? [] : [name], `package.json: ${name}`),
		},
		{
			rule: 'The keywords include n8n-community-node-package',
			look: ({ manifest: { keywords = [] } }) =>
				holds(
					keywords.includes('n8n-community-node-package') ? [] : ['package.json lacks it'],
					'package.json',
				),
		},
		{
			rule: 'Nodes and credentials stand under "n8n" in package.json',
			look: (candidate) => {
				const { n8n } = candidate.manifest;
				const built = (candidate.packed ?? []).filter((path) =>
					/^dist\/.+\.(node|credentials)\.js$/.test(path),
				);
				const named = [...(n8n?.nodes ?? []), ...(n8n?.credentials ?? [])];
				return holds(
					[
						...(n8n?.nodes?.length ? [] : ['package.json names no node']),
						...unpacked(candidate, named),
						...built
							.filter((path) => !named.includes(path))
							.map((path) => `package.json does not name ${path}`),
					],
					'package.json and the list of npm pack; test/e2e/package.test.ts',
				);
			},
		},
		{
			rule: 'Each node has a codex file and an icon',
			look: (candidate) =>
				holds(
					[
						...unpacked(
							candidate,
							candidate.manifest.n8n?.nodes?.map((path) => path.replace(/\.js$/, '.json')),
						),
						...candidate.nodes
							.filter(({ description }) => !description.icon)
							.map(({ description }) => `${description.displayName} has no icon`),
					],
					'the list of npm pack; the nodes’ descriptions',
				),
		},
		{
			rule: 'Checked with the linter, and tried locally',
			look: ({ manifest: { scripts = {} } }) =>
				holds(
					['lint', 'dev', 'test', 'test:e2e']
						.filter((script) => !scripts[script])
						.map((script) => `there is no npm run ${script}`),
					'npm run lint, npm run dev, npm test, npm run test:e2e (bash .ci/run is all of it)',
				),
		},
		{
			rule: 'The package has a README',
			look: (candidate) =>
				holds(unpacked(candidate, ['README.md', 'LICENSE']), 'the list of npm pack'),
		},
		{
			rule: 'It does not compete with paid features of n8n',
			look: () => forTheOwner('It talks to TWIN24 only; n8n’s reviewers decide.'),
		},
		{
			rule: 'The package is on npm',
			look: () => forTheOwner('Publish it: "Publishing for the first time" in CONTRIBUTING.md.'),
		},
		{
			rule: 'The node is submitted for verification',
			look: () =>
				forTheOwner(
					'Sign in at creators.n8n.io/nodes and submit it. Have ready: this list, a short video of a search and of the trigger, and a TWIN24 account that the reviewer may use (or `npm start`, which needs none).',
				),
		},
	],
};
