import type { Readings } from '../../emulator/readings';
import { Hypotheses } from '../hypotheses';
import { askCalls, isUntied, mostRows, within } from '../report-api';
import { moment } from '../sample';
import type { Stretch } from '../sample';
import type { Ground } from '../report-api';
import { pageOf } from '../rows';

type Count = Pick<Readings, 'count'>;

/**
 * What `count` says: of stretches whose rows are all known, read whole and in part, and of the
 * whole account.
 *
 * @param cap how many rows of a period can be had, if known
 */
export async function askCount(ground: Ground, cap: number | undefined): Promise<void> {
	const { client, findings, sample, limit, pageRows } = ground;
	const hypotheses = new Hypotheses<Count>({
		count: ['total', 'capped', 'page', 'absent', 'oneTooMany', 'account'],
	});
	const most = mostRows(ground);
	const large = sample.stretch(most, (rows) => rows.length);
	const small = sample.stretch(Math.min(most, 12), (rows) => rows.length);
	const account = await askCalls(client, { limit: 1 });
	const whole = pageOf(account);
	if (whole) {
		hypotheses.observe(
			account.number,
			({ count }) => (count === 'absent') === (whole.count === undefined),
		);
	}

	const seen: Seen[] = [];
	for (const { stretch, part } of [
		{ stretch: large, part: undefined },
		{ stretch: large, part: 2 },
		{ stretch: small, part: undefined },
	]) {
		if (!stretch) continue;
		const answer = await askCalls(client, { ...within(stretch), limit: part ?? limit });
		const page = pageOf(answer);
		const total = stretch.rows.length;
		if (page?.rows.length !== Math.min(part ?? pageRows, total)) continue;
		const said = page.count;
		seen.push({ said, total });
		hypotheses.observe(answer.number, ({ count }) => {
			switch (count) {
				case 'total':
					return said === total;
				case 'capped':
					return isCapped(seen);
				case 'page':
					return said === page.rows.length;
				case 'absent':
					return said === undefined;
				case 'oneTooMany':
					return said === total + 1;
				case 'account':
					return said !== undefined && said === whole?.count && said > total;
			}
		});
	}
	const rows = Math.max(0, ...seen.map(({ total }) => total));
	let ceiling = ceilingOf(seen);

	// A number that is the sum of its two parts is no ceiling; one that is less is.
	if (rows > 0 && hypotheses.possible('count').includes('capped') && ceiling === Infinity) {
		const sum = await askSum(ground, large!);
		if (sum && sum.parts > sum.said) {
			ceiling = sum.said;
			hypotheses.observe(sum.request, ({ count }) => count === 'capped');
		} else if (sum && sum.parts === sum.said && cap !== undefined && sum.said > cap)
			hypotheses.observe(sum.request, ({ count }) => count !== 'capped');
	}

	const count = hypotheses.settled('count');
	const { requests } = hypotheses;
	findings.reading('count', rows > 0 || count === 'absent' ? count : undefined, {
		rows,
		requests,
		note: hypotheses.contradicted
			? 'No known reading explains the answers'
			: count === undefined && rows > 0
				? `One of ${hypotheses.possible('count').join(', ')}: the account has too few calls to tell`
				: count === 'total'
					? 'Not capped up to the number of calls of this account'
					: '',
	});
	const isKnown = count === 'capped' && ceiling !== Infinity;
	findings.reading('countCap', isKnown ? (ceiling === cap ? 0 : ceiling) : undefined, {
		rows,
		requests,
		note: isKnown ? '' : 'The count is not known to be capped',
	});
}

/** A count that was said of rows that are known. */
interface Seen {
	said: number | undefined;
	total: number;
}

/** The number at which the counts stop, if they do. */
const ceilingOf = (seen: readonly Seen[]): number =>
	Math.min(
		Infinity,
		...seen.flatMap(({ said, total }) => (said !== undefined && said < total ? [said] : [])),
	);

