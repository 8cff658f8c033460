import type { IDataObject } from 'n8n-workflow';

import type { ReadParameter } from '../../../parameters/parameter';
import { readOne } from '../../../parameters/parameter';
import { ParameterError } from '../../../parameters/parameterError';
import {
	botId,
	callerId,
	callerIdData,
	callFrom,
	callUntil,
	createOptions,
	name,
} from './parameters';
import type { Redial } from './redial';
import type { Webhook } from './webhooks';

/** The last second of a day, the latest that TWIN24 takes. */
const END_OF_DAY = 24 * 3600 - 1;

const NO_REDIAL = { redial: false };

/**
 * The body of a task's creation. All keys that clients of the API are known to send are in it; those that
 * the API does not ask for only where the user set them. It is a task that nobody is phoned from until it
 * is started, unless a time for that was given.
 *
 * @throws ParameterError
 */
export const readSettings = (read: ReadParameter): IDataObject => {
	const cidType = readOne(read, callerId);
	const options = readOne(read, createOptions);
	const redials = {
		answerMash: options.redialAnsweringMachine,
		answerNoList: options.redialNotEffective,
		busy: options.redialBusy,
		congestion: options.redialCongestion,
		noAnswer: options.redialNoAnswer,
	};
	return withoutUndefined({
		name: readOne(read, name),
		defaultExec: 'robot',
		defaultExecData: readOne(read, botId),
		...transferOf(options),
		cidType,
		cidData: cidType === 'default' ? null : readOne(read, callerIdData),
		startType: options.startAt === undefined ? 'manual' : 'time',
		startMoment: options.startAt ?? null,
		cps: cpsOf(options.callsPerSecond ?? 1),
		webhookUrls: (options.webhooks ?? []).map(webhookOf),
		additionalOptions: {
			fullListMethod: 'reject',
			fullListTime: options.effectiveAfter ?? 0,
			useTr: options.useOwnTime ?? false,
			...hoursOf(read),
			recordCall: options.recordCalls ?? true,
			recTrimLeft: 0,
			...detectionOf(options.answeringMachines ?? 'off'),
			detectRobotGreeting: null,
			providerId: options.providerId ?? null,
			fz230: options.fz230 ?? false,
		},
		redialStrategyOptions: {
			redialStrategyEn: Object.values(redials).some((rule) => rule !== undefined),
			...Object.fromEntries(
				Object.entries(redials).map(([kind, rule]) => [kind, rule ? redialOf(rule) : NO_REDIAL]),
			),
			candidateLimit: NO_REDIAL,
			numberLimit: NO_REDIAL,
		},
		callStrategy: options.strategy,
		checkPhone: options.checkPhones,
		lifetime: options.lifetimeHours === undefined ? undefined : options.lifetimeHours * 3600,
		scheduleId: options.scheduleId,
		sendReportAfterFinish: options.emailReport,
		taskComment: options.comment,
	});
};

type Options = ReturnType<typeof createOptions.check>;

/** @throws ParameterError when the hours are none, or go over midnight: that would be at night */
const hoursOf = (read: ReadParameter): IDataObject => {
	const from = readOne(read, callFrom);
	const until = readOne(read, callUntil);
	if (from >= until) {
		throw new ParameterError(
			callFrom.property.displayName,
			`is not before "${callUntil.property.displayName}"`,
			'Swap them, or make two tasks: hours that go over midnight are not offered.',
		);
	}
	return { allowCallTimeFrom: from, allowCallTimeTo: Math.min(until, END_OF_DAY) };
};

const transferOf = ({ onTransfer = 'end', transferChannelId }: Options): IDataObject => {
	if (onTransfer === 'ch' && transferChannelId === undefined) {
		throw new ParameterError(
			'On Transfer',
			'names no channel',
			'Add the option "Transfer Channel ID", or choose something else.',
		);
	}
	if (onTransfer !== 'ch' && transferChannelId !== undefined) {
		throw new ParameterError(
			'Transfer Channel ID',
			'is given, and calls are not transferred',
			'Choose "Transfer to Channel" under the option "On Transfer", or remove the ID.',
		);
	}
	return { secondExec: onTransfer, secondExecData: transferChannelId ?? null };
};

/** TWIN24's spelling: 1 + N/100 for N calls a second, 1 - N/100 for one call in N seconds. */
const cpsOf = (perSecond: number): number => {
	const hundredths = perSecond >= 1 ? perSecond : -Math.min(99, Math.round(1 / perSecond));
	return (100 + hundredths) / 100;
};

const webhookOf = ({ url, events, delay }: Webhook): string | IDataObject =>
	events.length === 0
		? url
		: {
				url,
				partialResults: false,
				delay,
				events: Object.fromEntries(events.map((event) => [event, { name: event, value: true }])),
			};

const detectionOf = (mode: 'off' | 'detect' | 'back' | 'block'): IDataObject => ({
	detectRobot: mode !== 'off',
	detectRobotMode: mode === 'back' || mode === 'block' ? mode : null,
});

const redialOf = ({ times, pauseMinutes }: Redial): IDataObject => ({
	redial: true,
	time: pauseMinutes * 60,
	count: times,
});

const withoutUndefined = (object: Record<string, unknown>): IDataObject =>
	Object.fromEntries(
		Object.entries(object).filter(([, value]) => value !== undefined),
	) as IDataObject;
