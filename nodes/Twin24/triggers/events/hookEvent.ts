import type { IDataObject } from 'n8n-workflow';

import { fingerprint } from '../../polling/fingerprint';
import { textOf } from '../../parameters/plainValue';
import { eventTypeOf, INCOMING_CALL } from './eventTypes';
import type { EventName } from './eventTypes';

/** What tells an event from all others, as fingerprints. */
export interface Identity {
	print: number;
	/** Events of one series replace each other: only the last one of them is told of no second time. */
	series?: number;
}

/** An event that TWIN24 has posted. */
export interface HookEvent {
	/** As TWIN24 calls it, in capitals. */
	name: string;
	/** What the user chooses it by; undefined for one that this version does not know. */
	type: EventName | undefined;
	identity: Identity;
	/** As it came. */
	body: IDataObject;
}

/**
 * The event that a body tells of.
 * @returns undefined when it is none of TWIN24's: its events have a name, and the hook on incoming
 *   calls, which may have none, an ID of the call
 */
export const eventIn = (body: unknown): HookEvent | undefined => {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
	const posted = body as IDataObject;
	const name = nameOf(posted);
	if (name === undefined) return undefined;
	return { name, type: eventTypeOf(name)?.name, identity: identityOf(name, posted), body: posted };
};

const nameOf = ({ event, callId }: IDataObject): string | undefined => {
	if (typeof event === 'string' && event.trim() !== '') return event.trim().toUpperCase();
	const isNameless = event === undefined || event === null;
	return isNameless && idIn(callId) !== undefined ? INCOMING_CALL : undefined;
};

/** An ID, where there is one. */
export const idIn = (value: unknown): string | undefined => textOf(value) || undefined;

/**
 * A call ends once, so its end is known by its ID whatever else a later post says. Of the events whose
 * keys are not documented any key may make the difference (an ID may be that of a person who is to be
 * called again for the third time), so a repeat is what is the same in every key.
 */
const identityOf = (name: string, body: IDataObject): Identity => {
	const print = fingerprint(JSON.stringify(keysOf(name, body) ?? [name, body]));
	if (name !== 'AUTOCALL_STATUS_CHANGED') return { print };
	// A task that is paused, goes on and is paused again says the same twice and means it.
	const task = idIn(body.taskId) ?? idIn(body.id);
	return task === undefined ? { print } : { print, series: fingerprint(`${name} ${task}`) };
};

const keysOf = (name: string, body: IDataObject): unknown[] | undefined => {
	const id = idIn(body.id);
	const lastCallId = idIn(body.lastCallId);
	if (name === 'CALL_ENDED' && id !== undefined) return [name, id];
	if (name === 'CALL_REDIRECTED' && id !== undefined)
		return [
			name,
			id,
			body.redirectDestination,
			body.redirectDestinationId,
			body.redirectAdditional,
		];
	if (name === 'CANDIDATE_CHANGED' && lastCallId !== undefined)
		return [name, body.taskId, lastCallId];
	return undefined;
};
