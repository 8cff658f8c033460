import type { IDataObject } from 'n8n-workflow';

import { wasNotAccepted } from '../transport/request';
import { settled } from '../transport/settled';

/**
 * The ways to ask for answered calls. The vendor's page lists the filter value as ANSWER, another
 * edition as ANSWERED, and an unknown value may be passed over or refused: so both are sent, and
 * where that is refused, one after the other.
 */
const WAYS = [['ANSWERED', 'ANSWER'], ['ANSWERED'], ['ANSWER']];

/** Which way an API took, by its base URL. */
const remembered = new Map<string, string[]>();

/**
 * Makes a request with a status filter that finds answered calls whatever the API calls them.
 *
 * @param baseUrl of the API, under which the way that works is remembered
 * @param statuses by their names in the catalogue; may be empty
 * @param send makes the request with these query parameters
 * @throws what `send` throws; of several refusals the first
 */
export const withStatuses = async <T>(
	baseUrl: string,
	statuses: string[],
	send: (filter: IDataObject) => Promise<T>,
): Promise<T> => {
	if (statuses.length === 0) return await send({});
	if (!statuses.includes('ANSWERED')) return await send({ status: statuses.join(',') });

	const others = statuses.filter((status) => status !== 'ANSWERED');
	const sendAs = async (way: string[]) => await send({ status: [...way, ...others].join(',') });
	const known = remembered.get(baseUrl);

	let refusal: unknown;
	// The way that worked comes first, and the others after it: an API may change.
	for (const way of known ? [known, ...WAYS.filter((other) => other !== known)] : WAYS) {
		const outcome = await settled(sendAs(way));
		if (outcome.status === 'fulfilled') {
			remembered.set(baseUrl, way);
			return outcome.value;
		}
		if (!wasNotAccepted(outcome.reason)) throw outcome.reason;
		refusal ??= outcome.reason;
	}
	throw refusal;
};
