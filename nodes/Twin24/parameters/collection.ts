import type { INodeProperties } from 'n8n-workflow';

import type { Parameter, Parameters, Values } from './parameter';
import { ParameterError, quote } from './parameterError';

type CollectionFacts = Pick<INodeProperties, 'displayName' | 'name' | 'placeholder'> &
	Partial<Pick<INodeProperties, 'description' | 'displayOptions'>>;

type Entry = Record<string, unknown>;

const isEntry = (value: unknown): value is Entry =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A collection of parameters of which the user adds those that are needed ("Options").
 * Those that were not added have their defaults.
 *
 * @param members in the order of their labels, as n8n's lint wants it
 * @returns checked values by name. Throws ParameterError when the collection is given as one
 *   expression, is none, or names what is not in it: what nobody reads would be ignored in silence
 */
export const options = <P extends Parameters>(
	facts: CollectionFacts,
	members: P,
): Parameter<Values<P>> => ({
	property: collectionOf(facts, members),
	check: (value) => {
		const entries = entriesOf(facts.displayName, value, members);
		return Object.fromEntries(
			Object.entries(members).map(([name, { property, check }]) => [
				name,
				check(property.name in entries ? entries[property.name] : property.default),
			]),
		) as Values<P>;
	},
});

/**
 * A collection of conditions of which the user adds some ("Filters"). Those that were not added are
 * undefined, and say nothing; one that was added and is empty is for its own check.
 *
 * @returns as `options`
 */
export const conditions = <P extends Parameters>(
	facts: CollectionFacts,
	members: P,
): Parameter<Partial<Values<P>>> => ({
	property: collectionOf(facts, members),
	check: (value) => {
		const entries = entriesOf(facts.displayName, value, members);
		return Object.fromEntries(
			Object.entries(members)
				.filter(([, { property }]) => property.name in entries)
				.map(([name, { property, check }]) => [name, check(entries[property.name])]),
		) as Partial<Values<P>>;
	},
});

/**
 * n8n hands on of a collection just the members that it knows, and of one that was given as a single
 * expression none: each member is looked for in the expression's text. So the first character of such
 * a text is a member, too, and by it the text is noticed instead of being lost in silence.
 */
const TEXT: INodeProperties = {
	displayName: 'Given as Text',
	name: '0',
	type: 'hidden',
	default: '',
};

const collectionOf = (facts: CollectionFacts, members: Parameters): INodeProperties => ({
	...facts,
	type: 'collection',
	default: {},
	options: [...Object.values(members).map(({ property }) => property), TEXT],
});

/** What was added, by the names of the members. */
const entriesOf = (label: string, value: unknown, members: Parameters): Entry => {
	const entries = objectOf(value);
	if (!entries) {
		throw new ParameterError(
			label,
			`is not a set of names and values: ${quote(value)}`,
			`Add them one by one, or give an object with some of: ${namesOf(members)}.`,
		);
	}
	if (TEXT.name in entries) {
		throw new ParameterError(
			label,
			'is given as one expression, which n8n does not hand on to nodes',
			`Add them one by one; each of them may be an expression: ${namesOf(members)}.`,
		);
	}
	const unknown = Object.keys(entries).find(
		(name) => !Object.values(members).some(({ property }) => property.name === name),
	);
	if (unknown === undefined) return entries;
	throw new ParameterError(
		label,
		`has an unknown name: ${quote(unknown)}`,
		`Use some of: ${namesOf(members)}.`,
	);
};

const namesOf = (members: Parameters) =>
	Object.values(members)
		.map(({ property }) => property.name)
		.join(', ');

/** An object, or one written as JSON; nothing is an empty one. */
export const objectOf = (value: unknown): Entry | undefined => {
	if (value === undefined || value === null || value === '') return {};
	if (isEntry(value)) return value;
	if (typeof value !== 'string') return undefined;
	try {
		const parsed: unknown = JSON.parse(value);
		return isEntry(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
};
