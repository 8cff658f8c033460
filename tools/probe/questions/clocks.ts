import type { Readings } from '../../emulator/readings';
import { SECOND } from '../../emulator/time';
import { askCalls } from '../report-api';
import type { Ground } from '../report-api';
import { idOf, idsOf, pageOf, timeOf } from '../rows';
import type { Row } from '../rows';
import { created, moment } from '../sample';

/** Zones, and so leads, are whole numbers of quarter hours. Micros. */
const QUARTER = 900 * SECOND;

/** How soon after its creation a call is taken for dialled at once. */
const AT_ONCE = 120 * SECOND;

/** Which share of a kind of calls must show the same lead, and on how many rows. */
const SHARE = 0.8;
const ENOUGH = 5;
const ENOUGH_OTHERS = 3;

/** Statuses that a call can have without having been dialled. */
const NEVER_DIALLED = new Set([
	'BLACKLIST',
	'FZ230',
	'INVALID',
	'EMPTY_AON',
	'EXPIRED',
	'REJECTED',
]);

/** Whether the other two times run ahead of `createdAt`, for whom, and how they are compared. */
export async function askClocks(ground: Ground): Promise<void> {
	const { findings, sample } = ground;
	const started = sample.rows.filter((row) => !Number.isNaN(timeOf(row, 'startedAt')));
	const others = started.filter(isOther);
	const dialled = started.filter((row) => !isOther(row));
	const lead = leadOf(dialled, ENOUGH);
	const shown = { rows: dialled.length, requests: [] as number[] };
	const settle = (
		clock: Readings['clock'] | undefined,
		note = '',
		clockWriters?: Readings['clockWriters'],
	) => {
		findings.reading('clock', clock, { ...shown, note });
		const ahead = clock !== undefined && clock !== 'utc' ? lead : undefined;
		findings.reading('clockLead', ahead === undefined ? undefined : ahead / SECOND, shown);
		findings.reading('clockWriters', ahead === undefined ? undefined : clockWriters, {
			...shown,
			rows: others.length,
		});
	};
	if (lead === undefined)
		return settle(undefined, 'No one lead: too few calls, or dialled long after their creation');
	const otherLead = leadOf(others, ENOUGH_OTHERS);
	const otherLeads = new Set(others.map(rowLead));
	if (lead === 0) {
		if (otherLeads.size > 1 || (others.length > 0 && !otherLeads.has(0)))
			return settle(undefined, 'Some calls run ahead and others do not');
		return settle('utc', 'To within a quarter of an hour');
	}
	const writers = otherLead === lead ? 'all' : otherLead === 0 ? 'dialled' : undefined;
	const compared = await askCompared(ground, dialled, lead, shown.requests);
	settle(compared, compared === undefined ? 'How periods compare them was not shown' : '', writers);
}

/** Whether periods look at the times as shown: asked with one around a call's time, as shown and as true. */
async function askCompared(
	{ client, limit }: Ground,
	rows: readonly Row[],
	lead: number,
	requests: number[],
): Promise<Readings['clock'] | undefined> {
	const found = new Set<Readings['clock']>();
	for (const row of [rows[0], rows[Math.floor(rows.length / 2)]]) {
		const at = timeOf(row, 'startedAt');
		const isIn = async (time: number) => {
			const answer = await askCalls(client, {
				filterPeriodBy: 'startedAt',
				from: moment(floor(time) - 2 * SECOND),
				to: moment(floor(time) + 2 * SECOND),
				limit,
			});
			requests.push(answer.number);
			return idsOf(pageOf(answer)?.rows ?? []).includes(idOf(row));
		};
		const [asShown, asTrue] = [await isIn(at), await isIn(at - lead)];
		if (asShown === asTrue) return undefined;
		found.add(asShown ? 'moscowShown' : 'moscowShownFilterTrue');
	}
	const [only] = found;
	return found.size === 1 ? only : undefined;
}

/** The lead that nearly all of these calls show, micros; undefined: they do not agree. */
function leadOf(rows: readonly Row[], enough: number): number | undefined {
	if (rows.length < enough) return undefined;
	const leads = rows.map(rowLead);
	const seen = new Map<number, number>();
	for (const lead of leads) if (lead !== undefined) seen.set(lead, (seen.get(lead) ?? 0) + 1);
	const [[lead, times] = [0, 0], second] = [...seen].sort((a, b) => b[1] - a[1]);
	// A second group of calls would be another clock, or calls that were dialled later.
	if (times < SHARE * rows.length || (second && second[1] > 1)) return undefined;
	return lead;
}

/** By how many quarter hours a call seems to have been dialled after its creation; undefined: by no such number. */
function rowLead(row: Row): number | undefined {
	const ahead = timeOf(row, 'startedAt') - created(row);
	const lead = Math.floor(ahead / QUARTER) * QUARTER;
	return ahead - lead <= AT_ONCE ? lead : undefined;
}

const isOther = (row: Row) => NEVER_DIALLED.has(String(row.status));

const floor = (time: number) => Math.floor(time / SECOND) * SECOND;
