import {
	FIELD_NAMES,
	MAX_PAGE_SIZE,
	MAX_ROWS_PER_PERIOD,
} from '../../nodes/Twin24/report/catalogue';
import { parseMicros } from './time';

/** One reading: what it may be (the first value is the default) and the unsure fact it stands for. */
interface Choice<V extends string | number | boolean> {
	kind: 'choice';
	fact: string;
	values: readonly V[];
	preset: V;
}

interface Whole {
	kind: 'whole';
	fact: string;
	least: number;
	most: number;
	preset: number;
}

interface Text {
	kind: 'text';
	fact: string;
	/** What it looks like, in words, and whether a text does. */
	form: string;
	fits: (text: string) => boolean;
	preset: string;
}

interface Names {
	kind: 'names';
	fact: string;
	values: readonly string[];
	preset: readonly string[];
}

export type Reading = Choice<string | number | boolean> | Whole | Text | Names;

const choice = <const V extends string | number | boolean>(
	fact: string,
	...values: readonly [V, ...V[]]
): Choice<V> => ({ kind: 'choice', fact, values, preset: values[0] });

const whole = (fact: string, preset: number, least: number, most: number): Whole => ({
	kind: 'whole',
	fact,
	preset,
	least,
	most,
});

const text = (fact: string, form: string, fits: (text: string) => boolean): Text => ({
	kind: 'text',
	fact,
	form,
	fits,
	preset: '',
});

const names = (fact: string, values: readonly string[]): Names => ({
	kind: 'names',
	fact,
	values,
	preset: [],
});

/** Parameters of the report that filter by content, and so may be ignored or refused. */
const FILTERS = [...FIELD_NAMES, 'keyword'];

/**
 * How the API is read where its documents leave room. Each is a setting, so that a client can be
 * shown to work under every one of them; the first value, the default, is the likeliest or the one
 * that the documents name. The command line, the control `readings` and `EmulatorOptions` set them.
 */
