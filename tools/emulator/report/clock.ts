import { CALL_STATUSES } from '../../../nodes/Twin24/report/catalogue';
import type { Call } from '../call';
import type { Readings } from '../readings';
import { SECOND, formatMicros, formatSeconds, parseMicros } from '../time';
import type { Micros } from '../time';

/** How times are shown, and compared, under the readings of a moment. The table keeps true UTC. */
export interface Clock {
	/** The same for two clocks that show every call alike. */
	key: string;
	/** The lead of every started or updated time when it is the same for all; otherwise undefined. */
	lead: Micros | undefined;
	/** Whether periods, and orders, look at what is shown. */
	comparesShown: boolean;
	/** How far ahead a started or updated time of a call with this status is shown. */
	leadOf(time: Micros, status: string): Micros;
}

/** Statuses that a call has without having been dialled, so that another part of TWIN24 wrote it. */
const NEVER_DIALLED = ['BLACKLIST', 'FZ230', 'INVALID', 'EMPTY_AON', 'EXPIRED', 'REJECTED'].filter(
	(status) => CALL_STATUSES.some(({ value }) => value === status),
);

/** @param now true time, in micros */
export function clockOf(readings: Readings, now: Micros): Clock {
	const { clock, clockWriters, clockCorrects } = readings;
	const correctedAt = parseMicros(readings.clockCorrectedAt) ?? Infinity;
	const corrected = now >= correctedAt;
	const right = clock === 'utc' || (corrected && clockCorrects === 'everything');
	const lead = right ? 0 : readings.clockLead * SECOND;
	const rightFrom = corrected ? correctedAt : Infinity;
	const uniform = lead === 0 || (clockWriters === 'all' && rightFrom === Infinity);
	return {
		key: JSON.stringify([lead, clockWriters, rightFrom]),
		lead: uniform ? lead : undefined,
		comparesShown: clock === 'moscowShown',
		leadOf: (time, status) =>
			time >= rightFrom || (clockWriters === 'dialled' && NEVER_DIALLED.includes(status))
				? 0
				: lead,
	};
}

/** The call as the report shows it. */
export function shown(call: Call, clock: Clock): Call {
	if (clock.lead === 0) return call;
	const later = (time: string) => {
		const micros = parseMicros(time) ?? 0;
		return micros + clock.leadOf(micros, call.status);
	};
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
