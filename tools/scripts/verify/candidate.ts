/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a developer's tool: reads the repository's files */
import { basename } from 'node:path';

import type { ICredentialType, INodeType } from 'n8n-workflow';

import { repositoryTexts } from '../addresses/repositoryTexts';

/** package.json, as far as rules speak of it. */
export interface PackageJson {
	name: string;
	license?: string;
	description?: string;
	keywords?: string[];
	author?: { name?: string; email?: string };
	repository?: { url?: string };
	files?: string[];
	scripts?: Record<string, string>;
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
	bundledDependencies?: string[];
	peerDependencies?: Record<string, string>;
	devDependencies?: Record<string, string>;
	n8n?: {
		n8nNodesApiVersion?: number;
		strict?: boolean;
		nodes?: string[];
		credentials?: string[];
	};
}

/** What is to be verified. */
export interface Candidate {
	manifest: PackageJson;
	/** The texts of the repository, by path. */
	texts: Record<string, string>;
	nodes: INodeType[];
	credentials: ICredentialType[];
	/** What would be published: the paths in the tarball. */
	packed: string[];
	/** What n8n's scan of community packages finds in the sources and in the tarball; empty if nothing. */
	scan: string;
}

/** The TypeScript that is published, by path. */
export const publishedSources = ({ texts }: Pick<Candidate, 'texts'>): Array<[string, string]> =>
	Object.entries(texts).filter(([path]) => /^(nodes|credentials)\/.+\.ts$/.test(path));

/** Says of each file that is not there that it is not. */
export const missing = ({ texts }: Pick<Candidate, 'texts'>, ...paths: string[]): string[] =>
	paths.filter((path) => !(path in texts)).map((path) => `there is no ${path}`);

/** Gives the classes that the module of a built file exports. */
export type LoadModule = (path: string) => Record<string, new () => unknown>;

/**
 * @param folder a clone
 * @param load loads what package.json names, e.g. `dist/nodes/X/X.node.js`
 */
export function readCandidate(
	folder: string,
	load: LoadModule,
	published: Pick<Candidate, 'packed' | 'scan'>,
): Candidate {
	const texts = repositoryTexts(folder);
	const manifest = JSON.parse(texts['package.json']) as PackageJson;
	const instances = <T>(paths: string[] = []) =>
		paths.map((path) => new (load(path)[basename(path).split('.')[0]])() as T);
	return {
		manifest,
		texts,
		nodes: instances<INodeType>(manifest.n8n?.nodes),
		credentials: instances<ICredentialType>(manifest.n8n?.credentials),
		...published,
	};
}
