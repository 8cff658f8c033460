import type { ReadParameter } from '../../parameters/parameter';
import { readOne } from '../../parameters/parameter';
import { ParameterError } from '../../parameters/parameterError';
import type { CallFilters } from '../../report/query';
import { readFields } from '../../resources/call/parameters/fieldSet';
import { readFilters } from '../../resources/call/parameters/filters';
import type { CallEvent } from './events';
import { eventOf, isFinal } from './events';
import { event, triggerOptions } from './parameters';

const MINUTE = 60_000;

export interface TriggerSettings {
	event: CallEvent;
	/** Names of the fields to hand on. */
	fields: string[];
	filters: CallFilters;
	/** Milliseconds. */
	overlap: number;
	parallelRequests: number;
}

/** The trigger's parameters, checked as a search's are. @throws ParameterError */
export const readSettings = (read: ReadParameter): TriggerSettings => {
	const { overlapMinutes, parallelRequests } = readOne(read, triggerOptions);
	const watched = eventOf(readOne(read, event));
	const filters = readFilters(read);
	const { statuses } = filters;
	if (watched.name === 'finished' && statuses.length > 0 && !statuses.some(isFinal)) {
		throw new ParameterError(
			'Status',
			'names no status with which a call is over',
			`Choose another status, or another event under "${event.property.displayName}".`,
		);
	}
	return {
		event: watched,
		fields: readFields(read),
		filters,
		overlap: overlapMinutes * MINUTE,
		parallelRequests,
	};
};
