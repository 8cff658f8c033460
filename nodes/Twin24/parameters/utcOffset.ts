import { DateTime, IANAZone } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';

import type { Parameter } from './parameter';
import { ParameterError, quote } from './parameterError';
import { isEmpty } from './plainValue';

/** E.g. +7, +07:00, -0330, UTC+5, GMT. */
const OFFSET = /^(?:UTC|GMT)?(?:([+-])(\d{1,2})(?::?(\d\d))?)?$/i;

/** The zones there are, in minutes: from UTC-12 to UTC+14. */
const [EARLIEST, LATEST] = [-12 * 60, 14 * 60];

const REMEDY = 'Give its name, e.g. Asia/Yekaterinburg, or its offset from UTC, e.g. +05:00.';

/**
 * The minutes by which a person's clock is ahead of UTC, now; undefined when nothing is given.
 * A bare number is refused: it could be hours, minutes or seconds, and a wrong guess rings at night.
 */
export const utcOffset = (
	facts: Pick<INodeProperties, 'displayName' | 'name' | 'description'>,
): Parameter<number | undefined> => ({
	property: { ...facts, type: 'string', placeholder: 'e.g. Asia/Yekaterinburg', default: '' },
	check: (value) => {
		if (isEmpty(value)) return undefined;
		const text = typeof value === 'string' ? value.trim() : '';
		const minutes = /^z$/i.test(text) ? 0 : (offsetIn(text) ?? offsetOfZone(text));
		if (minutes !== undefined && minutes >= EARLIEST && minutes <= LATEST) return minutes;
		throw new ParameterError(facts.displayName, `is not a time zone: ${quote(value)}`, REMEDY);
	},
});

const offsetIn = (text: string): number | undefined => {
	const [written, sign, hours = '0', minutes = '0'] = OFFSET.exec(text) ?? [];
	if (!written || Number(minutes) > 59) return undefined;
	return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) + 0;
};

const offsetOfZone = (name: string): number | undefined =>
	IANAZone.isValidZone(name) ? DateTime.now().setZone(name).offset : undefined;
