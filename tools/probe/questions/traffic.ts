import type { Answer } from '../client';
import { CALLS, askCalls } from '../report-api';
import type { Ground } from '../report-api';
import { isRefusal } from '../rows';

/** Pages at once: what the node begins with. */
const AT_ONCE = 4;

/** What a wrong parameter is answered with: its status, and the keys of the answer. */
export async function askErrors({
	client,
	findings,
}: Pick<Ground, 'client' | 'findings'>): Promise<void> {
	const answer = await askCalls(client, { limit: 'probe' });
	const keys =
		typeof answer.json === 'object' && answer.json !== null ? Object.keys(answer.json) : [];
	const known = keys.filter((key) =>
		['error', 'details', 'message', 'code', 'errors'].includes(key),
	);
	findings.fact(
		'a wrong parameter',
		isRefusal(answer)
			? `${answer.status} with ${known.join(', ') || 'other keys'}`
			: `taken (${answer.status})`,
		{ requests: [answer.number] },
	);
}

/** Headers, clock and speed. The only requests of the probe that go side by side. */
export async function askTraffic({ client, findings, limit }: Ground): Promise<void> {
	const query = { fields: 'id', limit, sort: 'createdAt' };
	const single: Answer[] = [];
	for (let i = 0; i < AT_ONCE; i++) single.push(await askCalls(client, query));
	const together = await client.together(AT_ONCE, 'analyse', CALLS, query);
	const shown = (answers: Answer[]) => ({ requests: answers.map(({ number }) => number) });
	findings.fact('median time of a page, one at a time', `${median(single)} ms`, shown(single));
	findings.fact('median time of a page, 4 at once', `${median(together)} ms`, shown(together));
	const refused = together.filter(({ status }) => status !== 200).map(({ status }) => status);
	findings.fact(
		'4 pages at once',
		refused.length > 0 ? `answered with ${refused.join(', ')}` : 'all answered',
		shown(together),
	);
	const { headers, number } = single[0];
	const has = (name: string) => headers.get(name) !== null;
	const limits = [...headers.keys()].filter((name) => /rate-?limit|retry-after/i.test(name));
	findings.fact('headers of a rate limit', limits.join(', ') || 'none', { requests: [number] });
	findings.fact('compression', headers.get('content-encoding') ?? 'none', { requests: [number] });
	findings.fact(
		'keep-alive',
		headers.get('connection') ?? (has('keep-alive') ? 'keep-alive' : 'not said'),
		{
			requests: [number],
		},
	);
	const date = Date.parse(headers.get('date') ?? '');
	findings.fact(
		"TWIN24's clock against this machine's",
		Number.isNaN(date) ? undefined : `${Math.round((date - Date.now()) / 1000)} s ahead`,
		{ requests: [number] },
	);
}

const median = (answers: Answer[]) =>
	answers.map(({ ms }) => ms).sort((a, b) => a - b)[Math.floor(answers.length / 2)];
