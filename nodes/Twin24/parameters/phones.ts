import type { Parameter } from './parameter';
import { ParameterError } from './parameterError';
import { phone, phoneOf } from './phone';
import { listOf } from './plainValue';

/** The phone numbers of one person, each once: the first is dialled first. */
export const phones: Parameter<string[]> = {
	property: {
		...phone.property,
		description:
			'Phone number of the person, written in any usual way. Several numbers of the same person: separated by commas, or an array from an expression.',
	},
	check: (value) => {
		const label = phone.property.displayName;
		const numbers = listOf(label, value).map((one) => phoneOf(label, one));
		if (numbers.length > 0) return [...new Set(numbers)];
		throw new ParameterError(
			label,
			'is empty',
			'Give the number with its country code, e.g. +7 999 999-99-99.',
		);
	},
};
