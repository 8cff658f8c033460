import { isResourceLocatorValue } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { idOf } from './id';
import type { Parameter } from './parameter';

/** What a resource locator points to; anything else, from an expression, is its own value. */
export const locatedValue = (value: unknown): unknown =>
	isResourceLocatorValue(value) ? value.value : value;

/**
 * Something that is chosen from a list or named by its ID.
 *
 * @param searchListMethod n8n's name of the method that lists them
 * @param one what one of them is called in a sentence, e.g. "task"
 * @param remedy what to do where the ID is wrong
 * @returns the ID in lower case
 */
export const listedOrById = ({
	searchListMethod,
	one,
	example,
	idHint,
	remedy,
	...facts
}: Pick<INodeProperties, 'displayName' | 'name' | 'description'> & {
	searchListMethod: string;
	one: string;
	example: string;
	idHint: string;
	remedy: string;
}): Parameter<string> => ({
	property: {
		...facts,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select a ${one}…`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: `e.g. ${example}`,
				hint: idHint,
			},
		],
	},
	check: (value) => idOf(facts.displayName, locatedValue(value), remedy),
});
