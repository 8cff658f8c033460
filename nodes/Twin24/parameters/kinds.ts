import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Parameter } from './parameter';
import { ParameterError, quote } from './parameterError';
import { isEmpty } from './plainValue';

/** What every kind of parameter needs to be told. */
type Facts = Pick<INodeProperties, 'displayName' | 'name' | 'description'> &
	Partial<Pick<INodeProperties, 'displayOptions' | 'hint' | 'placeholder' | 'noDataExpression'>>;

/** @throws ParameterError when it is not a whole number from `min` to `max` */
export const wholeNumber = ({
	min,
	max = Number.MAX_SAFE_INTEGER,
	...facts
}: Facts & { default: number; min: number; max?: number }): Parameter<number> => {
	const isOpen = max === Number.MAX_SAFE_INTEGER;
	const range = isOpen ? `${min} or more` : `from ${min} to ${max}`;
	return {
		property: {
			...facts,
			type: 'number',
			typeOptions: { minValue: min, ...(isOpen ? {} : { maxValue: max }) },
		},
		check: (value) => {
			const number =
				typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : value;
			if (
				typeof number === 'number' &&
				Number.isInteger(number) &&
				number >= min &&
				number <= max
			) {
				return number;
			}
			throw new ParameterError(
				facts.displayName,
				`is ${quote(value)}`,
				`Give a whole number, ${range}.`,
			);
		},
	};
};

/** One value of several. */
type Choice<V extends string> = INodePropertyOptions & { value: V };

/** One of these values. @throws ParameterError when it is none of them */
export const oneOf = <V extends string>(
	label: string,
	allowed: readonly V[],
	value: unknown,
): V => {
	if (allowed.includes(value as V)) return value as V;
	throw new ParameterError(label, `is ${quote(value)}`, `Choose one of: ${allowed.join(', ')}.`);
};

/** A choice of one, shown as a list. @throws ParameterError when it is none of them */
export const choice = <V extends string>({
	options,
	...facts
}: Facts & { default: NoInfer<V>; options: ReadonlyArray<Choice<V>> }): Parameter<V> => {
	const allowed = options.map(({ value }) => value);
	return {
		property: { ...facts, type: 'options', options: [...options] },
		check: (value) => oneOf(facts.displayName, allowed, value),
	};
};

/** Words that an expression may give for a switch. */
const SWITCH = new Map<unknown, boolean>([
	[true, true],
	[false, false],
	['true', true],
	['false', false],
]);

/** A switch. @throws ParameterError when it is neither on nor off */
export const flag = (facts: Facts & { default: boolean }): Parameter<boolean> => ({
	property: { ...facts, type: 'boolean' },
	check: (value) => {
		const known = isEmpty(value) ? facts.default : SWITCH.get(value);
		if (known !== undefined) return known;
		throw new ParameterError(facts.displayName, `is ${quote(value)}`, 'Give true or false.');
	},
});
