import type { Readings } from '../../emulator/readings';
import { Hypotheses } from '../hypotheses';
import { askCalls, mostRows, within } from '../report-api';
import type { Ground } from '../report-api';
import { idOf, idsOf, pageOf, sameList, sameSet, timeOf } from '../rows';
import type { Row } from '../rows';
import { created } from '../sample';

type Sorting = Pick<Readings, 'sorting'>;
type Nulls = Sorting & Pick<Readings, 'nulls'>;

/** Whether `sort` and its `-` are obeyed, and where rows without the key stand. */
export async function askOrder(ground: Ground): Promise<void> {
	const { client, findings, sample, wide } = ground;
	const sorting = new Hypotheses<Sorting>({ sorting: ['obeyed', 'ignored', 'directionIgnored'] });
	let rows = 0;
	for (const sort of ['createdAt', '-createdAt']) {
		if (!wide) break;
		const answer = await askCalls(client, { ...within(wide), sort, limit: ground.limit });
		const times = (pageOf(answer)?.rows ?? []).map(created);
		if (new Set(times).size < 2) continue;
		rows = times.length;
		sorting.observe(answer.number, (h) => isSorted(times, isDescending(sort, h)));
	}
	settle(sorting, 'sorting', rows);

	const nulls = new Hypotheses<Nulls>({
		sorting: sorting.possible('sorting'),
		nulls: ['last', 'first', 'lastAscending', 'firstAscending'],
	});
	const mixed = sample.stretch(mostRows(ground), (some) => {
		const idle = some.filter(({ startedAt }) => startedAt === null).length;
		return idle > 0 && idle < some.length ? idle : 0;
	});
	let seen = 0;
	for (const sort of ['startedAt', '-startedAt']) {
		if (!mixed) break;
		const answer = await askCalls(client, {
			...within(mixed),
			sort,
			limit: ground.limit,
			fields: 'id,createdAt,startedAt',
		});
		const page = pageOf(answer);
		if (!page || !sameSet(idsOf(page.rows), idsOf(mixed.rows))) continue;
		const isIdle = page.rows.map(({ startedAt }) => startedAt === null);
		const [first, last] = [
			isSorted(
				isIdle.map((idle) => (idle ? 0 : 1)),
				false,
			),
			isSorted(isIdle.map(Number), false),
		];
		seen = isIdle.filter(Boolean).length;
		nulls.observe(answer.number, (h) => {
			if (h.sorting === 'ignored') return isSorted(page.rows.map(created), true);
			const areFirst = nullsFirst(h.nulls, isDescending(sort, h));
			return areFirst ? first : last;
		});
	}
	settle(nulls, 'nulls', seen);

	function settle<H extends Nulls | Sorting, K extends keyof H & keyof Readings>(
		hypotheses: Hypotheses<H>,
		name: K,
		seenOn: number,
	): void {
		findings.reading(name, hypotheses.settled(name) as Readings[K] | undefined, {
			rows: seenOn,
			requests: hypotheses.requests,
			note: hypotheses.contradicted
				? 'No known reading explains the answers'
				: seenOn === 0
					? 'No fitting calls to tell'
					: '',
		});
	}
}

/** Whether the answer comes in descending order. */
function isDescending(sort: string, { sorting }: Sorting): boolean {
	return sorting === 'ignored' || (sorting === 'obeyed' && sort.startsWith('-'));
}

function nullsFirst(nulls: Readings['nulls'], descending: boolean): boolean {
	if (nulls === 'lastAscending') return descending;
	if (nulls === 'firstAscending') return !descending;
	return nulls === 'first';
}

const isSorted = (values: readonly number[], descending: boolean): boolean =>
	values.every(
		(value, i) => i === 0 || (descending ? values[i - 1] >= value : values[i - 1] <= value),
	);

/** Whether other rows that this key sorts come in the key's order. */
export async function askSortKeys(ground: Ground): Promise<void> {
	const { client, findings, wide } = ground;
	for (const key of ['updatedAt', 'startedAt', 'duration']) {
		if (!wide) break;
		const answer = await askCalls(client, {
			...within(wide),
			sort: key,
			fields: `id,${key}`,
			limit: ground.limit,
		});
		const page = pageOf(answer);
		const value = (row: Row) => (key === 'duration' ? Number(row[key]) : timeOf(row, key));
		const values = (page?.rows ?? []).map(value).filter((n) => !Number.isNaN(n));
		findings.fact(
			`sort by ${key}`,
			!page
				? 'refused'
				: new Set(values).size < 2
					? undefined
					: isSorted(values, false)
						? 'obeyed'
						: 'not obeyed',
			{ rows: values.length, requests: [answer.number] },
		);
	}
}

/** How unlikely it must be that an order that changes came out the same by chance. */
const SURE = 1e6;

/** How often an answer is compared with the first. */
const LOOKS = 4;

