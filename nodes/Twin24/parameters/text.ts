import type { INodeProperties } from 'n8n-workflow';

import type { Parameter } from './parameter';
import { ParameterError, quote } from './parameterError';
import { isEmpty, textOf } from './plainValue';

type Facts = Pick<INodeProperties, 'displayName' | 'name' | 'description'> &
	Partial<Pick<INodeProperties, 'displayOptions' | 'hint' | 'placeholder' | 'typeOptions'>>;

/** Text that there must be. @throws ParameterError when it is empty or no text */
export const filledText = ({
	remedy,
	...facts
}: Facts & {
	/** What to do where it is empty. */
	remedy: string;
}): Parameter<string> => ({
	property: { ...facts, type: 'string', default: '' },
	check: (value) => {
		if (isEmpty(value)) throw new ParameterError(facts.displayName, 'is empty', remedy);
		return plainTextOf(facts.displayName, value);
	},
});

/**
 * What an expression gives as text or number, as text. The NUL character is refused: databases on the
 * way of such a text cut it off there, or refuse it.
 * @throws ParameterError
 */
export const plainTextOf = (label: string, value: unknown): string => {
	const text = textOf(value);
	if (text === undefined)
		throw new ParameterError(label, `is no text: ${quote(value)}`, 'Give a text or a number.');
	if (text.includes('\0'))
		throw new ParameterError(label, 'has a NUL character in it', 'Remove the character (\\u0000).');
	return text;
};
