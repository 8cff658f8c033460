import { medianOf, ratio } from './results';
import type { Result } from './results';
import type { FieldSet } from './work';

/** What the node has to reach; the source is the plan of this package. */
const TARGETS: Array<{ text: string; applies: (result: Result) => boolean; meets: (result: Result) => boolean | undefined }> = [
	{
		text: 'at 150 ms a page, 50,000 calls and all fields at least 3.4 times as fast as the HTTP Request node',
		applies: ({ work }) => work.latency === 150 && work.calls === 50_000 && work.fieldSet === 'all',
		meets: (result) => holds(ratio(result, 'http', 'node'), (times) => times >= 3.4),
	},
	{
		text: 'there, at most 1.12 times the bare loop',
		applies: ({ work }) => work.latency === 150 && work.calls === 50_000 && work.fieldSet === 'all',
		meets: (result) => holds(ratio(result, 'node', 'fetch'), (times) => times <= 1.12),
	},
	{
		text: 'at 0 ms a page at most 0.7 of the time of the HTTP Request node',
		applies: ({ work }) => work.latency === 0 && work.calls === 50_000 && work.fieldSet === 'all',
		meets: (result) => holds(ratio(result, 'node', 'http'), (times) => times <= 0.7),
	},
];

const holds = (value: number | undefined, test: (value: number) => boolean) => (value === undefined ? undefined : test(value));

const HEADINGS: Record<FieldSet, string> = { all: 'All 28 fields', simplified: 'Simplified fields' };

/** All of it as Markdown. */
export function tablesOf(results: Result[]): string {
	const fieldSets = [...new Set(results.map(({ work }) => work.fieldSet))];
	const parts = fieldSets.map((fieldSet) => {
		const rows = results.filter(({ work }) => work.fieldSet === fieldSet);
		return `### ${HEADINGS[fieldSet]}\n\n${comparison(rows)}\n\n${growth(rows)}`;
	});
	const verdicts = targets(results);
	return [...parts, ...(verdicts ? [`### Targets\n\n${verdicts}`] : [])].join('\n\n');
}

const comparison = (results: Result[]): string =>
	markdown(
		['Calls', 'ms per page', 'Node', 'HTTP Request', 'Bare loop', 'Node is faster than HTTP Request', 'Node to bare loop', 'Peak memory: node', 'HTTP Request', 'Bare loop'],
		results.map((result) => [
			whole(result.work.calls),
			whole(result.work.latency),
			seconds(medianOf(result, 'node', 'time')),
			seconds(medianOf(result, 'http', 'time')),
			seconds(medianOf(result, 'fetch', 'time')),
			times(ratio(result, 'http', 'node')),
			times(ratio(result, 'node', 'fetch')),
			megabytes(medianOf(result, 'node', 'peakMemory')),
			megabytes(medianOf(result, 'http', 'peakMemory')),
			megabytes(medianOf(result, 'fetch', 'peakMemory')),
		]),
	);

/** How the time for 1,000 calls changes with their number, for each latency. */
const growth = (results: Result[]): string => {
	const sizes = [...new Set(results.map(({ work }) => work.calls))];
	const latencies = [...new Set(results.map(({ work }) => work.latency))];
	const perThousand = (calls: number, latency: number) => {
		const result = results.find(({ work }) => work.calls === calls && work.latency === latency);
		const time = result && medianOf(result, 'node', 'time');
		return time === undefined ? NOTHING : `${((time / calls) * 1000).toFixed(1)} ms`;
	};
	return markdown(
		['Node, time per 1,000 calls', ...sizes.map((size) => `${whole(size)} calls`)],
		latencies.map((latency) => [`${latency} ms per page`, ...sizes.map((size) => perThousand(size, latency))]),
	);
};

const targets = (results: Result[]): string =>
	TARGETS.flatMap(({ text, applies, meets }) => {
		const met = results.filter(applies).map(meets).find((answer) => answer !== undefined);
		return met === undefined ? [] : [`- ${met ? 'Met' : 'Missed'}: ${text}.`];
	}).join('\n');

const NOTHING = '–';

const markdown = (head: string[], rows: string[][]): string =>
	[head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const whole = (value: number) => value.toLocaleString('en-US');
const seconds = (value?: number) => (value === undefined ? NOTHING : `${(value / 1000).toFixed(2)} s`);
const times = (value?: number) => (value === undefined ? NOTHING : `${value.toFixed(2)} ×`);
const megabytes = (value?: number) => (value === undefined ? NOTHING : `${Math.round(value / 1024 / 1024)} MB`);
