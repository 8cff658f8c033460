import { ParameterError } from '../../parameters/parameterError';
import type { Row } from '../../paging/page';
import { lookUp } from '../../report/lookup';
import { pause } from '../../transport/cancellation';
import { createRequester } from '../../transport/request';
import type { Run } from '../operation';
import { together } from '../together';

/** Which call to find, and how. */
export interface CallWanted {
	/** Display name of the parameter that holds the ID. */
	parameter: string;
	id: string;
	/** "id" among them or not. */
	fields: string[];
	parallelRequests: number;
	/** For how long to ask again for a call that is not known yet. */
	waitMinutes?: number;
}

/** Pauses before asking again: soon at first, for a call whose event has just come. Milliseconds. */
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 10_000;

/**
 * One call by its ID. Those of several input items are looked up together.
 * @returns the call with the fields asked for and its ID
 * @throws ParameterError when TWIN24 does not know it; whatever a request throws
 */
export const findCall = async (
	{ context, itemIndex, connection }: Run,
	{ parameter, id, fields, parallelRequests, waitMinutes = 0 }: CallWanted,
): Promise<Row> => {
	const key = JSON.stringify(['calls by ID', fields, parallelRequests, waitMinutes]);
	const found = await together(context.getExecuteData(), key, id, async (asked) => {
		const requester = await createRequester(context, {
			parallelRequests,
			order: itemIndex,
			connection,
		});
		const ids = [...new Set(asked)];
		const calls = await lookUp(requester, { ids, fields, parallelRequests });
		const end = Date.now() + waitMinutes * 60_000;
		for (
			let wait = FIRST_PAUSE;
			calls.size < ids.length;
			wait = Math.min(2 * wait, LONGEST_PAUSE)
		) {
			const rest = end - Date.now();
			if (rest <= 0) break;
			await pause(Math.min(wait, rest), context.getExecutionCancelSignal());
			const missing = ids.filter((one) => !calls.has(one));
			const late = await lookUp(requester, { ids: missing, fields, parallelRequests });
			for (const [one, call] of late) calls.set(one, call);
		}
		return calls;
	});
	const call = found.get(id);
	if (call) return call;
	const waited = waitMinutes > 0 ? ` after ${waitMinutes} min` : '';
	throw new ParameterError(
		parameter,
		`names no call: TWIN24 does not know ${id}${waited}`,
		'Check the ID and the account of the credential. A call reaches the report some minutes after it ended.',
	);
};
