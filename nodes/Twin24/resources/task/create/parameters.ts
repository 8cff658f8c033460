import type { INodeProperties } from 'n8n-workflow';

import { conditions } from '../../../parameters/collection';
import { choice, flag, wholeNumber } from '../../../parameters/kinds';
import type { Parameter } from '../../../parameters/parameter';
import { ParameterError, quote } from '../../../parameters/parameterError';
import { isEmpty, textOf } from '../../../parameters/plainValue';
import { filledText } from '../../../parameters/text';
import { timeOfDay } from '../../../parameters/timeOfDay';
import { botIdFor } from '../../bot/botId';
import { redial } from './redial';
import { webhooks } from './webhooks';

/** The parameters that only the creation of a task has. */

export const name = filledText({
	displayName: 'Name',
	name: 'name',
	placeholder: 'e.g. June survey',
	description: 'Name of the task, as it stands in the cabinet and in the report',
	remedy: 'Give the task a name.',
});

export const botId = botIdFor('The bot that talks to the people');

export const callerId = choice({
	displayName: "Caller's Number",
	name: 'callerId',
	options: [
		{ name: 'Default', value: 'default', description: 'The one that is set in TWIN24' },
		{ name: 'Number', value: 'gornum', description: 'One number of yours, by its ID' },
		{ name: 'Pool', value: 'pool', description: 'A group of numbers of yours, by its ID' },
	],
	default: 'default',
	description: 'From which number the people are phoned',
});

export const callerIdData = filledText({
	displayName: 'Number or Pool ID',
	name: 'callerIdData',
	displayOptions: { show: { callerId: ['gornum', 'pool'] } },
	description: 'ID of the number or the pool, as the cabinet has it',
	remedy: `Give the ID, or choose "Default" under "${callerId.property.displayName}".`,
});

export const callFrom = timeOfDay({
	displayName: 'Call From',
	name: 'callFrom',
	default: '09:00',
	description:
		'Nobody is phoned before this time of day, which is the time of your company in TWIN24 (see "Use Each Person\'s Own Time" under Options)',
});

export const callUntil = timeOfDay({
	displayName: 'Call Until',
	name: 'callUntil',
	default: '20:00',
	description: 'Nobody is phoned after this time of day',
});

/** How it is known whom a call reached. */
const answeringMachines = choice({
	displayName: 'Answering Machines',
	name: 'answeringMachines',
	options: [
		{ name: 'Detect', value: 'detect', description: 'As TWIN24 does by default' },
		{ name: 'Detect, Mode "Back"', value: 'back', description: "TWIN24's mode of that name" },
		{ name: 'Detect, Mode "Block"', value: 'block', description: "TWIN24's mode of that name" },
		{ name: 'Do Not Detect', value: 'off' },
	],
	default: 'off',
	description: 'Whether answering machines are told from people',
});

const callsPerSecond: Parameter<number> = {
	property: {
		displayName: 'Calls per Second',
		name: 'callsPerSecond',
		type: 'number',
		typeOptions: { minValue: 0.01, maxValue: 99, numberPrecision: 3 },
		default: 1,
		description:
			'How many calls are begun each second; less than 1, e.g. 0.2, for one call every so many seconds',
	},
	check: (value) => {
		const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		const isMany = Number.isInteger(number) && Number(number) >= 1 && Number(number) <= 99;
		const isFew = typeof number === 'number' && number >= 0.01 && number < 1;
		if (isMany || isFew) return number as number;
		throw new ParameterError(
			callsPerSecond.property.displayName,
			`is ${quote(value)}`,
			'Give a whole number from 1 to 99, or a fraction from 0.01 to 1, e.g. 0.2 for one call every 5 seconds.',
		);
	},
};

const checkPhones = flag({
	displayName: 'Check Phone Numbers',
	name: 'checkPhones',
	default: true,
	description: 'Whether TWIN24 refuses badly formed numbers',
});

const comment = filledText({
	displayName: 'Comment',
	name: 'comment',
	description: 'A note on the task, shown in the cabinet',
	remedy: 'Type it, or remove the option.',
});

const effectiveAfter = wholeNumber({
	displayName: 'Effective After (Seconds)',
	name: 'effectiveAfter',
	min: 0,
	max: 3600,
	default: 0,
	description: 'How long an answered call must last to count as effective',
});

const emailReport = flag({
	displayName: 'Email Report',
	name: 'emailReport',
	default: true,
	description: 'Whether TWIN24 mails a report to its administrators when the task is done',
});

const fz230 = flag({
	displayName: 'Obey Law 230-FZ',
	name: 'fz230',
	default: true,
	description: "Whether TWIN24 keeps to the limits of the Russian law on debt collectors' calls",
});

