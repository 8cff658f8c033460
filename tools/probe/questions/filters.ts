import type { Readings } from '../../emulator/readings';
import { Hypotheses } from '../hypotheses';
import { askCalls, within } from '../report-api';
import type { Ground } from '../report-api';
import { idOf, idsOf, isRefusal, pageOf, sameSet } from '../rows';
import type { Row } from '../rows';

/** Filters that the vendor's page names. */
const NAMED = ['id', 'phone', 'taskId', 'status', 'keyword'];

/** The longest value that is put into an address, in characters. */
const LONGEST = 300;

/** How many filters of one kind must be alike before the kind is said to be so. */
const ENOUGH = 5;

/** A parameter that nobody can know. */
const UNKNOWN = 'probeUnknown';

/** What a filter did, shown on rows. */
type Outcome = 'obeyed' | 'ignored' | 'refused' | 'otherwise';

/** Which filters are obeyed, ignored or refused, each asked for a value that some of the rows have. */
export async function askFilters(ground: Ground): Promise<void> {
	const { client, findings, wide, fields, limit } = ground;
	const outcomes = new Map<string, Outcome>();
	const requests: number[] = [];
	const unknown = await askCalls(client, { [UNKNOWN]: '1', limit: 1 });
	const isAnswered = (pageOf(unknown)?.rows.length ?? 0) > 0;
	findings.reading(
		'unknownFilter',
		isRefusal(unknown) ? 'error' : isAnswered ? 'ignored' : undefined,
		{
			requests: [unknown.number],
		},
	);
	for (const name of wide ? [...fields, 'keyword'] : []) {
		const wanted = pick(name, wide!.rows);
		if (wanted === undefined) continue;
		const answer = await askCalls(client, { ...within(wide!), [name]: wanted.value, limit });
		requests.push(answer.number);
		const page = pageOf(answer);
		const all = page && sameSet(idsOf(page.rows), idsOf(wide!.rows));
		const some = page && sameSet(idsOf(page.rows), wanted.ids);
		outcomes.set(
			name,
			isRefusal(answer) ? 'refused' : some ? 'obeyed' : all ? 'ignored' : 'otherwise',
		);
	}
	settle(ground, outcomes, requests);
}

function settle(
	{ findings, wide }: Ground,
	outcomes: ReadonlyMap<string, Outcome>,
	requests: number[],
): void {
	const rows = wide?.rows.length ?? 0;
	const others = [...outcomes].filter(([name]) => !NAMED.includes(name));
	const areAll = (outcome: Outcome) => others.every(([, found]) => found === outcome);
	const isAny = (outcome: Outcome) => others.some(([, found]) => found === outcome);
	const many = (outcome: Outcome) =>
		others.filter(([, found]) => found === outcome).length >= ENOUGH;
	// One that is obeyed shows that such filters are there; the rest are exceptions.
	const kind: Readings['otherFilters'] | undefined = isAny('obeyed')
		? 'exact'
		: isAny('otherwise')
			? undefined
			: many('refused') && areAll('refused')
				? 'error'
				: many('ignored')
					? 'ignored'
					: undefined;
	findings.reading('otherFilters', kind, {
		rows,
		requests,
		note: `Seen on ${others.length} of them`,
	});
	const exceptions = (outcome: Outcome, isTheKind: boolean) =>
		[...outcomes]
			.filter(([name, found]) => found === outcome && (NAMED.includes(name) || !isTheKind))
			.map(([name]) => name);
	const strange = [...outcomes].filter(([, found]) => found === 'otherwise').map(([name]) => name);
	const note = [
		outcomes.size > 0 ? `Asked: ${[...outcomes.keys()].join(', ')}` : 'No fitting calls to tell',
		...(strange.length > 0 ? [`neither obeyed nor ignored: ${strange.join(', ')}`] : []),
	].join('; ');
	const isKnown = outcomes.size > 0 && kind !== undefined;
	const shown = { rows, requests, note };
	findings.reading(
		'filtersIgnored',
		isKnown ? exceptions('ignored', kind === 'ignored') : undefined,
		shown,
	);
	findings.reading(
		'filtersRefused',
		isKnown ? exceptions('refused', kind === 'error') : undefined,
		shown,
	);
}

/** A value that some, but not all, of the rows have, and the rows that have it. */
function pick(name: string, rows: readonly Row[]): { value: string; ids: string[] } | undefined {
	// A word of which it is known where it stands: the digits of a phone.
	const field = name === 'keyword' ? 'phone' : name;
	const byValue = new Map<string, string[]>();
	for (const row of rows) {
		const value = textOf(row[field]);
		byValue.set(value, [...(byValue.get(value) ?? []), idOf(row)]);
	}
	if (name === 'status') byValue.delete('ANSWERED');
	const fitting = [...byValue].filter(
		([value, ids]) => value !== '' && value.length <= LONGEST && ids.length < rows.length,
	);
	const [value, ids] = fitting.sort((a, b) => a[0].length - b[0].length)[0] ?? [];
	if (value === undefined || ids === undefined) return undefined;
	if (name !== 'keyword') return { value, ids };
	const mentions = rows.filter((row) =>
		Object.values(row).some((cell) => textOf(cell).includes(value)),
	);
	return { value, ids: idsOf(mentions) };
}

function textOf(value: unknown): string {
	if (value === null || value === undefined) return '';
	return typeof value === 'object'
		? JSON.stringify(value)
		: String(value as string | number | boolean);
}

/** Whether `id` takes a list. */
export async function askIdList(ground: Ground): Promise<void> {
	const { client, findings, wide } = ground;
	const hypotheses = new Hypotheses<Pick<Readings, 'idFilter'>>({
		idFilter: ['list', 'single', 'error'],
	});
	const ids = idsOf(wide?.rows.slice(0, 2) ?? []);
	if (wide && ids.length === 2 && wide.rows.length > 2) {
		for (const wanted of [ids.slice(0, 1), ids]) {
			const answer = await askCalls(client, {
				...within(wide),
				id: wanted.join(','),
				limit: ground.limit,
			});
			const found = idsOf(pageOf(answer)?.rows ?? []);
			const isList = wanted.length > 1;
			hypotheses.observe(answer.number, ({ idFilter }) => {
				if (isList && idFilter === 'error') return isRefusal(answer);
				const expected = isList && idFilter === 'single' ? [] : wanted;
				return pageOf(answer) !== undefined && sameSet(found, expected);
			});
		}
	}
	findings.reading('idFilter', hypotheses.settled('idFilter'), {
		rows: ids.length,
		requests: hypotheses.requests,
		note: hypotheses.contradicted
			? 'No known reading explains the answers: is the filter obeyed at all?'
			: ids.length < 2
				? 'No fitting calls to tell'
				: '',
	});
}
