import { READINGS } from '../emulator/readings';
import type { Readings } from '../emulator/readings';
import type { Finding } from './findings';
import type { ProbeResult } from './probe';

/** What the emulator, the bench and the tests read. */
export interface ResultFile {
	readings: Partial<Readings>;
}

/** The readings that were settled, as `--readings FILE` takes them. */
export function resultFile({ readings }: ProbeResult): string {
	return `${JSON.stringify({ readings } satisfies ResultFile, null, '\t')}\n`;
}

/** The line that starts the emulator with exactly these readings, for a shell. */
function emulatorLine({ readings }: ProbeResult): string {
	const options = Object.entries(readings).map(
		([name, value]) =>
			`--reading ${name}=${quoted(Array.isArray(value) ? value.join() : String(value))}`,
	);
	return ['npm run emulator --', ...options].join(' ');
}

/** The whole result for a person; nothing in it is anybody's. */
export function markdown(result: ProbeResult, version: string): string {
	const { findings, requests, sentence } = result;
	const gets = requests.filter(({ what }) => what.startsWith('GET')).length;
	const isReading = ({ name }: Finding) => name in READINGS;
	return `${[
		'# What a TWIN24 account shows of the API',
		`Asked by the probe of n8n-nodes-twin24 ${version}: ${gets} GETs and ${requests.length - gets} login. No phone, name, text, id, token or address of anybody is in here.`,
		...(sentence === '' ? [] : [`**It ended early.** ${sentence}`]),
		'## Readings',
		table(findings.filter(isReading)),
		'## Further facts',
		table(findings.filter((finding) => !isReading(finding))),
		'## Requests',
		['| no. | request | status | ms |', '| --: | --- | --: | --: |']
			.concat(
				requests.map(
					({ number, what, status, ms }) =>
						`| ${number} | \`${cell(what)}\` | ${status || 'none'} | ${ms} |`,
				),
			)
			.join('\n'),
		'## The emulator with these readings',
		`\`\`\`sh\n${emulatorLine(result)}\n\`\`\``,
	].join('\n\n')}\n`;
}

/** The table for the terminal: what was found, the open ones named together. */
export function summary({ findings, sentence }: ProbeResult): string {
	const found = findings.filter((finding) => finding.found !== undefined);
	const open = findings.filter((finding) => finding.found === undefined).map(({ name }) => name);
	const width = Math.max(0, ...found.map(({ name }) => name.length));
	return [
		...found.map(
			(finding) =>
				`${finding.name.padEnd(width)}  ${finding.found} (${[sureness(finding), ...(finding.requests.length > 0 ? [`requests ${numbers(finding.requests)}`] : [])].join(', ')})`,
		),
		`Open: ${open.join(', ')}`,
		...(sentence === '' ? [] : [sentence]),
	].join('\n');
}

function table(findings: readonly Finding[]): string {
	const rows = findings.map((finding) => {
		const { name, fact, found, note, requests } = finding;
		const cells = [name, fact, found ?? '**open**', sureness(finding), numbers(requests), note];
		return `| ${cells.map(cell).join(' | ')} |`;
	});
	return [
		'| name | question | found | seen on | requests | note |',
		'| --- | --- | --- | --- | --- | --- |',
		...rows,
	].join('\n');
}

const sureness = ({ rows, requests }: Finding): string =>
	rows > 0 ? `${rows} rows` : requests.length > 0 ? 'the answer' : '–';

/** `1, 2, 3, 7` as `1-3, 7`. */
function numbers(requests: readonly number[]): string {
	const parts: Array<[first: number, last: number]> = [];
	for (const number of [...requests].sort((a, b) => a - b)) {
		const part = parts.at(-1);
		if (part && number <= part[1] + 1) part[1] = number;
		else parts.push([number, number]);
	}
	return parts
		.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`))
		.join(', ');
}

const cell = (text: string) => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');

/** As a POSIX shell takes it as one word. */
const quoted = (text: string) =>
	/^[\w.,:/+-]*$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;
