import { STREAM } from '../data/data-set';
import { uuid } from '../data/random';
import type { Readings } from '../readings';

/** The id by which webhooks and sessions know a call: the report's, or one of their own. */
export function hookIdOf(callId: string, { hookId }: Readings): string {
	if (hookId === 'same') return callId;
	return uuid(parseInt(callId.slice(0, 8), 16), parseInt(callId.slice(-8), 16), STREAM.hook);
}
