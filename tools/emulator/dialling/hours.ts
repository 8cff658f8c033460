import type { Readings } from '../readings';
import type { Candidate, Task } from './types';

const DAY = 86_400;

/** Seconds since midnight of somebody `offset` seconds ahead of UTC. */
const timeOfDay = (at: Date, offset: number) =>
	(((Math.floor(at.getTime() / 1000) + offset) % DAY) + DAY) % DAY;

/** Whether the task may phone the person now. Both ends count; from 22 to 8 goes over midnight. */
export function mayCall(
	{ settings }: Task,
	{ timezone }: Candidate,
	now: Date,
	{ companyOffset, timezoneUnit }: Readings,
): boolean {
	const { allowCallTimeFrom = 0, allowCallTimeTo = DAY - 1, useTr } = settings.additionalOptions;
	const own = timezone === null ? undefined : timezone * (timezoneUnit === 'seconds' ? 1 : 60);
	const time = timeOfDay(now, useTr && own !== undefined ? own : companyOffset * 3600);
	const [from, to] = [Number(allowCallTimeFrom), Number(allowCallTimeTo)];
	return from <= to ? time >= from && time <= to : time >= from || time <= to;
}

/** Milliseconds of `YYYY-MM-DD hh:mm` in the company's time; NaN for anything else. */
export function startMoment(text: string, { companyOffset }: Readings): number {
	if (!/^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(text)) return NaN;
	return Date.parse(`${text.replace(' ', 'T')}:00Z`) - companyOffset * 3_600_000;
}

/** The company's calendar day, as a number. */
export const companyDay = (at: number, { companyOffset }: Readings) =>
	Math.floor((at / 1000 + companyOffset * 3600) / DAY);
