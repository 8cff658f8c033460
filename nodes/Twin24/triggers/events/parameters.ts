import type { INodeProperties } from 'n8n-workflow';

import { options } from '../../parameters/collection';
import { choice, oneOf } from '../../parameters/kinds';
import type { Parameter } from '../../parameters/parameter';
import { ParameterError, quote } from '../../parameters/parameterError';
import { listOf } from '../../parameters/plainValue';
import { EVENT_TYPES } from './eventTypes';
import type { EventName } from './eventTypes';
import { ipRangeOf } from './ipRange';
import type { IpRange } from './ipRange';

/** Where the node's URL goes. */
export const urlNotice: INodeProperties = {
	displayName:
		'Give TWIN24 the Production URL above: in the cabinet among the webhooks of the task or of its template, or under Webhooks when the operation Create makes a task. For incoming calls it belongs to the number or to the company. Whoever knows the URL can start this workflow, so keep it to yourself.',
	name: 'urlNotice',
	type: 'notice',
	default: '',
};

const EVENT_NAMES = EVENT_TYPES.map(({ name }) => name);

/** The kinds of events that start the workflow, each once; never none. */
export const events: Parameter<EventName[]> = {
	property: {
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: EVENT_TYPES.map(({ label, name, description }) => ({
			name: label,
			value: name,
			description,
		})),
		default: ['callEnded'],
		description:
			'What starts the workflow. TWIN24 may post more than that; the rest is taken and left alone. With all of them chosen, events that this version does not know come too.',
	},
	check: (value) => {
		const label = events.property.displayName;
		const names = listOf(label, value).map((name) => oneOf(label, EVENT_NAMES, name));
		if (names.length > 0) return [...new Set(names)];
		throw new ParameterError(label, 'is empty', 'Choose one event or more.');
	},
};

export const output = choice({
	displayName: 'Output',
	name: 'output',
	options: [
		{
			name: 'Simplified',
			value: 'simplified',
			description: 'The same flat fields for every event',
		},
		{ name: 'Raw', value: 'raw', description: 'What TWIN24 has posted, as it is' },
	],
	default: 'simplified',
	description: 'How an event is handed on',
});

/** Addresses that may post; empty: all. */
const ipWhitelist: Parameter<IpRange[]> = {
	property: {
		displayName: 'IP(s) Allowlist',
		name: 'ipWhitelist',
		type: 'string',
		placeholder: 'e.g. 87.251.83.160/27',
		default: '',
		description:
			'Addresses or CIDR ranges that may post events, separated by commas; empty: all. TWIN24 posts from 87.251.83.160/27. Behind a proxy n8n must be told to trust it (N8N_PROXY_HOPS), or it sees only the address of the proxy.',
	},
	check: (value) => {
		const label = ipWhitelist.property.displayName;
		return listOf(label, value).map((entry) => {
			const range = ipRangeOf(entry);
			if (range) return range;
			throw new ParameterError(
				label,
				`has an entry that is no address: ${quote(entry)}`,
				'Give addresses or CIDR ranges, e.g. 87.251.83.190 or 87.251.83.160/27.',
			);
		});
	},
};

/**
 * Asks n8n to hand on the body as it is. n8n parses the bodies of a node of version 1 unless this option
 * is set, and answers what it cannot parse by itself with an error, whereupon TWIN24 would send the same
 * body again for a day. (Of a later version of the node it would parse all JSON, whatever is set.)
 */
const binaryData: Parameter<true> = {
	property: { displayName: 'Binary Data', name: 'binaryData', type: 'hidden', default: true },
	check: () => true,
};

const collection = options(
	{ displayName: 'Options', name: 'options', placeholder: 'Add Option' },
	{ binaryData, ipWhitelist },
);

export const eventsOptions: typeof collection = {
	...collection,
	property: { ...collection.property, default: { [binaryData.property.name]: true } },
};