/**
 * Whether calls of one moment stand in one order: asked again alike, asked with other pages, and
 * asked where more match than can be had.
 *
 * @param isAboveCap whether the account has more calls than can be had
 */
export async function askTies(ground: Ground, isAboveCap: boolean): Promise<void> {
	const { client, findings, sample, limit } = ground;
	const requests: number[] = [];
	const tied = sample.stretch(mostRows(ground), (rows) => Math.log(orders(rows)));
	const settle = (value: Readings['tieOrder'] | undefined, note = '') =>
		findings.reading('tieOrder', value, { rows: tied?.rows.length ?? 0, requests, note });
	if (!tied) return settle(undefined, 'No calls of one moment were seen');

	/** The order of the tied calls only. */
	const isTied = new Set(tiedIds(tied.rows));
	const ask = async (rows: number, offset?: number) => {
		const answer = await askCalls(client, { ...within(tied), limit: rows, offset });
		requests.push(answer.number);
		return idsOf(pageOf(answer)?.rows ?? []).filter((id) => isTied.has(id));
	};
	const whole = tied.rows.length;
	const first = await ask(limit);
	if (!sameSet(first, [...isTied])) return settle(undefined, 'The stretch changed meanwhile');
	const chances = Math.min(orders(tied.rows), 1e9);

	let again = 1;
	for (let look = 0; look < LOOKS; look++) {
		if (!sameList(await ask(limit), first)) return settle('unstable');
		again *= chances;
	}
	if (again < SURE) return settle(undefined, 'Too few calls of one moment to tell');

	let other = 1;
	for (let look = 1; look <= LOOKS; look++) {
		const rows = whole + look;
		if (rows >= limit) break;
		const page = await ask(rows);
		if (sameSet(page, first) && !sameList(page, first)) return settle('perPage');
		other *= chances;
	}
	if (other < SURE) return settle(undefined, 'stable, perPage or aboveCap');
	if (!isAboveCap) return settle(undefined, 'stable, or another order above the cap');

	// The same calls where more match than can be had: as far as they are among those.
	const above = await newestOrOldest(ground, requests);
	const groups = groupsOf(above);
	const inside = groups.filter((group) => group.length > 1);
	const period = await orderWithin(ground, inside, requests);
	if (!period) return settle(undefined, 'stable, or another order above the cap');
	const alike = inside.every((group) => {
		const ids = idsOf(group);
		return sameList(
			period.filter((id) => ids.includes(id)),
			ids,
		);
	});
	if (!alike) return settle('aboveCap');
	const product = inside.reduce((all, group) => Math.min(all * factorial(group.length), 1e12), 1);
	return settle(
		product >= SURE ? 'stable' : undefined,
		product >= SURE ? '' : 'stable, or another order above the cap',
	);
}

/** A page of the whole account, less the groups that it cuts through. */
async function newestOrOldest(
	{ client, limit, pageRows }: Ground,
	requests: number[],
): Promise<Row[]> {
	const answer = await askCalls(client, {
		sort: 'createdAt',
		limit: Math.min(limit, pageRows, 200),
	});
	requests.push(answer.number);
	const rows = pageOf(answer)?.rows ?? [];
	const ends = [created(rows[0] ?? {}), created(rows.at(-1) ?? {})];
	return rows.filter((row) => !ends.includes(created(row)));
}

/** The order of these groups' calls in a period that holds little more than them. */
async function orderWithin(
	{ client, limit, pageRows }: Ground,
	groups: Row[][],
	requests: number[],
): Promise<string[] | undefined> {
	const times = groups.flat().map(created);
	if (times.length === 0) return undefined;
	const [from, to] = [Math.min(...times) - 1e6, Math.max(...times) + 1e6];
	const answer = await askCalls(client, { ...within({ from, to, rows: [] }), limit });
	requests.push(answer.number);
	const ids = idsOf(pageOf(answer)?.rows ?? []);
	const wanted = idsOf(groups.flat());
	if (ids.length >= pageRows || !wanted.every((id) => ids.includes(id))) return undefined;
	return ids;
}

/** Neighbours of one moment. */
function groupsOf(rows: readonly Row[]): Row[][] {
	const groups = new Map<number, Row[]>();
	for (const row of rows) groups.set(created(row), [...(groups.get(created(row)) ?? []), row]);
	return [...groups.values()];
}

const tiedIds = (rows: readonly Row[]): string[] =>
	groupsOf(rows)
		.filter((group) => group.length > 1)
		.flatMap((group) => group.map(idOf));

/** In how many orders rows can come, if only those of one moment change places; at most 1e12. */
const orders = (rows: readonly Row[]): number =>
	groupsOf(rows).reduce((all, group) => Math.min(all * factorial(group.length), 1e12), 1);

const factorial = (n: number): number =>
	n <= 1 ? 1 : Math.min(n * factorial(Math.min(n - 1, 15)), 1e12);
