import { conditions } from '../../../parameters/collection';
import type { Parameter } from '../../../parameters/parameter';
import { ParameterError, quote } from '../../../parameters/parameterError';
import { listOf } from '../../../parameters/plainValue';
import { filledText } from '../../../parameters/text';
import { TASK_STATUSES } from '../api';

/** The parameters that only a list of tasks has. */

const keyword = filledText({
	displayName: 'Keyword',
	name: 'keyword',
	placeholder: 'e.g. survey',
	description: 'Part of the name of a task, or its ID',
	remedy: 'Type a word, or remove the filter.',
});

/** A word that TWIN24 may know though we do not: that for a task that is done is not documented. */
const WORD = /^[A-Z_]+$/;

const status: Parameter<string[]> = {
	property: {
		displayName: 'Status',
		name: 'status',
		type: 'multiOptions',
		options: TASK_STATUSES,
		default: ['PROCESS'],
		description:
			'What the task does; tasks with any of these. An expression may name other statuses, too.',
	},
	check: (value) => {
		const label = status.property.displayName;
		const words = listOf(label, value).map((word) => word.toUpperCase());
		const strange = words.find((word) => !WORD.test(word));
		if (strange !== undefined) {
			throw new ParameterError(
				label,
				`has a value that is no status: ${quote(strange)}`,
				`Use one or more of: ${TASK_STATUSES.map((known) => known.value).join(', ')}.`,
			);
		}
		if (words.length > 0) return [...new Set(words)];
		throw new ParameterError(label, 'is empty', 'Choose one or more, or remove the filter.');
	},
};

/** Which tasks. */
export const filters = conditions(
	{
		displayName: 'Filters',
		name: 'filters',
		placeholder: 'Add Filter',
		description: 'Only tasks that all of these apply to',
	},
	{ keyword, status },
);
