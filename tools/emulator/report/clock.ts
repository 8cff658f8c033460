import type { Call } from '../call';
import type { Readings } from '../readings';
import { HOUR, formatMicros, formatSeconds, parseMicros } from '../time';

const later = (time: string) => (parseMicros(time) ?? 0) + 3 * HOUR;

/** The call as the report shows it under a reading of the clock; the table keeps true UTC. */
export function shown(call: Call, clock: Readings['clock']): Call {
	if (clock === 'utc') return call;
	return {
		...call,
		startedAt: call.startedAt === null ? null : formatMicros(later(call.startedAt)),
		updatedAt: formatMicros(later(call.updatedAt)),
		messages: call.messages.map((message) => ({
			...message,
			created_at: formatSeconds(later(message.created_at)),
		})),
	};
}
