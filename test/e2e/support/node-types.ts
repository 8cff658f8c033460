import type {
	INode,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

import type { N8n } from '../../../tools/n8n-host/start-n8n';

type Option = INodeProperties | INodePropertyOptions | INodePropertyCollection;

/** What an n8n knows of nodes: everything that its editor is told. */
export class NodeTypes {
	private constructor(private readonly descriptions: INodeTypeDescription[]) {}

	static async of({ url, client }: N8n): Promise<NodeTypes> {
		const answer = await fetch(`${url}/types/nodes.json`, {
			headers: { cookie: client.session, connection: 'close' },
		});
		return new NodeTypes((await answer.json()) as INodeTypeDescription[]);
	}

	/** What n8n would not know of a node in a workflow: its type and version, or parameters by their path. */
	unknownIn({ type, typeVersion, parameters }: INode): string[] {
		const description = this.descriptions.find(
			({ name, version }) => name === type && [version].flat().includes(typeVersion),
		);
		if (!description) return [`${type} version ${typeVersion}`];
		return unknown(parameters, description.properties, type);
	}
}

const unknown = (values: unknown, known: Option[], path: string): string[] => {
	if (typeof values !== 'object' || values === null) return [];
	return Object.entries(values).flatMap(([name, value]) => {
		const same = known.filter((option) => option.name === name);
		if (same.length === 0) return [`${path}.${name}`];
		return inside(value, same, `${path}.${name}`);
	});
};

/** Several properties may share a name, each for other versions or settings: one that fits is enough. */
const inside = (value: unknown, same: Option[], path: string): string[] => {
	const verdicts = same.map((option) => {
		if (option.name && 'values' in option) {
			return [value].flat().flatMap((entry) => unknown(entry, option.values, path));
		}
		const { type, options = [] } = option as INodeProperties;
		return type === 'collection' || type === 'fixedCollection'
			? unknown(value, options as Option[], path)
			: [];
	});
	return verdicts.find((verdict) => verdict.length === 0) ?? verdicts[0];
};
