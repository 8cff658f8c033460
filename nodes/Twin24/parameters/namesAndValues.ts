import { isSafeObjectProperty } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { objectOf } from './collection';
import type { Parameter } from './parameter';
import { ParameterError, quote } from './parameterError';
import { isEmpty, textOf } from './plainValue';
import { plainTextOf } from './text';

type Facts = Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'placeholder'>;

type Entry = Record<string, unknown>;

/** The two ways of adding some: one by one, or all that an object holds. */
const PAIR = 'pair';
const OBJECT = 'object';

/**
 * Names and their values, added one by one or as an object from an expression.
 *
 * @param valueOf what a value becomes; throws ParameterError for one that cannot be sent
 * @returns undefined when there are none
 */
export const namesAndValues = <V>(
	facts: Facts,
	valueOf: (label: string, name: string, value: unknown) => V,
): Parameter<Record<string, V> | undefined> => ({
	property: {
		...facts,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		options: [
			{
				displayName: 'Name and Value',
				name: PAIR,
				values: [
					{ displayName: 'Name', name: 'name', type: 'string', default: '' },
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
			{
				displayName: 'Object',
				name: OBJECT,
				values: [
					{
						displayName: 'Object',
						name: 'object',
						type: 'json',
						default: '{}',
						description: 'An object from an expression, or JSON: its names and values',
					},
				],
			},
		],
	},
	check: (value) => {
		const label = facts.displayName;
		const found: Record<string, V> = Object.create(null) as Record<string, V>;
		for (const [given, one] of entriesOf(label, value)) {
			const name = nameOf(label, given);
			if (name in found) {
				throw new ParameterError(
					label,
					`has the name "${name}" twice`,
					'Remove one of them: a name has one value.',
				);
			}
			found[name] = valueOf(label, name, one);
		}
		return Object.keys(found).length > 0 ? { ...found } : undefined;
	},
});

/** Values as the voice robot takes them: text. Numbers and switches are written out, nothing is an empty text. */
export const textValue = (label: string, name: string, value: unknown): string => {
	if (isEmpty(value)) return '';
	if (typeof value === 'boolean') return String(value);
	if (textOf(value) !== undefined) return plainTextOf(label, value);
	throw new ParameterError(
		label,
		`has no plain value for "${name}": ${quote(value)}`,
		'Give a text, a number, true or false.',
	);
};

/** Values of any kind that JSON can hold, as they are. */
export const anyValue = (label: string, name: string, value: unknown): unknown => {
	const json = jsonOf(value);
	if (json === undefined) {
		throw new ParameterError(
			label,
			`has a value for "${name}" that cannot be sent`,
			'Give a text, a number, true, false, or a list or an object of these.',
		);
	}
	if (!json.includes('\\u0000')) return value;
	throw new ParameterError(
		label,
		`has a NUL character in the value for "${name}"`,
		'Remove the character (\\u0000).',
	);
};

const jsonOf = (value: unknown): string | undefined => {
	try {
		return JSON.stringify(value ?? null);
	} catch {
		return undefined;
	}
};

const nameOf = (label: string, value: unknown): string => {
	if (isEmpty(value)) {
		throw new ParameterError(
			label,
			'has a value without a name',
			'Fill in the name, or remove it.',
		);
	}
	const name = plainTextOf(label, value);
	if (isSafeObjectProperty(name)) return name;
	throw new ParameterError(label, `has a name that cannot be used: ${quote(name)}`, 'Rename it.');
};

/** What n8n makes of what was added, and plain objects from an expression, as names and values. */
const entriesOf = (label: string, value: unknown): Array<[name: unknown, value: unknown]> => {
	const given = objectOf(value);
	if (!given) throw notEntries(label, value);
	if (!isCollected(given)) return Object.entries(given);
	const { [PAIR]: pairs = [], [OBJECT]: objects = [] } = given as Record<string, Entry[]>;
	return [
		...pairs.map((pair): [unknown, unknown] => [pair.name, pair.value]),
		...objects.flatMap(({ object }) => {
			const inner = objectOf(object);
			if (!inner) throw notEntries(label, object);
			return Object.entries(inner);
		}),
	];
};

/** Whether it is what n8n's editor makes, rather than an object of one's own. */
const isCollected = (given: Entry): boolean =>
	Object.entries(given).every(
		([name, list]) =>
			(name === PAIR || name === OBJECT) &&
			Array.isArray(list) &&
			list.every((one) => typeof one === 'object' && one !== null),
	);

const notEntries = (label: string, value: unknown) =>
	new ParameterError(
		label,
		`is not a set of names and values: ${quote(value)}`,
		'Add them one by one, or give an object, e.g. {{ { "name": $json.name } }}.',
	);