export const READINGS = {
	// The period
	from: choice('Whether a call exactly at `from` belongs to the period', 'inclusive', 'exclusive'),
	to: choice('Whether a call exactly at `to` belongs to the period', 'inclusive', 'exclusive'),
	compareToTheSecond: choice(
		'Whether times are cut to the second before they are compared with the period',
		false,
		true,
	),
	periodFractions: choice(
		'A `from` or `to` with digits after the second (documented is: to the second)',
		'error',
		'accepted',
		'truncated',
	),
	timeless: choice(
		'When calls without the time that the period is about are let through: no end of it is sent, no `from` is sent, never',
		'withoutPeriod',
		'withoutFrom',
		'never',
	),

	// Counts and pages
	count: choice(
		"What `count` says: all that match; at most `countCap`; the page's rows; nothing; one more than can be read; every call of the account",
		'total',
		'capped',
		'page',
		'absent',
		'oneTooMany',
		'account',
	),
	countCap: whole(
		'Where a capped `count` stops; 0: at `maxRowsPerPeriod`, so that rows and count end together',
		0,
		0,
		1e9,
	),
	maxRowsPerPeriod: whole(
		'The most rows that can be had for one period',
		MAX_ROWS_PER_PERIOD,
		1,
		1e9,
	),
	pastCap: choice(
		'When offset + limit goes past the cap: a 400, or no rows beyond it',
		'error',
		'empty',
	),
	maxPageSize: whole('The largest `limit`', MAX_PAGE_SIZE, 1, 1e6),
	overLimit: choice('A larger `limit`: a 400, or silently the largest', 'error', 'clamped'),
	pageFrom: choice('The number of the first `page`', 0, 1),
	pageWithOffset: choice(
		'`page` beside `offset`: the first page starts at the offset; a 400; only one of them counts',
		'added',
		'error',
		'offsetOnly',
		'pageOnly',
	),
	emptyItems: choice('`items` of a page without rows', 'array', 'null'),

	// Order
	sorting: choice(
		'Whether `sort` is obeyed: wholly, not at all (latest created first), or without its `-`',
		'obeyed',
		'ignored',
		'directionIgnored',
	),
	tieOrder: choice(
		'Rows with equal sort keys: in one order; in another for each page, the same when that page is asked for again; in another in every answer; in another one order where more match than can be had',
		'stable',
		'perPage',
		'unstable',
		'aboveCap',
	),
	nulls: choice(
		'Where rows without the sort key stand: last or first in both directions; last ascending and first descending; the other way round',
		'last',
		'first',
		'lastAscending',
		'firstAscending',
	),

	// Filters
	answered: choice(
		'The filter value that finds answered calls; rows always carry ANSWERED',
		'ANSWERED',
		'ANSWER',
		'both',
	),
	unknownStatus: choice(
		'A status that does not exist: finds nothing, is left out of the list, or brings a 400',
		'matchesNothing',
		'dropped',
		'error',
	),
	statusFilter: choice('Whether `status` takes a list with commas, or one', 'list', 'single'),
	idFilter: choice(
		'Whether `id` takes a list with commas, is taken as one, or brings a 400 for a list',
		'list',
		'single',
		'error',
	),
	otherFilters: choice(
		'`name=value` for fields without a documented filter',
		'exact',
		'ignored',
		'error',
	),
	filtersIgnored: names('Filters, by name, that change nothing', FILTERS),
	filtersRefused: names('Filters, by name, that bring a 400', FILTERS),
	unknownFilter: choice('A parameter that nobody knows', 'ignored', 'error'),

	// Fields
	fieldsRequired: choice('Whether a request without `fields` brings a 400', false, true),
	extraFields: choice('`markers` and `dialogId` in `fields`', 'known', 'error', 'ignored'),
	unknownField: choice('A field that nobody knows in `fields`', 'error', 'ignored'),

	// Files
	fileLimit: choice(
		'Whether `limit` applies to files; otherwise they hold all rows up to the cap',
		true,
		false,
	),
	csvDelimiter: choice('The delimiter of output=CSV', ',', ';'),
	csvBom: choice('Whether output=CSV begins with a byte order mark', false, true),
	csvExcel: choice(
		'output=CSV_EXCEL (byte order mark, semicolon): a 422, such a file, or JSON',
		'error',
		'known',
		'json',
	),

	// Clocks
	clock: choice(
		"startedAt, updatedAt and the messages' times: true; shown `clockLead` ahead and marked Z, and compared as shown; shown so and compared truly",
		'utc',
		'moscowShown',
		'moscowShownFilterTrue',
	),
	clockLead: whole('By how many seconds they are ahead', 3 * 3600, -86_400, 86_400),
	clockWriters: choice(
		'Which calls carry such times: all, or all but those that were final without being dialled',
		'all',
		'dialled',
	),
	clockCorrectedAt: text(
		'The moment at which the vendor puts the clock right; empty: never',
		'an ISO 8601 time with offset, or nothing',
		(value) => value === '' || parseMicros(value) !== undefined,
	),
	clockCorrects: choice(
		'What is right from that moment on: every time there is, or the times after it',
		'everything',
		'newTimes',
	),

	// Hosts and login
	hosts: choice(
		'Which addresses answer: both kinds; /api/v1/… only (a host for each service); /SERVICE/api/v1/… only (one host)',
		'both',
		'separate',
		'oneHost',
	),
	pathPrefix: text(
		'A path in front of all addresses, e.g. /twin',
		'a path that begins with a slash and ends without one, or nothing',
		(value) => value === '' || /^(\/[\w.~-]+)+$/.test(value),
	),
	loginPassword: choice('The password in the login: as typed, or its MD5', 'plain', 'md5'),

	// People and tasks
	singleAnswer: choice(
		'What is answered for one person: the id in `{id: {identity}}`; `{id, autoCallId}`; nothing; `[]`; 204',
		'identity',
		'ids',
		'empty',
		'emptyList',
		'noContent',
	),
	batchAnswer: choice(
		'What is answered for several: nothing; `[]`; `[{id: {identity}}]` in the order sent; `{count}`',
		'empty',
		'emptyList',
		'identities',
		'count',
	),
	duplicates: choice(
		'Who is taken for a person that the task has already (answered 200, added once): the same external id, the same phone, nobody',
		'externalId',
		'phone',
		'kept',
	),
	badNumber: choice(
		'A badly formed number: refuses the request, is dropped in silence, or is told in a list',
		'refuseAll',
		'dropped',
		'listed',
	),
	badNumberStatus: choice('The status of such a refusal', 400, 422),
	checkPhone: choice('Whether numbers are checked when `checkPhone` is left out', true, false),
	batchCeiling: whole('The most people in one request; 0: any number', 0, 0, 1e6),
	overCeiling: choice('The status of a larger request', 413, 400),
	freshTask: choice(
		'A task in its first `freshSeconds`: is not found; answers 200 and people are lost; is ready',
		'notFound',
		'lost',
		'ready',
	),
	freshSeconds: whole('How long a task is fresh', 5, 0, 3600),
	addToStopped: choice('People added to a halted or finished task', 'accepted', 'error'),
	forceStartWakes: choice(
		'Whether `forceStart` starts a task that is paused or finished',
		true,
		false,
	),
	timezoneUnit: choice("What a person's `timezone` counts in", 'seconds', 'minutes'),
	singleBatchTask: choice(
		"The tasks that single/batch makes: one for the request, for each template and bot, or the day's",
		'perRequest',
		'perTemplateAndBot',
		'perDay',
	),
	singleDay: choice(
		"How long single adds to the same task: 24 hours from its creation, or the company's calendar day",
		'fromCreation',
		'calendarDay',
	),
	defaultTemplate: choice('Whether a template is marked as default in the cabinet', true, false),
	unknownReference: choice(
		'The status for a template or bot that there is not, and for single without a default one',
		400,
		404,
		422,
	),
	idlePlay: choice(
		'Playing a running, empty or halted task: 200 without effect, or 400',
		'noEffect',
		'error',
	),
	controlStatus: choice('The status of play, pause, halted and cancel', 200, 204),
	taskEdit: choice(
		'PUT and PATCH of a task: 405; replaces the whole; changes what is sent',
		'refused',
		'whole',
		'partial',
	),
	webhookUrls: choice('What `webhookUrls` may hold', 'both', 'strings', 'objects'),
	finishedStatus: choice('The word for a task that is done', 'FINISHED', 'COMPLETED'),
	companyOffset: whole("The company's offset from UTC, in hours", 3, -12, 14),
	reportLag: whole(
		'Seconds from the end of a call to its place in the report; -1: never',
		0,
		-1,
		86_400,
	),

	sessionReadyAfter: whole(
		'Seconds from the end of a call to its place in the sessions report; -1: never',
		7,
		-1,
		86_400,
	),

	// Webhooks
	hookId: choice(
		"Whether a webhook's `id` is the call's in the report, or another",
		'same',
		'other',
	),
	hookTimes: choice('How often a webhook comes that was taken', 'once', 'twice'),
	hookOrder: choice(
		"The order of a person's webhooks: as things happened, or the other way round",
		'inOrder',
		'outOfOrder',
	),
	hookLate: whole('Seconds by which every webhook is late', 0, 0, 86_400),
	hookExtras: choice(
		'Whether CALL_ENDED tells duration, price, candidate and client external id',
		false,
		true,
	),
	hookLead: whole(
		'Seconds by which startedAt and finishedAt in webhooks run ahead',
		0,
		-86_400,
		86_400,
	),
	emptyMaps: choice('How an empty `result` or `variables` comes: `[]` or `{}`', 'list', 'object'),
	unlistedEvents: choice('Events that an object of `webhookUrls` leaves out', 'off', 'on'),
	incomingEvent: choice(
		"Whether the company's hook for incoming calls has an `event` key",
		'absent',
		'present',
	),

	// Lists around it
	templateList: choice('GET /telephony/autoCallTemplate and …Templates', 'missing', 'countItems'),
	tasksShape: choice(
		'The shape of the list of dial tasks and of the ids in it',
		'countItems',
		'identityObject',
		'itemsIdentity',
		'array',
		'data',
		'dataItems',
	),
} as const satisfies Record<string, Reading>;

