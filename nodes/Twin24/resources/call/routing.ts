import type {
	IDataObject,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	PreSendAction,
} from 'n8n-workflow';

import type { CallQuery } from './callQuery';
import {
	callIdsOf,
	idOf,
	keywordOf,
	otherFieldOf,
	phoneOf,
	statusesOf,
	taskIdOf,
} from './values/filters';
import { ParameterError, quote } from './values/parameterError';
import { resolvePeriod, resolveZone } from './values/period';
import { fieldsOf, periodFieldOf } from './values/selection';

/**
 * The functions that the parameters' routing refers to: each checks what n8n's routing has put into
 * the query under one name, and turns it into what a `CallQuery` holds there.
 */

type Check = (value: unknown) => string;

const checked =
	(property: string, check: Check): PreSendAction =>
	async (options) => {
		const query = (options.qs ??= {});
		query[property] = check(query[property]);
		return options;
	};

/** What the filters of the node and of the trigger become, by the name of the parameter. */
export const FILTERS: Record<string, { property: string; check: Check }> = {
	status: { property: 'status', check: (value) => statusesOf(value).join(',') },
	phone: { property: 'phone', check: phoneOf },
	taskId: { property: 'taskId', check: taskIdOf },
	callIds: { property: 'id', check: (value) => callIdsOf(value).join(',') },
	keyword: { property: 'keyword', check: keywordOf },
};

/** Routing of a filter: into the query under its API name, and checked there. */
export const filterRouting = (filter: keyof typeof FILTERS) => {
	const { property, check } = FILTERS[filter];
	return { send: { type: 'query' as const, property, preSend: [checked(property, check)] } };
};

/** Under this name n8n collects `otherFields` until they are checked. */
const OTHER_FIELDS = 'otherFields';

export const otherFieldsRouting = {
	send: { type: 'query' as const, property: OTHER_FIELDS, preSend: [sendOtherFields] },
};

async function sendOtherFields(this: IExecuteSingleFunctions, options: IHttpRequestOptions) {
	const { [OTHER_FIELDS]: collected, ...query } = options.qs ?? {};
	options.qs = { ...query, ...otherFieldsOf(collected) };
	return options;
}

/**
 * `{ field: [{ name, value }] }` as query parameters.
 * @throws ParameterError when it is something else, or an entry cannot work
 */
export const otherFieldsOf = (collected: unknown): IDataObject => {
	const filters: IDataObject = {};
	for (const entry of entriesOf(collected)) {
		const { name, value } = otherFieldOf(entry.name, entry.value);
		if (name in filters) {
			throw new ParameterError(
				'Other Fields',
				`has the field "${name}" twice`,
				'Remove one of them: a call has one value in it.',
			);
		}
		filters[name] = value;
	}
	return filters;
};

const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const entriesOf = (collected: unknown = {}): IDataObject[] => {
	const field = isObject(collected) ? (collected.field ?? []) : undefined;
	if (Array.isArray(field) && field.every(isObject)) return field;
	throw new ParameterError(
		'Other Fields',
		`is not a list of names and values: ${quote(collected)}`,
		'Add them one by one, or give { "field": [{ "name": "botName", "value": "…" }] }.',
	);
};

/** The fields to return, as they are named to the API. */
export async function sendFields(this: IExecuteSingleFunctions, options: IHttpRequestOptions) {
	const fields = fieldsOf(
		this.getNodeParameter('fieldSet', 'simplified'),
		this.getNodeParameter('fields', []),
	);
	options.qs = { ...options.qs, fields: fields.join(',') };
	return options;
}

/** The period as exact instants; "now" is taken here, once for each input item. */
export async function sendPeriod(this: IExecuteSingleFunctions, options: IHttpRequestOptions) {
	const zone = resolveZone(this.getNodeParameter('options.timezone', ''), this.getTimezone());
	const custom = { from: this.getNodeParameter('from', ''), to: this.getNodeParameter('to', '') };
	const { from, to } = resolvePeriod(
		this.getNodeParameter('period', 'last7Days'),
		custom,
		zone,
		Date.now(),
	);
	const query: CallQuery = {
		...(options.qs as CallQuery),
		filterPeriodBy: periodFieldOf(this.getNodeParameter('options.filterPeriodBy', 'createdAt')),
		...(from === undefined ? {} : { from: new Date(from).toISOString() }),
		to: new Date(to).toISOString(),
	};
	options.qs = query;
	return options;
}

/** The ID of the one call to get. */
export const sendCallId = checked('id', (value) => idOf('Call ID', value));
