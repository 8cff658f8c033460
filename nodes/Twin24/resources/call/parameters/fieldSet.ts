import type { INodeProperties } from 'n8n-workflow';

import { choice } from '../../../parameters/kinds';
import type { Parameter, ReadParameter } from '../../../parameters/parameter';
import { readOne } from '../../../parameters/parameter';
import { ParameterError, quote } from '../../../parameters/parameterError';
import { listOf } from '../../../parameters/plainValue';
import { ALL_FIELDS, CALL_FIELDS, FIELD_NAMES, SIMPLIFIED_FIELDS } from '../../../report/catalogue';

const fieldSet = choice({
	displayName: 'Fields to Return',
	name: 'fieldSet',
	options: [
		{
			name: 'Simplified',
			value: 'simplified',
			description: `The ${SIMPLIFIED_FIELDS.length} fields that most workflows need, the transcript as text among them`,
		},
		{
			name: 'All Fields',
			value: 'all',
			description: `All ${ALL_FIELDS.length} fields of a call`,
		},
		{
			name: 'Selected Fields',
			value: 'selected',
			description: 'Only the fields that you choose',
		},
	],
	default: 'simplified',
	description: 'Which fields of each call to return. Fewer fields are faster.',
});

const selectedFields: Parameter<string[]> = {
	property: {
		displayName: 'Fields',
		name: 'fields',
		type: 'multiOptions',
		displayOptions: { show: { fieldSet: ['selected'] } },
		options: CALL_FIELDS.map(({ name, label, description, notEverywhere }) => ({
			name: label,
			value: name,
			description: notEverywhere
				? `${description}. Not every edition of the API knows it.`
				: description,
		})),
		default: ['id', 'phone', 'status'],
		description: 'The fields of each call to return',
	},
	check: (value) => {
		const label = selectedFields.property.displayName;
		const names = listOf(label, value);
		if (names.length === 0) {
			throw new ParameterError(
				label,
				'is empty',
				`Choose at least one field, or choose another set under "${fieldSet.property.displayName}".`,
			);
		}
		const unknown = names.find((name) => !FIELD_NAMES.includes(name));
		if (unknown !== undefined) {
			throw new ParameterError(
				label,
				`has an unknown field: ${quote(unknown)}`,
				`Use some of: ${FIELD_NAMES.join(', ')}.`,
			);
		}
		return FIELD_NAMES.filter((name) => names.includes(name));
	},
};

/** Which fields of a call to return. */
export const fieldSetProperties: INodeProperties[] = [fieldSet.property, selectedFields.property];

/** The names of the fields to return, in the order of the catalogue. @throws ParameterError */
export const readFields = (read: ReadParameter): string[] => {
	const set = readOne(read, fieldSet);
	if (set === 'simplified') return SIMPLIFIED_FIELDS;
	return set === 'all' ? ALL_FIELDS : readOne(read, selectedFields);
};
