/** Of package.json, what says where the repository is. */
export interface Manifest {
	name: string;
	repository: { url: string };
}

/** The file whose address is taken for the one that all files have. */
export const REFERENCE = 'credentials/Twin24Api.credentials.ts';

/** The files of the repository, by path: texts only. */
export type Texts = Record<string, string>;

/**
 * Where the repository is, as a browser takes it, without a slash at the end.
 *
 * @throws Error if package.json does not name one by https
 */
export function repositoryAddress({ repository }: Manifest): string {
	const address = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
	if (!/^https:\/\/[^/]+\/[^/]+\/[^/]+$/.test(address)) {
		throw new Error(
			`"repository.url" in package.json is ${repository.url}. Write it as git+https://github.com/OWNER/NAME.git.`,
		);
	}
	return address;
}

/**
 * Makes all files name the repository that package.json names: the one edit is made there. The address that they have
 * is taken from the credential's `documentationUrl`.
 *
 * @returns the files that change, by path, with their new text
 * @throws Error if package.json names no repository, or the credential no address
 */
export function withRepositoryAddress(texts: Texts, manifest: Manifest): Texts {
	const address = repositoryAddress(manifest);
	const [, present] =
		/documentationUrl = '(https:\/\/[^/]+\/[^/]+\/[^/#']+)/.exec(texts[REFERENCE] ?? '') ?? [];
	if (!present) throw new Error(`${REFERENCE} has no documentationUrl to take the address from.`);
	if (present === address) return {};
	// Not the beginning of a longer name.
	const mentions = new RegExp(`${present.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`, 'g');
	return Object.fromEntries(
		Object.entries(texts)
			.map(([path, text]) => [path, text.replace(mentions, address)] as const)
			.filter(([path, text]) => text !== texts[path]),
	);
}
