import { CALL_STATUSES } from '../../../nodes/Twin24/report/catalogue';
import type { Readings } from '../../emulator/readings';
import { Hypotheses } from '../hypotheses';
import { askCalls, within } from '../report-api';
import type { Ground } from '../report-api';
import { idsOf, isRefusal, pageOf, sameSet } from '../rows';

type Statuses = Pick<Readings, 'answered' | 'unknownStatus' | 'statusFilter'>;

/** A status that cannot exist. */
const UNKNOWN = 'PROBEUNKNOWN';

const KNOWN = new Set(CALL_STATUSES.map(({ value }) => value));

/** Which value finds answered calls, whether a list is taken, and what an unknown value does. */
export async function askStatuses(ground: Ground): Promise<void> {
	const { client, findings, wide, limit } = ground;
	const hypotheses = new Hypotheses<Statuses>({
		answered: ['ANSWERED', 'ANSWER', 'both'],
		unknownStatus: ['matchesNothing', 'dropped', 'error'],
		statusFilter: ['list', 'single'],
	});
	const there = [...new Set((wide?.rows ?? []).map(({ status }) => String(status)))];
	const others = there.filter((status) => status !== 'ANSWERED').slice(0, 2);
	const asked = ['ANSWERED', 'ANSWER', UNKNOWN, others.join(','), `${others[0]},${UNKNOWN}`];
	let rows = 0;
	if (wide && there.length > 1 && others.length > 0) {
		for (const status of asked) {
			const answer = await askCalls(client, { ...within(wide), status, limit });
			const page = pageOf(answer);
			rows = wide.rows.length;
			hypotheses.observe(answer.number, (reading) => {
				const wanted = statusesFound(status, reading);
				if (wanted === 'error') return isRefusal(answer);
				const expected = wide.rows.filter((row) => !wanted || wanted.includes(String(row.status)));
				return page !== undefined && sameSet(idsOf(page.rows), idsOf(expected));
			});
		}
	}
	const { requests, contradicted } = hypotheses;
	const note = contradicted
		? 'No known reading explains the answers: is the filter obeyed at all?'
		: rows === 0
			? 'No fitting calls to tell'
			: '';
	for (const name of ['answered', 'unknownStatus', 'statusFilter'] as const)
		findings.reading(name, hypotheses.settled(name), { rows, requests, note });
}

/** The statuses that a value of the filter finds; undefined: all of them. */
function statusesFound(
	text: string,
	{ answered, unknownStatus, statusFilter }: Statuses,
): string[] | undefined | 'error' {
	const found: string[] = [];
	let isUnknown = false;
	for (const value of statusFilter === 'list' ? text.split(',') : [text]) {
		const isAnswered = value === 'ANSWERED' || value === 'ANSWER';
		if (isAnswered && (answered === 'both' || answered === value)) found.push('ANSWERED');
		else if (!isAnswered && KNOWN.has(value)) found.push(value);
		else isUnknown = true;
	}
	if (isUnknown && unknownStatus === 'error') return 'error';
	return isUnknown && unknownStatus === 'dropped' && found.length === 0 ? undefined : found;
}
