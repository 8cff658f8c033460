import { DateTime, IANAZone } from 'luxon';

import type { Period } from '../../../paging/page';
import { ParameterError, quote } from './parameterError';

export const PRESETS = [
	'today',
	'yesterday',
	'last24Hours',
	'last7Days',
	'last30Days',
	'thisMonth',
	'lastMonth',
	'allTime',
] as const;
export type Preset = (typeof PRESETS)[number];

const START_OF: Record<Preset, (now: DateTime) => [from: DateTime | undefined, to: DateTime]> = {
	today: (now) => [now.startOf('day'), now],
	yesterday: (now) => [now.minus({ days: 1 }).startOf('day'), now.startOf('day')],
	last24Hours: (now) => [now.minus({ hours: 24 }), now],
	last7Days: (now) => [now.minus({ days: 7 }), now],
	last30Days: (now) => [now.minus({ days: 30 }), now],
	thisMonth: (now) => [now.startOf('month'), now],
	lastMonth: (now) => [now.minus({ months: 1 }).startOf('month'), now.startOf('month')],
	allTime: (now) => [undefined, now],
};

/**
 * What a person types for the end of a day means all of that day: the date alone, or its last second.
 * Times with an offset come from a program and are taken to the letter, so that periods can touch.
 */
const END_OF_DAY = /^\d{4}-?\d{2}-?\d{2}([T ]23:?59:?59([.,]9+)?)?$/;

/** A text that names a day. Luxon would also take "12:30" as today's, and "2026" as its first day. */
const NAMES_A_DAY = /^\d{4}-?(\d{2}-?\d{2}|W\d{2}-?\d|\d{3})([T ]|$)/;

/**
 * The half-open period that the parameters name.
 *
 * @param zone IANA name of the zone whose days and months count, and in which dates without an offset are read
 * @param from,to only for `custom`: ISO 8601 or SQL text, a Date, or a luxon DateTime; `to` may be empty: now
 * @param now epoch milliseconds; an end after it means now
 * @throws ParameterError when a date is none, or the period ends before it begins
 */
export const resolvePeriod = (
	preset: unknown,
	{ from, to }: { from?: unknown; to?: unknown },
	zone: string,
	now: number,
): Period => {
	const here = DateTime.fromMillis(now, { zone });
	if (preset !== 'custom') {
		if (!PRESETS.includes(preset as Preset)) {
			throw new ParameterError(
				'Period',
				`is ${quote(preset)}`,
				`Choose one of: ${[...PRESETS, 'custom'].join(', ')}.`,
			);
		}
		const [start, end] = START_OF[preset as Preset](here);
		return { ...(start ? { from: start.toMillis() } : {}), to: end.toMillis() };
	}

	if (isEmpty(from))
		throw new ParameterError(
			'From',
			'is empty',
			'Pick the date and time at which the period begins.',
		);
	const start = readDate('From', from, zone);
	const end = isEmpty(to) ? here : endOf(readDate('To', to, zone), to);
	if (start >= here) {
		throw new ParameterError(
			'From',
			`is in the future (${show(start)})`,
			'Pick a date that has passed: there are no calls yet.',
		);
	}
	if (!isEmpty(to) && end <= start) {
		throw new ParameterError(
			'From',
			`(${show(start)}) is not before "To" (${show(end)})`,
			'Swap the two dates, or pick others.',
		);
	}
	return { from: start.toMillis(), to: Math.min(end.toMillis(), now) };
};

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

const show = (date: DateTime) => date.toISO({ suppressMilliseconds: true });

const endOf = (date: DateTime, written: unknown): DateTime =>
	typeof written === 'string' && END_OF_DAY.test(written.trim())
		? date.plus({ days: 1 }).startOf('day')
		: date;

const readDate = (label: string, value: unknown, zone: string): DateTime => {
	const date = parseDate(value, zone);
	if (!date?.isValid) {
		throw new ParameterError(
			label,
			`is not a date: ${quote(value)}`,
			'Pick one, or give it as e.g. 2026-03-01T09:00:00 or 2026-03-01T09:00:00+03:00.',
		);
	}
	if (date.year < 2000 || date.year > 2100) {
		throw new ParameterError(
			label,
			`is in the year ${date.year}`,
			'Pick a year between 2000 and 2100.',
		);
	}
	return date;
};

const parseDate = (value: unknown, zone: string): DateTime | undefined => {
	if (value instanceof Date) return DateTime.fromJSDate(value, { zone });
	// Not `instanceof`: an expression's DateTime comes from n8n's own copy of luxon.
	if (typeof value === 'object' && value !== null && 'toISO' in value) {
		return DateTime.fromISO(String((value as { toISO(): unknown }).toISO()), { zone });
	}
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	if (!NAMES_A_DAY.test(text)) return undefined;
	const iso = DateTime.fromISO(text, { zone });
	return iso.isValid ? iso : DateTime.fromSQL(text, { zone });
};

/**
 * The zone whose days count: the one given, or else the workflow's.
 * @throws ParameterError when it is no zone
 */
export const resolveZone = (timezone: unknown, workflowZone: string): string => {
	if (isEmpty(timezone)) return workflowZone;
	if (typeof timezone !== 'string' || !IANAZone.isValidZone(timezone.trim())) {
		throw new ParameterError(
			'Timezone',
			`is not a time zone: ${quote(timezone)}`,
			'Give its name, e.g. Europe/Moscow or Asia/Yekaterinburg.',
		);
	}
	return timezone.trim();
};
