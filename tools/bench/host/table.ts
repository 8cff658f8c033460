import { median } from '../results';

/** Who fetches: this package in n8n, another version of it, HTTP Request with Split Out, a bare loop. */
export type Lane = 'node' | 'other' | 'http' | 'fetch';

/** One row: what was fetched, and the milliseconds that each lane took, round by round. */
export interface Result {
	calls: number;
	latency: number;
	rounds: Array<Partial<Record<Lane, number>>>;
}

const HEAD = [
	'Calls',
	'ms per page',
	'Node',
	'HTTP Request and Split Out',
	'Bare loop',
	'Node is faster than HTTP Request',
	'Node to bare loop',
];

/** The results as a Markdown table; a ratio is the median of the rounds' ratios. */
export function tableOf(results: Result[]): string {
	const hasOther = results.some(({ rounds }) => rounds.some(({ other }) => other !== undefined));
	const head = hasOther ? [...HEAD, 'Other version', 'Node to other version'] : HEAD;
	const rows = results.map((result) => {
		const cells = [
			result.calls.toLocaleString('en-US'),
			String(result.latency),
			seconds(time(result, 'node')),
			seconds(time(result, 'http')),
			seconds(time(result, 'fetch')),
			times(ratio(result, 'http', 'node')),
			times(ratio(result, 'node', 'fetch')),
		];
		if (!hasOther) return cells;
		return [...cells, seconds(time(result, 'other')), times(ratio(result, 'node', 'other'))];
	});
	return [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}

const time = ({ rounds }: Result, lane: Lane) =>
	median(rounds.flatMap((round) => round[lane] ?? []));

const ratio = ({ rounds }: Result, slow: Lane, fast: Lane) =>
	median(
		rounds.flatMap((round) => {
			const [a, b] = [round[slow], round[fast]];
			return a !== undefined && b !== undefined ? a / b : [];
		}),
	);

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;
const times = (value: number) => `${value.toFixed(2)} ×`;
