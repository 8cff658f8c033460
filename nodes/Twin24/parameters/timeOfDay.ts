import type { INodeProperties } from 'n8n-workflow';

import type { Parameter } from './parameter';
import { ParameterError, quote } from './parameterError';

const TIME = /^(\d{1,2}):(\d\d)$/;

/** A time of day as HH:MM; 24:00 is the end of the day. @returns seconds since midnight */
export const timeOfDay = (
	facts: Pick<INodeProperties, 'displayName' | 'name' | 'description'> & { default: string },
): Parameter<number> => ({
	property: { ...facts, type: 'string', placeholder: `e.g. ${facts.default}` },
	check: (value) => {
		const [, hours, minutes] = (typeof value === 'string' && TIME.exec(value.trim())) || [];
		const seconds = Number(hours) * 3600 + Number(minutes) * 60;
		if (Number(minutes) < 60 && seconds <= 24 * 3600) return seconds;
		throw new ParameterError(
			facts.displayName,
			`is no time of day: ${quote(value)}`,
			`Give hours and minutes, e.g. ${facts.default}.`,
		);
	},
});
