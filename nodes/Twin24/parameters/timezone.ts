import { IANAZone } from 'luxon';

import type { Parameter } from './parameter';
import { ParameterError, quote } from './parameterError';
import { isEmpty } from './plainValue';

/** The time zone whose days, months and dates count; undefined: the workflow's. */
export const timezone: Parameter<string | undefined> = {
	property: {
		displayName: 'Timezone',
		name: 'timezone',
		type: 'string',
		placeholder: 'e.g. Europe/Moscow',
		default: '',
		description:
			"Time zone of days, months and dates. Empty: the workflow's, which you see and change in the workflow's settings.",
	},
	check: (value) => {
		if (isEmpty(value)) return undefined;
		if (typeof value === 'string' && IANAZone.isValidZone(value.trim())) return value.trim();
		throw new ParameterError(
			timezone.property.displayName,
			`is not a time zone: ${quote(value)}`,
			'Give its name, e.g. Europe/Moscow or Asia/Yekaterinburg.',
		);
	},
};
