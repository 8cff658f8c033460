import { options } from '../../parameters/collection';
import { choice, wholeNumber } from '../../parameters/kinds';
import { parallelRequests } from '../../parameters/parallelRequests';
import { CALL_EVENTS } from './events';

/** The parameters that only this trigger has. */

export const event = choice({
	displayName: 'Trigger On',
	name: 'event',
	noDataExpression: true,
	options: CALL_EVENTS.map(({ label, name, description }) => ({
		name: label,
		value: name,
		description,
	})),
	default: 'finished',
	description: 'What starts the workflow',
});

const overlapMinutes = wholeNumber({
	displayName: 'Overlap Minutes',
	name: 'overlapMinutes',
	min: 1,
	max: 1440,
	default: 10,
	description:
		'For how many minutes after its time a call may still reach the report and be found. Every poll reads that much again; no call starts the workflow twice for it.',
});

export const triggerOptions = options(
	{ displayName: 'Options', name: 'options', placeholder: 'Add Option' },
	{ overlapMinutes, parallelRequests },
);
