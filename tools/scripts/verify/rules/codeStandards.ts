import { publishedSources } from '../candidate';
import { holds, type Page } from '../rule';

/** "Code standards". */
export const codeStandards: Page = {
	title: 'Code standards',
	address: 'build-your-node/reference/code-standards',
	rules: [
		{
			rule: 'What sets the resource is called Resource and stands first, what sets the operation Operation',
			look: ({ nodes }) =>
				holds(
					nodes
						.map(({ description }) => description)
						.filter(({ group }) => !group.includes('trigger'))
						.filter(
							({ properties: [first, second] }) =>
								first.displayName !== 'Resource' ||
								first.name !== 'resource' ||
								second.displayName !== 'Operation' ||
								second.name !== 'operation',
						)
						.map(({ displayName }) => displayName),
					'the nodes’ descriptions',
				),
		},
		{
			rule: 'A trigger is called so, and no node is called a node',
			look: ({ nodes }) =>
				holds(
					nodes
						.map(({ description }) => description)
						.filter(
							({ displayName, group }) =>
								/ Trigger$/.test(displayName) !== group.includes('trigger') ||
								/\bnode\b/i.test(displayName),
						)
						.map(({ displayName }) => displayName),
					'the nodes’ descriptions',
				),
		},
		{
			rule: 'The same field has the same internal name in every operation',
			look: ({ nodes }) =>
				holds(
					nodes.flatMap(({ description: { displayName, properties } }) => {
						const inner = new Map<string, Set<string>>();
						for (const { displayName: label, name, type } of properties) {
							if (type === 'hidden' || type === 'notice') continue;
							inner.set(label, (inner.get(label) ?? new Set()).add(name));
						}
						return [...inner]
							.filter(([, known]) => known.size > 1)
							.map(([label, known]) => `${displayName}: ${label} is ${[...known].join(' and ')}`);
					}),
					'the nodes’ descriptions: no label has two internal names, so nothing typed is lost by a switch',
				),
		},
		{
			rule: 'Incoming data is not changed',
			look: ({ texts }) =>
				holds(
					Object.entries(texts)
						.filter(([path, text]) => /^nodes\/.+\.ts$/.test(path) && /getInputData\(/.test(text))
						.filter(([, text]) =>
							/getInputData\([^)]*\)[^;]*(\.(push|splice|sort|reverse)\(|[\]\w]\s*=[^=>])/.test(
								text,
							),
						)
						.map(([path]) => path),
					'nodes/: what getInputData() gives is read only; test/engine/resources/call/error-items.test.ts',
				),
		},
		{
			rule: 'Requests are made with n8n’s own helpers',
			look: (candidate) =>
				holds(
					publishedSources(candidate)
						.filter(([, text]) =>
							/from '(node:)?(axios|https?|net|undici|got|node-fetch)'|\bfetch\(\s*['"`]|helpers\.request\b/.test(
								text,
							),
						)
						.map(([path]) => path),
					'nodes/Twin24/transport: httpRequestWithAuthentication and httpRequest',
				),
		},
	],
};
