import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { namesIn } from '../callQuery';
import { FILTERS, otherFieldsOf } from '../routing';
import { ParameterError } from '../values/parameterError';
import { fieldsOf, wholeNumberOf } from '../values/selection';
import type { CallEvent } from './events';
import { eventOf, isFinal } from './events';

const MINUTE = 60_000;

export interface TriggerSettings {
	event: CallEvent;
	/** Names of the fields to hand on. */
	fields: string[];
	/** Query parameters of the calls report, checked. */
	filters: IDataObject;
	/** Milliseconds. */
	overlap: number;
	parallelRequests: number;
}

/**
 * The trigger's parameters, checked by the functions that check a search's.
 * @throws ParameterError that names the parameter
 */
export const readTrigger = (context: IPollFunctions): TriggerSettings => {
	const { overlapMinutes = 10, parallelRequests = 4 } = context.getNodeParameter(
		'options',
		{},
	) as IDataObject;
	const event = eventOf(context.getNodeParameter('event', 'finished'));
	const filters = filtersOf(context.getNodeParameter('filters', {}) as IDataObject);
	const statuses = namesIn(filters.status as string | undefined);
	if (event.name === 'finished' && statuses.length > 0 && !statuses.some(isFinal)) {
		throw new ParameterError(
			'Status',
			'names no status with which a call is over',
			'Choose another status, or another event under "Trigger On".',
		);
	}
	return {
		event,
		fields: fieldsOf(
			context.getNodeParameter('fieldSet', 'simplified'),
			context.getNodeParameter('fields', []),
		),
		filters,
		overlap: wholeNumberOf('Overlap Minutes', overlapMinutes, 1, 1440) * MINUTE,
		parallelRequests: wholeNumberOf('Parallel Requests', parallelRequests, 1, 10),
	};
};

const filtersOf = ({ otherFields, ...chosen }: IDataObject): IDataObject => {
	const query: IDataObject = {};
	for (const [name, value] of Object.entries(chosen)) {
		const filter = FILTERS[name];
		if (filter) query[filter.property] = filter.check(valueOf(value));
	}
	return { ...query, ...otherFieldsOf(otherFields) };
};

/** What a resource locator points to; anything else is its own value. */
const valueOf = (value: unknown): unknown =>
	typeof value === 'object' && value !== null && '__rl' in value
		? (value as { value?: unknown }).value
		: value;
