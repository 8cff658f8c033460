import type { IDataObject } from 'n8n-workflow';

import { conditions } from '../../parameters/collection';
import { choice, flag } from '../../parameters/kinds';
import { anyValue, namesAndValues, textValue } from '../../parameters/namesAndValues';
import type { Parameters, ReadParameter, Values } from '../../parameters/parameter';
import { readOne } from '../../parameters/parameter';
import { phones } from '../../parameters/phones';
import { filledText } from '../../parameters/text';
import { utcOffset } from '../../parameters/utcOffset';

/** Somebody to be phoned, as an input item describes them. */
export interface Person {
	externalId: string;
	/** Digits with the country code; several numbers of this one person. */
	phones: string[];
	/** TWIN24's further keys of a candidate, those that were given. */
	details: IDataObject;
}

export const externalId = filledText({
	displayName: 'External ID',
	name: 'externalId',
	placeholder: 'e.g. {{ $json.id }}',
	description:
		'Your own ID of the person, e.g. that of the lead. By it their calls are found, and by it nobody is sent twice in one execution.',
	remedy: 'Give an ID that no other person has, e.g. that of the lead or of the row.',
});

export const variables = namesAndValues(
	{
		displayName: 'Variables',
		name: 'variables',
		placeholder: 'Add Variable',
		description: "Values for the bot's script, e.g. the name of the person",
	},
	textValue,
);

const callbackData = namesAndValues(
	{
		displayName: 'Callback Data',
		name: 'callbackData',
		placeholder: 'Add Value',
		description: "What TWIN24 sends back unchanged with the person's events",
	},
	anyValue,
);

const checkPhone = flag({
	displayName: 'Check Phone Number',
	name: 'checkPhone',
	default: true,
	description:
		'Whether TWIN24 refuses a badly formed number. Without this option it does as it is set to.',
});

const timezone = utcOffset({
	displayName: 'Timezone of the Person',
	name: 'timezone',
	description:
		"Name of the time zone, or offset from UTC, of the person's clock. It counts only in tasks that use each person's own time. Empty: none is sent.",
});

const timezoneUnit = choice({
	displayName: 'Timezone Unit',
	name: 'timezoneUnit',
	options: [
		{ name: 'Minutes', value: 'minutes', description: 'As a client of the API holds' },
		{
			name: 'Seconds',
			value: 'seconds',
			description: "As the sample of TWIN24's documents has it",
		},
	],
	default: 'seconds',
	description:
		'In what the time zone is sent. A wrong unit means calls at night, and the documents are not certain: try it with one contact first, see the page on starting calls.',
});

/** The options that everybody who is to be phoned may have, in the order of their labels. */
const personOptions = { callbackData, checkPhone, timezone, timezoneUnit };

type PersonOptions = Partial<Values<typeof personOptions>>;

const SECONDS_PER_MINUTE = 60;

/** The person that an input item describes. @throws ParameterError */
export const readPerson = (read: ReadParameter, options: PersonOptions): Person => {
	const { timezone: minutes, timezoneUnit: unit } = options;
	const details: Record<string, unknown> = {
		variables: readOne(read, variables),
		callbackData: options.callbackData,
		timezone: minutes === undefined || unit === 'minutes' ? minutes : minutes * SECONDS_PER_MINUTE,
		checkPhone: options.checkPhone,
	};
	return {
		externalId: readOne(read, externalId),
		phones: readOne(read, phones),
		details: Object.fromEntries(
			Object.entries(details).filter(([, value]) => value !== undefined),
		) as IDataObject,
	};
};

/** TWIN24's word for somebody to be phoned is candidate. */
export const candidateOf = ({ externalId: id, phones: numbers, details }: Person): IDataObject => ({
	phone: numbers,
	clientExternalId: id,
	...details,
});

/** "Options" with those of a person and some more. */
export const optionsWith = <P extends Parameters>(more: P) =>
	conditions(
		{ displayName: 'Options', name: 'options', placeholder: 'Add Option' },
		{ ...personOptions, ...more },
	);
