/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer’s machine, never published: it reads our sources from disk */
import { join } from 'node:path';

import type {
	ICredentialType,
	IExecuteFunctions,
	INodeType,
	INodeTypes,
	IVersionedNodeType,
} from 'n8n-workflow';

import { load, packageRoot, type N8nModules } from './modules';

/** A class of a node or of a credential, as their files export them. */
export type ClassOf<T> = new () => T;

/** The types to load instead of those that package.json names: for the engine's own test, and for compiled nodes. */
export interface TypesToLoad {
	nodes?: Array<ClassOf<INodeType>>;
	credentials?: Array<ClassOf<ICredentialType>>;
}

/** The parts of n8n's directory loader that we stand in for: where a class and a codex come from. */
interface LoaderSeams {
	loadClass: (path: string) => unknown;
	getCodex: (path: string) => unknown;
	loadNodeFromFile: (path: string, packageVersion?: string) => void;
	loadCredentialFromFile: (path: string) => void;
}

/** The node types that stand before ours in a workflow, or that n8n tests credentials with. */
const builtIn: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': {
		description: {
			displayName: 'Start',
			name: 'manualTrigger',
			group: ['trigger'],
			version: 1,
			description: 'Hands on the items that it is given',
			defaults: { name: 'Start' },
			inputs: [],
			outputs: ['main'],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			return [this.getInputData()];
		},
	},
	'n8n-nodes-base.noOp': {
		description: {
			displayName: 'No Operation, do nothing',
			name: 'noOp',
			group: ['organization'],
			version: 1,
			description: 'No Operation',
			defaults: { name: 'No Operation' },
			inputs: ['main'],
			outputs: ['main'],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			return [this.getInputData()];
		},
	},
};

/** n8n gives a node without any code of its own the engine that runs its routing. */
function isRunByRouting(type: INodeType): boolean {
	const isDeclarative = type.description.requestDefaults !== undefined;
	return (
		!type.execute &&
		!type.supplyData &&
		!type.poll &&
		!type.trigger &&
		(!type.webhook || isDeclarative) &&
		(!type.methods || isDeclarative)
	);
}

/** `dist/nodes/X.node.js`, as package.json has it, to the source that it is built from. */
function sourceOf(path: string): string {
	return path.replace(/^dist\//, '').replace(/\.js$/, '.ts');
}

/** Loads nodes and credentials with n8n's own loader, and finds them as n8n does. */
export class LoadedTypes implements INodeTypes {
	readonly packageName: string;

	private readonly loader: InstanceType<N8nModules['core']['PackageDirectoryLoader']>;

	constructor(
		private readonly n8n: N8nModules,
		types: TypesToLoad = {},
	) {
		this.loader = new n8n.core.PackageDirectoryLoader(packageRoot);
		this.packageName = this.loader.packageJson.name;
		const ownTypes = types.nodes !== undefined || types.credentials !== undefined;
		if (ownTypes) this.loadClasses(types);
		else this.loadSources();
	}

	/** The nodes' short names, e.g. `twin24Calls`. */
	nodeNames(): string[] {
		return Object.keys(this.loader.nodeTypes);
	}

	/** The name that a workflow holds, e.g. `n8n-nodes-twin24.twin24Calls`; one with a package is whole already. */
	fullName(node: string): string {
		return node.includes('.') ? node : `${this.packageName}.${node}`;
	}

	getByName(nodeType: string): INodeType | IVersionedNodeType {
		return builtIn[nodeType] ?? this.loader.getNode(nodeType.split('.')[1]).type;
	}

	getByNameAndVersion(nodeType: string, version?: number): INodeType {
		const type = this.n8n.workflow.NodeHelpers.getVersionedNodeType(
			this.getByName(nodeType),
			version,
		);
		if (isRunByRouting(type)) {
			const { RoutingNode } = this.n8n.core;
			type.execute = async function (this: IExecuteFunctions) {
				const context = this as unknown as ConstructorParameters<typeof RoutingNode>[0];
				return (await new RoutingNode(context, type).runNode()) ?? [];
			};
		}
		return type;
	}

	getKnownTypes() {
		return {};
	}

	getCredentialType(name: string): ICredentialType {
		return this.loader.getCredential(name).type;
	}

	getParentCredentialTypes(name: string): string[] {
		return this.loader.known.credentials[name]?.extends ?? [];
	}

	private loadSources(): void {
		this.loadAll(
			(this.loader.packageJson.n8n?.nodes ?? []).map(sourceOf),
			(this.loader.packageJson.n8n?.credentials ?? []).map(sourceOf),
			(path) => {
				const name = path.split('/').pop()?.split('.')[0] ?? '';
				return load<Record<string, ClassOf<unknown>>>(join(packageRoot, path))[name];
			},
		);
	}

	private loadClasses({ nodes = [], credentials = [] }: TypesToLoad): void {
		const classes = new Map<string, ClassOf<unknown>>();
		const pathOf = (given: ClassOf<unknown>, kind: string) => {
			const path = `test/${given.name}.${kind}.ts`;
			classes.set(path, given);
			return path;
		};
		this.loadAll(
			nodes.map((node) => pathOf(node, 'node')),
			credentials.map((credential) => pathOf(credential, 'credentials')),
			(path) => classes.get(path),
		);
	}

	/** What n8n's PackageDirectoryLoader.loadAll does, with the classes from elsewhere. */
	private loadAll(
		nodes: string[],
		credentials: string[],
		classAt: (path: string) => ClassOf<unknown> | undefined,
	): void {
		const seams = this.loader as unknown as LoaderSeams;
		seams.loadClass = (path) => {
			const found = classAt(path);
			if (!found) throw new Error(`${path} exports no class named as the file is`);
			return new found();
		};
		seams.getCodex = (path) => load(join(packageRoot, path.replace(/\.ts$/, '.json')));
		const { version } = this.loader.packageJson as { version?: string };
		for (const path of nodes) seams.loadNodeFromFile(path, version);
		for (const path of credentials) {
			seams.loadCredentialFromFile(path);
		}
		const { injectDomainRestrictionFields } = this.n8n.workflow;
		for (const { type } of Object.values(this.loader.credentialTypes)) {
			if (injectDomainRestrictionFields) type.properties = injectDomainRestrictionFields(type);
		}
	}
}
