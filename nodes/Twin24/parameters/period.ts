import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';

import { choice } from './kinds';
import type { ReadParameter } from './parameter';
import { readOne } from './parameter';
import { ParameterError, quote } from './parameterError';
import { isEmpty } from './plainValue';

/** Half-open, epoch milliseconds; without `from` it is open to the past. */
export interface ResolvedPeriod {
	from?: number;
	to: number;
}

interface Preset {
	name: string;
	description: string;
	/** Its ends, for a moment in the zone whose days count. */
	ends: (now: DateTime) => [from: DateTime | undefined, to: DateTime];
}

/** In the order of length, which serves better than that of the alphabet. */
const PRESETS = {
	today: {
		name: 'Today',
		description: 'From midnight until now',
		ends: (now) => [now.startOf('day'), now],
	},
	yesterday: {
		name: 'Yesterday',
		description: 'From midnight to midnight',
		ends: (now) => [now.minus({ days: 1 }).startOf('day'), now.startOf('day')],
	},
	last24Hours: {
		name: 'Last 24 Hours',
		description: 'From this time yesterday until now',
		ends: (now) => [now.minus({ hours: 24 }), now],
	},
	last7Days: {
		name: 'Last 7 Days',
		description: 'From this time seven days ago until now',
		ends: (now) => [now.minus({ days: 7 }), now],
	},
	last30Days: {
		name: 'Last 30 Days',
		description: 'From this time 30 days ago until now',
		ends: (now) => [now.minus({ days: 30 }), now],
	},
	thisMonth: {
		name: 'This Month',
		description: 'From the first of this month until now',
		ends: (now) => [now.startOf('month'), now],
	},
	lastMonth: {
		name: 'Last Month',
		description: 'The whole of the previous month',
		ends: (now) => [now.minus({ months: 1 }).startOf('month'), now.startOf('month')],
	},
	allTime: {
		name: 'All Time',
		description: 'Every call until now',
		ends: (now) => [undefined, now],
	},
} satisfies Record<string, Preset>;

type PresetName = keyof typeof PRESETS;

const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];

const period = choice<PresetName | 'custom'>({
	displayName: 'Period',
	name: 'period',
	options: [
		...PRESET_NAMES.map((value) => {
			const { name, description } = PRESETS[value];
			return { name, value, description };
		}),
		{ name: 'Custom', value: 'custom', description: 'Between two dates of your choice' },
	],
	default: 'last7Days',
	description:
		"Which calls by time. Days and months are those of the workflow's time zone (in its settings; without one there, that of your n8n, New York unless it was set up otherwise), or of Timezone under Options.",
});

const custom = { show: { period: ['custom'] } };

// Not `required`: with a Period from an expression n8n would miss it although it is not shown.
const from: INodeProperties = {
	displayName: 'From',
	name: 'from',
	type: 'dateTime',
	displayOptions: custom,
	default: '',
	description: 'Begin of the period; a call of exactly this time belongs to it',
};

const to: INodeProperties = {
	displayName: 'To',
	name: 'to',
	type: 'dateTime',
	displayOptions: custom,
	default: '',
	description:
		'End of the period; a call of exactly this time belongs to the next one. Empty: now. A date alone, 23:59 or 23:59:59 means until the end of that day.',
};

/** Which calls by time. */
export const periodProperties: INodeProperties[] = [period.property, from, to];

/**
 * The half-open period that the parameters name.
 *
 * @param zone IANA name of the zone whose days and months count, and in which dates without an offset are read
 * @param now epoch milliseconds; an end after it means now
 * @throws ParameterError when a date is none, or the period ends before it begins
 */
export const readPeriod = (read: ReadParameter, zone: string, now: number): ResolvedPeriod => {
	const here = DateTime.fromMillis(now, { zone });
	const name = readOne(read, period);
	if (name === 'custom') return customPeriod(read(from.name, ''), read(to.name, ''), here, zone);
	const [start, end] = PRESETS[name].ends(here);
	return { ...(start ? { from: start.toMillis() } : {}), to: end.toMillis() };
};

