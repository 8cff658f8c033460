import { SECOND } from '../../emulator/time';
import type { Readings } from '../../emulator/readings';
import { Hypotheses } from '../hypotheses';
import { askCalls, mostRows } from '../report-api';
import type { Ground } from '../report-api';
import { idOf, idsOf, isRefusal, pageOf, sameSet, timeOf } from '../rows';
import { created, moment } from '../sample';

type Ends = Pick<Readings, 'from' | 'to' | 'compareToTheSecond' | 'periodFractions'>;

/** The ends of a period, micros. */
interface Period {
	from: number;
	to: number;
}

/** How many pairs of calls the ends are laid on. */
const PAIRS = 2;

/** What a period's ends mean, shown by laying them on, and beside, moments at which calls were created. */
export async function askPeriodEnds(ground: Ground): Promise<void> {
	const { client, findings, sample, limit } = ground;
	const hypotheses = new Hypotheses<Ends>({
		from: ['inclusive', 'exclusive'],
		to: ['inclusive', 'exclusive'],
		compareToTheSecond: [false, true],
		periodFractions: ['error', 'accepted', 'truncated'],
	});
	let rows = 0;
	for (const period of pairs(ground).flatMap(periodsOn)) {
		const answer = await askCalls(client, {
			from: precise(period.from),
			to: precise(period.to),
			sort: 'createdAt',
			limit,
		});
		const isRefused = isRefusal(answer);
		const ids = idsOf(pageOf(answer)?.rows ?? []);
		rows = Math.max(rows, ids.length);
		hypotheses.observe(answer.number, (ends) => {
			const expected = found(ends, period);
			if (expected === undefined || isRefused) return expected === undefined && isRefused;
			return sameSet(ids, idsOf(sample.between(expected.from, expected.to)));
		});
	}
	const { requests, contradicted } = hypotheses;
	const note = contradicted
		? 'No known reading explains the answers'
		: rows === 0
			? 'Too few calls to tell'
			: '';
	for (const name of ['from', 'to', 'compareToTheSecond', 'periodFractions'] as const)
		findings.reading(name, hypotheses.settled(name), { rows, requests, note });
}

/** The first and the last moment whose calls are found, micros; undefined: a refusal. */
function found(ends: Ends, period: Period): Period | undefined {
	const hasFraction = [period.from, period.to].some((time) => time % SECOND !== 0);
	if (hasFraction && ends.periodFractions === 'error') return undefined;
	const floor = (time: number, grain: number) => Math.floor(time / grain) * grain;
	const cut = ends.periodFractions === 'truncated' ? SECOND : 1;
	const grain = ends.compareToTheSecond ? SECOND : 1;
	const from = floor(floor(period.from, cut), grain);
	const to = floor(floor(period.to, cut), grain);
	return {
		from: ends.from === 'inclusive' ? from : from + grain,
		to: ends.to === 'inclusive' ? to + grain - 1 : to - 1,
	};
}

/** Periods around and on two moments, such that together they tell the readings apart. */
function periodsOn({ from, to }: Period): Period[] {
	const floor = (time: number) => Math.floor(time / SECOND) * SECOND;
	return [
		{ from: floor(from), to: floor(to) },
		{ from: floor(from) + SECOND / 2, to: floor(to) + SECOND / 2 },
		// With digits after the second, the calls' own moments and their neighbours are asked too.
		...(from % SECOND === 0 && to % SECOND === 0
			? []
			: [
					{ from, to },
					{ from: from + 1, to: to - 1 },
				]),
	];
}

/** Moments of calls, with few enough calls in between, and all known. */
function pairs(ground: Ground): Period[] {
	const { sample } = ground;
	const most = mostRows(ground);
	const times = [...new Set(sample.rows.map(created))];
	const found: Period[] = [];
	for (let i = 0; i < times.length && found.length < PAIRS; i++) {
		const from = times[i];
		const j = times.findIndex((time, k) => k > i + 1 && time - from >= 3 * SECOND);
		if (j < 0) break;
		const to = times[j];
		const around = [from - 2 * SECOND, to + 2 * SECOND] as const;
		if (!sample.knows(...around) || sample.between(...around).length > most) continue;
		found.push({ from, to });
		i = j;
	}
	return found;
}

/** A moment with as many digits after the second as it needs. */
function precise(micros: number): string {
	const fraction = ((micros % SECOND) + SECOND) % SECOND;
	const text = moment(micros - fraction);
	return fraction === 0 ? text : text.replace('+', `.${String(fraction).padStart(6, '0')}+`);
}

/** When a call that was never started is in a period of `startedAt`. */
export async function askTimeless(ground: Ground): Promise<void> {
	const { client, findings, sample } = ground;
	const idle = sample.rows.filter((row) => row.startedAt === null).slice(0, 2);
	const hypotheses = new Hypotheses<Pick<Readings, 'timeless'>>({
		timeless: ['withoutPeriod', 'withoutFrom', 'never'],
	});
	let rows = 0;
	for (const row of idle) {
		const id = idOf(row);
		// A far end, and no period at all; the id keeps everything else out.
		for (const to of [undefined, '2099-01-01T00:00:00+00:00']) {
			const answer = await askCalls(client, { id, filterPeriodBy: 'startedAt', to, limit: 2 });
			const ids = idsOf(pageOf(answer)?.rows ?? []);
			const isThere = sameSet(ids, [id]);
			// Other rows show that the id is not obeyed, and a refusal shows nothing at all.
			if (isRefusal(answer) || (!isThere && ids.length > 0)) continue;
			rows += ids.length;
			hypotheses.observe(answer.number, ({ timeless }) =>
				timeless === 'never'
					? !isThere
					: timeless === 'withoutFrom' || to === undefined
						? isThere
						: !isThere,
			);
		}
	}
	const started = sample.rows.find((row) => !Number.isNaN(timeOf(row, 'startedAt')));
	// Nothing found may also mean that the id finds nothing: it must find one that was started.
	const proof = started && (await askCalls(client, { id: idOf(started), limit: 2 }));
	const isObeyed = proof && sameSet(idsOf(pageOf(proof)?.rows ?? []), [idOf(started)]);
	findings.reading('timeless', isObeyed ? hypotheses.settled('timeless') : undefined, {
		rows,
		requests: hypotheses.requests,
		note:
			idle.length === 0
				? 'No call without this time was seen'
				: isObeyed
					? ''
					: 'The filter by id is not obeyed',
	});
}