const isCapped = (seen: readonly Seen[]): boolean =>
	seen.every(({ said, total }) => said === Math.min(total, ceilingOf(seen)));

/** The count of all calls on one side of a moment, and the sum of the counts of its two parts. */
async function askSum(
	{ client, sample }: Ground,
	{ from, to, rows }: Stretch,
): Promise<{ said: number; parts: number; request: number } | undefined> {
	// The side on which the sample's pages do not end.
	const [outer, inner] = sample.isFromStart
		? [{ from: moment(from) }, { from: moment(to) }]
		: [{ to: moment(to) }, { to: moment(from) }];
	const whole = await askCalls(client, { ...outer, limit: 1 });
	const part = await askCalls(client, { ...inner, limit: 1 });
	const [said, rest] = [pageOf(whole)?.count, pageOf(part)?.count];
	if (said === undefined || rest === undefined) return undefined;
	return { said, parts: rest + rows.length, request: part.number };
}

/** How `page` counts, what it does beside `offset`, and what a page without rows looks like. */
export async function askPages(ground: Ground): Promise<void> {
	const { client, findings, sample } = ground;
	const hypotheses = new Hypotheses<Pick<Readings, 'pageFrom' | 'pageWithOffset'>>({
		pageFrom: [0, 1],
		pageWithOffset: ['added', 'error', 'offsetOnly', 'pageOnly'],
	});
	// In a long stretch some calls are of one moment more easily than in a short one.
	const untied = [30, 12, 6]
		.map((most) =>
			sample.stretch(Math.min(mostRows(ground), most), (rows) =>
				rows.length >= 5 && isUntied(rows) ? rows.length : 0,
			),
		)
		.find((stretch) => stretch !== undefined);
	let rows = 0;
	const size = 2;
	if (untied && ground.pageRows >= 6) {
		for (const [page, offset] of [
			[0, undefined],
			[1, undefined],
			[1, 1],
			[2, 1],
		] as const) {
			const answer = await askCalls(client, { ...within(untied), limit: size, page, offset });
			const got = pageOf(answer)?.rows.map(({ id }) => id);
			rows = untied.rows.length;
			// Which of the two directions the rows come in is another question.
			hypotheses.observe(answer.number, ({ pageFrom, pageWithOffset }) => {
				if (page < pageFrom || (offset !== undefined && pageWithOffset === 'error')) return !got;
				const paged = (page - pageFrom) * size;
				const starts = {
					added: paged + (offset ?? 0),
					offsetOnly: offset,
					pageOnly: paged,
					error: paged,
				};
				const start = offset === undefined ? paged : (starts[pageWithOffset] ?? 0);
				return [untied.rows, untied.rows.toReversed()].some((order) => {
					const expected = order.slice(start, start + size).map(({ id }) => id);
					return got !== undefined && JSON.stringify(got) === JSON.stringify(expected);
				});
			});
		}
	}
	const { requests } = hypotheses;
	const note = hypotheses.contradicted
		? 'No known reading explains the answers'
		: rows === 0
			? 'No fitting calls to tell'
			: '';
	findings.reading('pageFrom', hypotheses.settled('pageFrom'), { rows, requests, note });
	findings.reading('pageWithOffset', hypotheses.settled('pageWithOffset'), {
		rows,
		requests,
		note,
	});
}

/** What `items` is when there is nothing: in a period before telephones had robots. */
export async function askEmptyPage({
	client,
	findings,
}: Pick<Ground, 'client' | 'findings'>): Promise<void> {
	const answer = await askCalls(client, {
		from: '2001-01-01T00:00:00+00:00',
		to: '2001-01-02T00:00:00+00:00',
		limit: 1,
	});
	const page = pageOf(answer);
	const isEmpty = page !== undefined && page.rows.length === 0;
	findings.reading('emptyItems', isEmpty ? (page.isNull ? 'null' : 'array') : undefined, {
		requests: [answer.number],
	});
}