type Table = typeof READINGS;

type Value<R> = R extends Names
	? readonly string[]
	: R extends Choice<infer V>
		? V
		: R extends Whole
			? number
			: string;

export type ReadingName = keyof Table;

export type Readings = { -readonly [Name in ReadingName]: Value<Table[Name]> };

export const DEFAULT_READINGS: Readonly<Readings> = Object.freeze(
	Object.fromEntries(Object.entries(READINGS).map(([name, { preset }]) => [name, preset])),
) as unknown as Readings;

/**
 * Checks readings that come from outside: a probe's result, a control, a command line. An object
 * that holds them under the key `readings` is taken for these.
 *
 * @throws Error naming the reading that there is not, or what one may be
 */
export function checkedReadings(given: unknown): Partial<Readings> {
	if (typeof given !== 'object' || given === null || Array.isArray(given))
		throw new Error('Readings are an object of names and values.');
	const inner = (given as Record<string, unknown>).readings;
	if (typeof inner === 'object') return checkedReadings(inner);
	for (const [name, value] of Object.entries(given)) {
		const reading = readingOf(name);
		if (!isValue(reading, value))
			throw new Error(`${name} is ${allowed(reading)}, not ${JSON.stringify(value)}.`);
	}
	return given as Partial<Readings>;
}

