import { objectOf } from '../../../parameters/collection';
import { wholeNumber } from '../../../parameters/kinds';
import type { Parameter } from '../../../parameters/parameter';
import { ParameterError, quote } from '../../../parameters/parameterError';
import { isEmpty, listOf } from '../../../parameters/plainValue';

/** An address that TWIN24 tells of events. */
export interface Webhook {
	url: string;
	/** Names of TWIN24's events; none: as an edition of the API without a choice has it. */
	events: string[];
	/** Seconds. */
	delay: number;
}

const WEBHOOK = 'webhook';

const EVENTS = [
	{ name: 'Call Ended', value: 'CALL_ENDED', description: 'After each attempt' },
	{ name: 'Call Redirected', value: 'CALL_REDIRECTED', description: 'During the call' },
	{ name: 'Contact Done', value: 'CANDIDATE_CHANGED', description: 'No further call to a person' },
	{ name: 'Efficiency Reached', value: 'EFFICIENCY_REACHED' },
	{ name: 'Recall Scheduled', value: 'RECALL_SCHEDULED' },
	{ name: 'Task Status Changed', value: 'AUTOCALL_STATUS_CHANGED' },
];

const delay = wholeNumber({
	displayName: 'Delay (Seconds)',
	name: 'delay',
	min: 0,
	max: 3600,
	default: 0,
	description: 'How long TWIN24 waits before it tells',
});

/** Where TWIN24 tells of the task's calls. */
export const webhooks: Parameter<Webhook[]> = {
	property: {
		displayName: 'Webhooks',
		name: 'webhooks',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Webhook',
		default: {},
		description: "Addresses that TWIN24 tells of the task's calls, e.g. that of a TWIN24 trigger",
		options: [
			{
				displayName: 'Webhook',
				name: WEBHOOK,
				values: [
					{
						displayName: 'URL',
						name: 'url',
						type: 'string',
						placeholder: 'e.g. https://n8n.example.com/webhook/…',
						default: '',
						description: 'Address that can be reached from the internet',
					},
					{
						displayName: 'Events',
						name: 'events',
						type: 'multiOptions',
						options: EVENTS,
						default: ['CALL_ENDED', 'CANDIDATE_CHANGED'],
						description:
							'What to tell. None: the address is sent alone, as older editions of the API have it, and TWIN24 decides.',
					},
					delay.property,
				],
			},
		],
	},
	check: (value) => {
		const label = webhooks.property.displayName;
		const given = Array.isArray(value) ? { [WEBHOOK]: value } : objectOf(value);
		const { [WEBHOOK]: list = [], ...others } = given ?? {};
		const entries = Array.isArray(list)
			? list.map((entry) => (typeof entry === 'string' ? { url: entry } : objectOf(entry)))
			: undefined;
		const areGiven = entries?.every((entry) => entry !== undefined);
		if (!given || !entries || !areGiven || Object.keys(others).length > 0) {
			throw new ParameterError(
				label,
				`are no list of addresses: ${quote(value)}`,
				'Add them one by one, or give { "webhook": [{ "url": "https://…" }] }.',
			);
		}
		return entries.map((entry) => ({
			url: urlOf(label, entry!.url),
			events: eventsOf(label, entry!.events ?? []),
			delay: delay.check(entry!.delay ?? 0),
		}));
	},
};

const urlOf = (label: string, value: unknown): string => {
	const text = typeof value === 'string' ? value.trim() : '';
	try {
		if (/^https?:$/.test(new URL(text).protocol)) return text;
	} catch {
		// Falls through to the same error as for an address of another kind.
	}
	throw new ParameterError(
		label,
		isEmpty(value) ? 'have an empty address' : `have a wrong address: ${quote(value)}`,
		'Give a web address, e.g. https://n8n.example.com/webhook/…',
	);
};

const eventsOf = (label: string, value: unknown): string[] => {
	const names = listOf(label, value);
	const unknown = names.find((name) => !EVENTS.some((event) => event.value === name));
	if (unknown === undefined) return [...new Set(names)];
	throw new ParameterError(
		label,
		`have an unknown event: ${quote(unknown)}`,
		`Use some of: ${EVENTS.map((event) => event.value).join(', ')}.`,
	);
};
