import type { IDataObject } from 'n8n-workflow';

import type { Requester } from '../../transport/request';
import type { Said } from './answer';
import type { Person } from './person';

/** How people are sent, and how to speak of it. */
export interface Carrier<P extends Person> {
	/** Only what has the same name is sent together. */
	name: string;
	/** "added": what is done to people, in sentences. */
	done: string;
	/** How to find out what became of somebody. */
	whereToLook: string;
	/** In what nobody may be twice, e.g. the ID of a task. */
	placeOf: (person: P) => string;
	/** Those of one group go into the same requests. */
	groupOf: (person: P) => string;
	/** The most people of a group in one request. */
	batchSizeOf: (group: readonly P[]) => number;
	/** Waits until a group can be sent. */
	ready: (requester: Requester, group: readonly P[], signal?: AbortSignal) => Promise<void>;
	/**
	 * Sends some people of a group in one request, which is never made again by itself.
	 * @param isLast whether nobody of the group comes after them
	 */
	send: (
		requester: Requester,
		people: readonly P[],
		isLast: boolean,
		read: (body: unknown) => Said[] | undefined,
	) => Promise<Said[]>;
	/** What else a request that failed leaves undone. */
	consequence: (people: readonly P[], kind: 'failed' | 'unknown') => string;
	/** What the item of somebody says beside `externalId`, `phone`, `phones`. */
	itemOf: (person: P, said: Extract<Said, { kind: 'taken' }>) => IDataObject;
}