const lifetimeHours = wholeNumber({
	displayName: 'Lifetime (Hours)',
	name: 'lifetimeHours',
	min: 1,
	max: 24 * 366,
	default: 24,
	description: 'After how many hours the task is stopped for good',
});

const onTransfer = choice({
	displayName: 'On Transfer',
	name: 'onTransfer',
	options: [
		{ name: 'End the Call', value: 'end' },
		{ name: 'Ignore', value: 'ignore', description: 'The bot goes on talking' },
		{ name: 'Transfer to Channel', value: 'ch', description: 'To that of "Transfer Channel ID"' },
	],
	default: 'end',
	description: 'What happens when the bot wants to hand the call to a person',
});

const idFromCabinet = (displayName: string, parameterName: string, description: string) =>
	filledText({
		displayName,
		name: parameterName,
		description,
		remedy: 'Give the ID as the cabinet has it, or remove the option.',
	});

const transferChannelId = idFromCabinet(
	'Transfer Channel ID',
	'transferChannelId',
	'ID of the channel to which calls are transferred',
);

const providerId = idFromCabinet(
	'Dial Plan ID',
	'providerId',
	'ID of the dial plan (provider) to phone through',
);

const scheduleId = idFromCabinet(
	'Schedule ID',
	'scheduleId',
	'ID of a schedule of the cabinet that the task keeps to',
);

const recordCalls = flag({
	displayName: 'Record Calls',
	name: 'recordCalls',
	default: true,
	description: 'Whether calls are recorded',
});

const startAt: Parameter<string> = {
	property: {
		displayName: 'Start At',
		name: 'startAt',
		type: 'string',
		placeholder: 'e.g. 2026-06-01 10:00',
		default: '',
		description:
			'Date and time at which TWIN24 starts the task by itself, in the time zone of your company in TWIN24. Without this option it begins only when it is started.',
	},
	check: (value) => {
		const label = startAt.property.displayName;
		const remedy =
			'Give it as 2026-06-01 10:00, in the time zone of your company in TWIN24 and without an offset, or remove the option.';
		if (isEmpty(value)) throw new ParameterError(label, 'is empty', remedy);
		const text = textOf(value) ?? '';
		const [, day, time] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(?::00(?:\.0+)?)?$/.exec(text) ?? [];
		const moment = new Date(`${day}T${time}:00Z`);
		// A day that does not exist becomes another one.
		const exists = !isNaN(moment.getTime()) && moment.toISOString().startsWith(`${day}T${time}`);
		if (exists) return `${day} ${time}`;
		throw new ParameterError(label, `is no date and time: ${quote(value)}`, remedy);
	},
};

const strategy = choice({
	displayName: 'Strategy',
	name: 'strategy',
	options: [
		{ name: 'Parallel', value: 'PARALLEL', description: "TWIN24's strategy of that name" },
		{
			name: 'Step by Step',
			value: 'STEP_2_STEP',
			description: "TWIN24's strategy of that name",
		},
	],
	default: 'STEP_2_STEP',
	description: 'In which order the numbers of the task are dialled',
});

const useOwnTime = flag({
	displayName: "Use Each Person's Own Time",
	name: 'useOwnTime',
	default: true,
	description:
		"Whether the hours count by each person's own clock, where a time zone was given with the contact. Try it with one contact first: see the page on starting calls.",
});

/** The rest of a task's settings. Those that are not added are as in the docs, or not sent. */
export const createOptions = conditions(
	{ displayName: 'Options', name: 'options', placeholder: 'Add Option' },
	{
		answeringMachines,
		callsPerSecond,
		checkPhones,
		comment,
		providerId,
		effectiveAfter,
		emailReport,
		lifetimeHours,
		fz230,
		onTransfer,
		recordCalls,
		redialAnsweringMachine: redial('Redial After Answering Machine', 'redialAnsweringMachine'),
		redialBusy: redial('Redial When Busy', 'redialBusy'),
		redialCongestion: redial('Redial When Congested', 'redialCongestion'),
		redialNoAnswer: redial('Redial When No Answer', 'redialNoAnswer'),
		redialNotEffective: redial('Redial When Not Effective', 'redialNotEffective'),
		scheduleId,
		startAt,
		strategy,
		transferChannelId,
		useOwnTime,
		webhooks,
	},
);

/** In the order in which one thinks of them. */
export const createProperties: INodeProperties[] = [
	name,
	botId,
	callerId,
	callerIdData,
	callFrom,
	callUntil,
	createOptions,
].map(({ property }) => property);