/**
 * Reads `name=value` as a command line has it; lists have commas.
 *
 * @throws Error as `checkedReadings`
 */
export function parseReading(argument: string): Partial<Readings> {
	const [, name = argument, value = ''] = /^([^=]*)=(.*)$/s.exec(argument) ?? [];
	return checkedReadings({ [name]: fromText(readingOf(name), value) });
}

/** Every reading with its values, the default first, and the fact behind it; a line each. */
export function describeReadings(): string {
	return Object.entries(READINGS)
		.map(([name, reading]) => `${name}: ${allowed(reading)}\n    ${reading.fact}\n`)
		.join('');
}

function readingOf(name: string): Reading {
	const reading = Object.hasOwn(READINGS, name) ? READINGS[name as ReadingName] : undefined;
	if (!reading) throw new Error(`No such reading: ${name}`);
	return reading;
}

function isValue(reading: Reading, value: unknown): boolean {
	switch (reading.kind) {
		case 'choice':
			return reading.values.includes(value as string);
		case 'whole':
			return (
				Number.isSafeInteger(value) &&
				Number(value) >= reading.least &&
				Number(value) <= reading.most
			);
		case 'text':
			return typeof value === 'string' && reading.fits(value);
		case 'names':
			return Array.isArray(value) && value.every((name) => reading.values.includes(name as string));
	}
}

function fromText(reading: Reading, value: string): unknown {
	switch (reading.kind) {
		case 'choice':
			return reading.values.find((candidate) => String(candidate) === value) ?? value;
		case 'whole':
			return /^-?\d+$/.test(value) ? Number(value) : value;
		case 'text':
			return value;
		case 'names':
			return value === '' ? [] : value.split(',');
	}
}

function allowed(reading: Reading): string {
	switch (reading.kind) {
		case 'choice':
			return reading.values.map((value) => JSON.stringify(value)).join(' | ');
		case 'whole':
			return `a whole number from ${reading.least} to ${reading.most} (${reading.preset})`;
		case 'text':
			return reading.form;
		case 'names':
			return `a list of ${reading.values.join(', ')}`;
	}
}
