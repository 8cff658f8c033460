import { medianOf, ratio } from './results';
import type { Result } from './results';
import type { FieldSet } from './work';

/** What the node has to reach; the source is the plan of this package. */
const TARGETS: Array<{
	text: string;
	applies: (result: Result) => boolean;
	meets: (result: Result) => boolean | undefined;
}> = [
	{
		text: 'at 150 ms a page, 50,000 calls and all fields at least 3.4 times as fast as the HTTP Request node',
		applies: ({ work }) => work.latency === 150 && work.calls === 50_000 && work.fieldSet === 'all',
		meets: (result) => holds(ratio(result, 'http', 'node'), (faster) => faster >= 3.4),
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

const holds = (value: number | undefined, test: (value: number) => boolean) =>
	value === undefined ? undefined : test(value);

const HEADINGS: Record<FieldSet, string> = {
	all: 'All 28 fields',
	simplified: 'Simplified fields',
};

/** All of it as Markdown. */
export function tablesOf(all: Result[]): string {
	const files = all.filter(({ work }) => work.lanes.includes('csv'));
	const results = all.filter((result) => !files.includes(result));
	const fieldSets = [...new Set(results.map(({ work }) => work.fieldSet))];
	const parts = fieldSets.map((fieldSet) => {
		const rows = results.filter(({ work }) => work.fieldSet === fieldSet);
		return `### ${HEADINGS[fieldSet]}\n\n${comparison(rows)}\n\n${growth(rows)}`;
	});
	if (files.length > 0) parts.push(`### CSV file and items\n\n${fileTable(files)}`);
	const verdicts = targets(results);
	if (verdicts) parts.push(`### Targets\n\n${verdicts}`);
	return parts.join('\n\n');
}

const comparison = (results: Result[]): string =>
	markdown(
		[
			'Calls',
			'ms per page',
			'Node',
			'HTTP Request',
			'Bare loop',
			'Node is faster than HTTP Request',
			'Node to bare loop',
			'Peak memory: node',
			'HTTP Request',
			'Bare loop',
		],
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

const fileTable = (results: Result[]): string =>
	markdown(
		[
			'Calls, all fields',
			'As items',
			'As a CSV file',
			'Peak memory: items',
			'CSV file',
			'Peak heap: items',
			'CSV file',
		],
		results.map((result) => [
			whole(result.work.calls),
			seconds(medianOf(result, 'node', 'time')),
			seconds(medianOf(result, 'csv', 'time')),
			megabytes(medianOf(result, 'node', 'peakMemory')),
			megabytes(medianOf(result, 'csv', 'peakMemory')),
			megabytes(medianOf(result, 'node', 'peakHeap')),
			megabytes(medianOf(result, 'csv', 'peakHeap')),
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
		latencies.map((latency) => [
			`${latency} ms per page`,
			...sizes.map((size) => perThousand(size, latency)),
		]),
	);
};

const targets = (results: Result[]): string => {
	const verdicts = TARGETS.map(({ text, applies, meets }) => ({
		text,
		met: results.filter(applies).map(meets)[0],
	}));
	return [...verdicts, { text: FLAT, met: isFlat(results) }]
		.filter(({ met }) => met !== undefined)
		.map(({ text, met }) => `- ${met ? 'Met' : 'Missed'}: ${text}.`)
		.join('\n');
};

const FLAT =
	'at 0 ms a page and all fields a call takes at 100,000 calls no more than 1.1 times what it takes at 10,000';

const isFlat = (results: Result[]): boolean | undefined => {
	const [few, many] = [10_000, 100_000].map((calls) => {
		const result = results.find(
			({ work }) => work.calls === calls && work.latency === 0 && work.fieldSet === 'all',
		);
		const time = result && medianOf(result, 'node', 'time');
		return time === undefined ? undefined : time / calls;
	});
	return few === undefined || many === undefined ? undefined : many / few <= 1.1;
};

const NOTHING = '–';

const markdown = (head: string[], rows: string[][]): string =>
	[head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');

const whole = (value: number) => value.toLocaleString('en-US');
const seconds = (value?: number) =>
	value === undefined ? NOTHING : `${(value / 1000).toFixed(2)} s`;
const times = (value?: number) => (value === undefined ? NOTHING : `${value.toFixed(2)} ×`);
const megabytes = (value?: number) =>
	value === undefined ? NOTHING : `${Math.round(value / 1024 / 1024)} MB`;
