import {
	repositoryAddress,
	withRepositoryAddress,
	type Manifest,
	type Texts,
} from '../../../../tools/scripts/addresses/repositoryAddress';
import { repositoryTexts } from '../../../../tools/scripts/addresses/repositoryTexts';
import { REPOSITORY } from '../../docs/guides';

interface Codex {
	resources: Record<string, Array<{ url: string }>>;
}

const texts = repositoryTexts(REPOSITORY);
const manifest = JSON.parse(texts['package.json']) as Manifest & {
	homepage: string;
	bugs: { url: string };
};
const address = repositoryAddress(manifest);

/** What n8n and npm show of the repository, by where it stands. */
const shownAddresses = (files: Texts): string[][] => {
	const { homepage, bugs } = JSON.parse(files['package.json']) as typeof manifest;
	const codices = Object.entries(files).filter(([path]) => path.endsWith('.node.json'));
	const [, documentation] = /documentationUrl = '([^']+)/.exec(
		files['credentials/Twin24Api.credentials.ts'],
	)!;
	return [
		['homepage', homepage],
		['bugs', bugs.url],
		['documentationUrl of the credential', documentation],
		...codices.flatMap(([path, text]) =>
			Object.values((JSON.parse(text) as Codex).resources)
				.flat()
				.map(({ url }) => [path, url]),
		),
	];
};

describe('the address of the repository', () => {
	it.each(shownAddresses(texts))('is that of package.json in: %s', (_, shown) => {
		expect(`${shown}#`.startsWith(`${address}#`) || shown.startsWith(`${address}/`)).toBe(true);
	});

	it('is that of package.json wherever a repository of this name is mentioned', () => {
		const ours = new RegExp(`[\\w.]+/[\\w-]+/${manifest.name}(?![\\w-])`, 'g');
		const others = Object.entries(texts).flatMap(([path, text]) =>
			(text.match(ours) ?? [])
				.filter((mention) => mention.startsWith('github.com/'))
				.filter((mention) => `https://${mention}` !== address)
				.map((mention) => `${path}: ${mention}`),
		);
		expect(others).toEqual([]);
	});

	it.each(['git+https://github.com/acme/calls-node.git', 'https://github.com/acme/calls-node'])(
		'is changed in all files by one edit of package.json, to %s, and one command',
		(url) => {
			const edited = { ...manifest, repository: { url } };
			const moved: Texts = {
				...texts,
				'package.json': texts['package.json'].replace(manifest.repository.url, url),
			};
			const after: Texts = { ...moved, ...withRepositoryAddress(moved, edited) };
			const left = Object.keys(after).filter((path) => after[path].includes(address));
			expect(left).toEqual([]);
			for (const [where, shown] of shownAddresses(after)) {
				expect(`${where}: ${shown}`).toContain('https://github.com/acme/calls-node');
			}
			expect(withRepositoryAddress(after, edited)).toEqual({});
		},
	);

	it('does not touch a longer name that begins like it', () => {
		const longer = `${address}-examples`;
		const edited = { ...manifest, repository: { url: 'https://github.com/acme/node' } };
		const changed = withRepositoryAddress({ ...texts, 'a.md': `${address} ${longer}` }, edited);
		expect(changed['a.md']).toBe(`https://github.com/acme/node ${longer}`);
	});

	it('is refused if it is none that a browser takes, with the way to write it', () => {
		expect(() => repositoryAddress({ ...manifest, repository: { url: 'acme/node' } })).toThrow(
			/"repository.url" .* Write it as git\+https/,
		);
	});
});

test('no file names a registry of packages, but the workflow that publishes', () => {
	const registry = /\bregistry\.[\w-]+\.(org|com|net|dev|io)\b/;
	const naming = Object.keys(texts).filter((path) => registry.test(texts[path]));
	expect(naming).toEqual(['.github/workflows/publish.yml']);
});
