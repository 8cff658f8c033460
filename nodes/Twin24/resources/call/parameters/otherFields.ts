import type { INodeProperties } from 'n8n-workflow';

import type { Parameter } from '../../../parameters/parameter';
import { ParameterError, quote } from '../../../parameters/parameterError';
import { objectOf } from '../../../parameters/collection';
import { isEmpty, textOf } from '../../../parameters/plainValue';
import { CALL_FIELDS, FIELD_NAMES } from '../../../report/catalogue';

/**
 * Further filters, each a field and the value that it must have.
 *
 * @param ownFilters labels of the fields' own filters, by the names of the fields: they are not set twice
 * @param formerly fields that have got a filter of their own since: workflows that name them here still run
 * @returns values by the names of the fields
 */
export const otherFields = (
	ownFilters: Record<string, string>,
	formerly: readonly string[] = [],
): Parameter<Record<string, string>> => {
	const offered = CALL_FIELDS.filter(
		({ name }) => !(name in ownFilters) && !formerly.includes(name),
	);
	const property: INodeProperties = {
		displayName: 'Other Fields',
		name: 'otherFields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Field',
		default: {},
		description: 'Further fields and the value that each must have',
		options: [
			{
				displayName: 'Field',
				name: 'field',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'options',
						options: offered.map(({ name, label, description }) => ({
							name: label,
							value: name,
							description,
						})),
						default: 'dialogResults',
						description: 'Field of the call',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						description: 'Value that the field must have',
					},
				],
			},
		],
	};
	const { displayName } = property;

	const nameOf = (name: unknown): string => {
		if (typeof name !== 'string' || !FIELD_NAMES.includes(name)) {
			throw new ParameterError(
				displayName,
				`has an unknown field: ${quote(name)}`,
				`Use one of: ${offered.map((field) => field.name).join(', ')}.`,
			);
		}
		if (!(name in ownFilters)) return name;
		throw new ParameterError(
			displayName,
			`has the field "${name}"`,
			`Use the filter "${ownFilters[name]}" for it.`,
		);
	};

	const valueOf = (name: string, value: unknown): string => {
		const text = typeof value === 'boolean' ? String(value) : textOf(value);
		if (!isEmpty(text)) return text;
		throw new ParameterError(
			displayName,
			`has no plain value for the field "${name}"`,
			'Fill in the value, or remove the field.',
		);
	};

	const check = (value: unknown): Record<string, string> => {
		const filters: Record<string, string> = {};
		const entries = entriesOf(displayName, value);
		// What was given as one expression n8n hands on as an empty collection.
		if (entries.length === 0) {
			throw new ParameterError(
				displayName,
				'is empty',
				'Add a field and its value, or remove the filter. n8n does not hand on a collection that is one expression: use expressions for the single values.',
			);
		}
		for (const entry of entries) {
			const name = nameOf(entry.name);
			if (name in filters) {
				throw new ParameterError(
					displayName,
					`has the field "${name}" twice`,
					'Remove one of them: a call has one value in it.',
				);
			}
			filters[name] = valueOf(name, entry.value);
		}
		return filters;
	};
	return { property, check };
};

type Entry = Record<string, unknown>;

/** What n8n makes of the entries, `{ field: [{ name, value }] }`; from an expression also the list alone. */
const entriesOf = (label: string, value: unknown): Entry[] => {
	const collected = Array.isArray(value) ? { field: value } : objectOf(value);
	const { field = [], ...others } = collected ?? {};
	const entries = Array.isArray(field)
		? field.map((entry) => (isEmpty(entry) ? undefined : objectOf(entry)))
		: [];
	const isList = collected && Array.isArray(field) && entries.every((entry) => entry !== undefined);
	if (isList && Object.keys(others).length === 0) return entries as Entry[];
	throw new ParameterError(
		label,
		`is not a list of names and values: ${quote(value)}`,
		'Add them one by one, or give { "field": [{ "name": "botName", "value": "…" }] }.',
	);
};
