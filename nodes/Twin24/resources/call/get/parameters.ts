import { options } from '../../../parameters/collection';
import { CALL_ID_EXAMPLE, idOf } from '../../../parameters/id';
import { wholeNumber } from '../../../parameters/kinds';
import { parallelRequests } from '../../../parameters/parallelRequests';
import type { Parameter } from '../../../parameters/parameter';

/** The parameters that only a get has. */

export const callId: Parameter<string> = {
	property: {
		displayName: 'Call ID',
		name: 'callId',
		type: 'string',
		placeholder: `e.g. ${CALL_ID_EXAMPLE}`,
		required: true,
		default: '',
		description: 'ID of the call, as a search or an event gives it',
	},
	check: (value) => idOf(callId.property.displayName, value),
};

const waitMinutes = wholeNumber({
	displayName: 'Wait Minutes',
	name: 'waitMinutes',
	min: 0,
	max: 15,
	default: 0,
	description:
		'For how many minutes to ask again when TWIN24 does not know the call yet. A call reaches the report some time after it ended, e.g. after its event.',
});

export const getOptions = options(
	{ displayName: 'Options', name: 'options', placeholder: 'Add Option' },
	{ parallelRequests, waitMinutes },
);