const customPeriod = (
	begin: unknown,
	finish: unknown,
	now: DateTime,
	zone: string,
): ResolvedPeriod => {
	if (isEmpty(begin)) {
		throw new ParameterError(
			from.displayName,
			'is empty',
			'Pick the date and time at which the period begins.',
		);
	}
	const start = readDate(from.displayName, begin, zone).moment;
	const end = isEmpty(finish) ? now : endOf(readDate(to.displayName, finish, zone));
	if (start >= now) {
		throw new ParameterError(
			from.displayName,
			`is in the future (${show(start)})`,
			'Pick a date that has passed: there are no calls yet.',
		);
	}
	if (!isEmpty(finish) && end <= start) {
		throw new ParameterError(
			from.displayName,
			`(${show(start)}) is not before "${to.displayName}" (${show(end)})`,
			'Swap the two dates, or pick others.',
		);
	}
	return { from: start.toMillis(), to: Math.min(end.toMillis(), now.toMillis()) };
};

const show = (date: DateTime) => date.toISO({ suppressMilliseconds: true });

/** A moment, by its own clock: its own offset where it has one. */
interface Written {
	moment: DateTime;
	/** Whether it is a day without a time of day. */
	isDay: boolean;
	/** Whether milliseconds were written that are not those of the end of a second. */
	isExact: boolean;
}

/** What a person gives for the end of a day means all of that day. */
const endOf = ({ moment, isDay, isExact }: Written): DateTime => {
	const { hour, minute, second } = moment;
	const isLastMinute = hour === 23 && minute === 59 && (second === 0 || second === 59);
	return isDay || (isLastMinute && !isExact) ? moment.plus({ days: 1 }).startOf('day') : moment;
};

/** A text that names a day. Luxon would also take "12:30" as today's, and "2026" as its first day. */
const NAMES_A_DAY = /^\d{4}-?(\d{2}-?\d{2}|W\d{2}-?\d|\d{3})([T ]|$)/;

/** Milliseconds that a program wrote, other than 999… */
const EXACT = /\d{2}[.,](?!9+(?:\D|$))\d+/;

const readDate = (label: string, value: unknown, zone: string): Written => {
	const date = parseDate(value, zone);
	if (!date?.moment.isValid) {
		throw new ParameterError(
			label,
			`is not a date: ${quote(value)}`,
			'Pick one, or give it as e.g. 2026-03-01T09:00:00 or 2026-03-01T09:00:00+03:00.',
		);
	}
	const { year } = date.moment;
	if (year < 2000 || year > 2100) {
		throw new ParameterError(label, `is in the year ${year}`, 'Pick a year between 2000 and 2100.');
	}
	return date;
};

const parseDate = (value: unknown, zone: string): Written | undefined => {
	if (value instanceof Date) {
		return { moment: DateTime.fromJSDate(value, { zone }), isDay: false, isExact: false };
	}
	// Not `instanceof`: an expression's DateTime comes from n8n's own copy of luxon.
	if (typeof value === 'object' && value !== null && 'toISO' in value) {
		const text = String((value as { toISO(): unknown }).toISO());
		return {
			moment: DateTime.fromISO(text, { zone, setZone: true }),
			isDay: false,
			isExact: false,
		};
	}
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	if (!NAMES_A_DAY.test(text)) return undefined;
	const iso = DateTime.fromISO(text, { zone, setZone: true });
	const moment = iso.isValid ? iso : DateTime.fromSQL(text, { zone, setZone: true });
	return { moment, isDay: !/[T ]/.test(text), isExact: EXACT.test(text) };
};

/**
 * A moment as "From" and "To" read it to the letter: ISO 8601 with the offset of the zone, and with
 * milliseconds only where it would otherwise be taken for the end of a day.
 */
export const writtenMoment = (moment: number, zone: string): string => {
	const date = DateTime.fromMillis(moment, { zone });
	const { hour, minute, millisecond } = date;
	const looksLikeEndOfDay = hour === 23 && minute === 59 && millisecond === 0;
	return date.toISO({ suppressMilliseconds: !looksLikeEndOfDay })!;
};

/** A period as an item tells it, to be read back by "From" and "To"; null for all time's beginning. */
export const writtenPeriod = ({ from: start, to: end }: ResolvedPeriod, zone: string) => ({
	from: start === undefined ? null : writtenMoment(start, zone),
	to: writtenMoment(end, zone),
});
