import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';

type Entry = INodeProperties | INodePropertyOptions | INodePropertyCollection;

/** A parameter and where a person finds it, e.g. "Twin24 Calls: Filters: Phone". */
export interface Placed {
	where: string;
	parameter: INodeProperties;
}

export interface Operation {
	where: string;
	resource: string;
	option: INodePropertyOptions;
}

const isParameter = (entry: Entry): entry is INodeProperties => 'type' in entry;

function within(entries: Entry[], where: string): Placed[] {
	return entries.flatMap((entry) => {
		if (!isParameter(entry)) {
			return 'values' in entry ? within(entry.values, `${where}: ${entry.displayName}`) : [];
		}
		const here = `${where}: ${entry.displayName}`;
		const isChoice = entry.type === 'options' || entry.type === 'multiOptions';
		return [
			{ where: here, parameter: entry },
			...(isChoice ? [] : within((entry.options ?? []) as Entry[], here)),
		];
	});
}

/** All parameters that are shown, with those inside of others. */
export const parametersOf = (nodes: INodeType[]): Placed[] =>
	nodes
		.flatMap(({ description }) => within(description.properties, description.displayName))
		.filter(({ parameter }) => parameter.type !== 'hidden');

/** What can be chosen under "Operation", by resource. */
export const operationsOf = (nodes: INodeType[]): Operation[] =>
	nodes.flatMap(({ description: { properties, displayName } }) =>
		properties
			.filter(({ name }) => name === 'operation')
			.flatMap((operation) =>
				((operation.options ?? []) as INodePropertyOptions[]).map((option) => ({
					where: `${displayName}: ${option.name}`,
					resource: String(operation.displayOptions?.show?.resource?.[0] ?? ''),
					option,
				})),
			),
	);
