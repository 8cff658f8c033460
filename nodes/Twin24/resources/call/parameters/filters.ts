import { conditions } from '../../../parameters/collection';
import { CALL_ID_EXAMPLE, CALL_ID_REMEDY, idOf } from '../../../parameters/id';
import type { Parameter, ReadParameter } from '../../../parameters/parameter';
import { readOne } from '../../../parameters/parameter';
import { ParameterError, quote } from '../../../parameters/parameterError';
import { phone } from '../../../parameters/phone';
import { isEmpty, listOf, textOf } from '../../../parameters/plainValue';
import { CALL_STATUSES } from '../../../report/catalogue';
import { canonicalStatus } from '../../../report/proof';
import type { CallFilters } from '../../../report/query';
import { botIdFor } from '../../bot/botId';
import { taskIdFor } from '../../task/taskId';
import { otherFields } from './otherFields';

/** Several calls, each once. */
const callIds: Parameter<string[]> = {
	property: {
		displayName: 'Call IDs',
		name: 'callIds',
		type: 'string',
		placeholder: `e.g. ${CALL_ID_EXAMPLE}`,
		default: '',
		description:
			'One ID, several separated by commas, or an array from an expression. The period does not apply to them: they are found whenever they were.',
	},
	check: (value) => {
		const label = callIds.property.displayName;
		const ids = listOf(label, value).map((id) => idOf(label, id));
		if (ids.length > 0) return [...new Set(ids)];
		throw new ParameterError(
			label,
			'is empty',
			`Give one ID or more, or remove the filter. ${CALL_ID_REMEDY}`,
		);
	},
};

/** A word to search all fields for. */
const keyword: Parameter<string> = {
	property: {
		displayName: 'Keyword',
		name: 'keyword',
		type: 'string',
		placeholder: 'e.g. callback',
		default: '',
		description: 'A word to look for in all fields of a call',
	},
	check: (value) => {
		const label = keyword.property.displayName;
		const remedy = 'Type a word, or remove the filter.';
		if (isEmpty(value)) throw new ParameterError(label, 'is empty', remedy);
		const text = textOf(value);
		if (text !== undefined) return text;
		throw new ParameterError(label, `is not text: ${quote(value)}`, remedy);
	},
};

/** Statuses by their names in the catalogue, each once; never none, which would find calls of every status. */
const status: Parameter<string[]> = {
	property: {
		displayName: 'Status',
		name: 'status',
		type: 'multiOptions',
		options: CALL_STATUSES.map(({ value, label, description }) => ({
			name: label,
			value,
			description,
		})),
		default: ['ANSWERED'],
		description: 'How the dialling ended; calls with any of these',
	},
	check: (value) => {
		const label = status.property.displayName;
		const known = CALL_STATUSES.map((entry) => entry.value);
		const statuses = listOf(label, value).map((word) => canonicalStatus(word.toUpperCase()));
		const unknown = statuses.find((word) => !known.includes(word));
		if (unknown !== undefined) {
			throw new ParameterError(
				label,
				`has a value that TWIN24 does not know: ${quote(unknown)}`,
				`Use one or more of: ${known.join(', ')}.`,
			);
		}
		if (statuses.length > 0) return [...new Set(statuses)];
		throw new ParameterError(label, 'is empty', 'Choose one or more, or remove the filter.');
	},
};

const taskId = taskIdFor(
	'The dial task that the calls belong to',
	'Choose a task, or remove the filter.',
);

const botId = botIdFor('The bot that made the calls', 'Choose a bot, or remove the filter.');

/** Fields that have a filter of their own, with its label. */
const OWN_FILTERS = Object.fromEntries(
	Object.entries({ id: callIds, phone, status, taskId }).map(([field, { property }]) => [
		field,
		property.displayName,
	]),
);

/** Which calls by what they are. */
export const filters = conditions(
	{
		displayName: 'Filters',
		name: 'filters',
		placeholder: 'Add Filter',
		description: 'Only calls that all of these apply to',
	},
	{
		botId,
		callIds,
		keyword,
		otherFields: otherFields(OWN_FILTERS, [botId.property.name]),
		phone,
		status,
		taskId,
	},
);

/** The filters of a search, a count or a trigger. @throws ParameterError */
export const readFilters = (read: ReadParameter): CallFilters => {
	const given = readOne(read, filters);
	const { botId: bot, phone: number, taskId: task, keyword: word } = given;
	if (bot !== undefined && given.otherFields && 'botId' in given.otherFields) {
		throw new ParameterError(
			botId.property.displayName,
			'is given twice: as a filter and under Other Fields',
			'Remove it under Other Fields.',
		);
	}
	return {
		statuses: given.status ?? [],
		ids: given.callIds ?? [],
		...(word === undefined ? {} : { keyword: word }),
		equal: {
			...given.otherFields,
			...(bot === undefined ? {} : { botId: bot }),
			...(number === undefined ? {} : { phone: number }),
			...(task === undefined ? {} : { taskId: task }),
		},
	};
};
