import type { Attempt, Candidate, TaskSettings } from './types';

type Kind = 'busy' | 'noAnswer' | 'congestion' | 'answerMash' | 'answerNoList';

const KINDS: Record<string, Kind> = {
	BUSY: 'busy',
	NOANSWER: 'noAnswer',
	CONGESTION: 'congestion',
	CHANUNAVAIL: 'congestion',
	UNAVAILABLE: 'congestion',
	FAILED: 'congestion',
};

/** Why an attempt may be repeated; undefined: it reached its person, or never will. */
function kindOf({ status, call }: Attempt, settings: TaskSettings): Kind | undefined {
	if (status !== 'ANSWERED') return KINDS[status];
	if (call.responder === 'AnsweringMachine') return 'answerMash';
	return call.duration < (settings.additionalOptions.fullListTime ?? 0)
		? 'answerNoList'
		: undefined;
}

/** After how many seconds the person is phoned again; undefined: never. */
export function redialAfter(candidate: Candidate, settings: TaskSettings): number | undefined {
	const last = candidate.attempts.at(-1);
	if (!last) return 0;
	const { redialStrategyEn, candidateLimit, ...rules } = settings.redialStrategyOptions;
	if (nextPhone(candidate, settings) === undefined) return undefined;
	const kind = kindOf(last, settings);
	// Each number of a person is tried once before any rule.
	if (kind !== undefined && candidate.attempts.length < candidate.phones.length) return 0;
	if (!redialStrategyEn || kind === undefined) return undefined;
	if (candidateLimit?.redial && candidate.attempts.length >= (candidateLimit.count ?? Infinity))
		return undefined;
	const rule = rules[kind];
	const before = candidate.attempts.filter((one) => kindOf(one, settings) === kind).length;
	return rule?.redial && before <= (rule.count ?? 1) ? (rule.time ?? 0) : undefined;
}

/** The number to phone next, in turn; undefined when each has had its limit. */
export function nextPhone(
	{ phones, attempts }: Candidate,
	settings: TaskSettings,
): string | undefined {
	const { redialStrategyEn, numberLimit } = settings.redialStrategyOptions;
	const most = redialStrategyEn && numberLimit?.redial ? (numberLimit.count ?? Infinity) : Infinity;
	const times = (phone: string) => attempts.filter((attempt) => attempt.phone === phone).length;
	const inTurn = phones.map((_phone, i) => phones[(attempts.length + i) % phones.length]);
	return inTurn.find((phone) => times(phone) < most);
}
